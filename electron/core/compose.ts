import type { Tokens } from '../contract/shell.ts';
import { Access } from './access/access.ts';
import type { DeviceKeys } from './access/device-keys.ts';
import { checkPages } from './check-pages.ts';
import { alarmOfReports } from './alarm-of-reports.ts';
import { checkStore } from './check-store.ts';
import type { CoreLog } from './core-log.ts';
import type { DocumentOptions } from './hall/documents.ts';
import { Hall } from './hall/hall.ts';
import { listImportPlaces } from './hall/import-places.ts';
import { Pc, type ShellPort } from './hall/pc.ts';
import { Province } from './hall/province.ts';
import { Reports } from './hall/reports.ts';
import { Api } from './http/app.ts';
import { PrintPages, type PrintPort } from './http/print.ts';
import { createEgress } from './network/egress.ts';
import { RosterImports } from './provisioning/roster-import.ts';
import { isRunning } from './sitting/machine.ts';
import type { SessionRecord } from './store/session-store.ts';
import type { Store } from './store/store.ts';
import { watchDisk } from './watch-disk.ts';

export interface CoreOptions {
  store: Store;
  keys: DeviceKeys;
  /** An imported session. */
  session: SessionRecord;
  tokens: Tokens;
  port: number;
  rendererDir: string;
  shell: ShellPort & { print: PrintPort };
  log: CoreLog;
  documents: DocumentOptions;
  app: string;
  practicePin?: string;
  /** Where a damaged database was put, when one was found at opening. */
  quarantinedTo?: string | null;
  /** Codes for the console of what went wrong before the start. */
  alarms?: readonly string[];
  random?: () => number;
}

export interface Core {
  port: number;
  hall: Hall;
  reports: Reports;
  /** The PC and what is wrong with it. */
  pc: Pc;
  api: Api;
  /** Documents that wait to be printed. */
  pages: PrintPages;
  setDisplays(count: number): void;
  /** The PC woke from sleep. */
  woke(): void;
  /** Resolves when every sitting that is over has been sealed. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the objects of the core around one session, connects them by their events, and starts them. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { store, keys, session, documents } = options;
  const { packageId, document } = session;
  const { random = Math.random } = options;
  const { proxy, certificateAuthority } = document.delivery;

  const pc = new Pc(options.shell, [
    ...(options.alarms ?? []),
    ...checkStore(options),
    ...checkPages(options.rendererDir),
  ]);
  const log = watchDisk(options.log, store, pc);
  const access = new Access(store, packageId, options.practicePin);
  const egress = createEgress({
    ...(proxy ? { proxy } : {}),
    ...(certificateAuthority ? { certificateAuthority } : {}),
    others: [document.delivery.endpoint, ...document.sittings.flatMap((plan) => plan.sources.map(({ url }) => url))],
    now: () => store.clock.now(),
  });
  const province = new Province(store, session);
  const hall = new Hall({
    store,
    session,
    egress,
    askProvince: (subject, signal) => province.askSitting(subject, signal),
    askTime: () => void province.check(),
    random,
    log,
  });
  const pages = new PrintPages();
  const reports = new Reports({
    store,
    session,
    province,
    deviceKey: keys.device,
    app: options.app,
    factsOf: (sitting) => hall.factsOf(sitting),
    documents,
    print: (html) => pages.print(html, (at) => options.shell.print(at)),
    random,
    log,
  });
  const places = () => listImportPlaces(documents.places);
  const imports = new RosterImports({ store, packageId, units: document.units, places });
  const { tokens, rendererDir, port: wanted } = options;
  const served = { store, hall, reports, access, pc, imports, pages };
  const api = new Api({ ...served, tokens, rendererDir, port: wanted, onError: (e) => log.error('request_failed', e) });

  hall.stepped.on((sitting) => {
    pc.keepAwake(isRunning(hall.sitting?.state ?? sitting.state));
    reports.sealSoon(sitting);
    api.changed();
  });
  hall.changed.on(() => api.changed());
  province.dateSeen.on(({ host, dateMs }) => hall.noteTime(host, dateMs));
  hall.clockWatch.changed.on((alarms) => pc.setClockAlarms(alarms));
  alarmOfReports(reports, pc);
  reports.moved.on(() => hall.refresh());
  reports.progressed.on(() => api.changed());
  pc.changed.on(() => api.changed());

  const port = await api.start();
  hall.start();
  reports.start();
  log.info('core_started', { port, packageId, provenance: session.provenance });

  return {
    port,
    hall,
    reports,
    pc,
    api,
    pages,
    setDisplays: (count) => pc.setDisplays(count),
    woke: () => {
      reports.courier.networkBack();
      hall.woke();
    },
    settled: () => reports.settled(),
    stop: async () => {
      imports.stop();
      await Promise.all([hall.stop(), reports.stop()]);
      pages.stop();
      await api.stop();
      await Promise.all([egress.stop(), province.stop()]);
      log.info('core_stopped');
    },
  };
}
