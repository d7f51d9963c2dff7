import { Access } from './access/access.ts';
import { Recovery } from './access/recovery.ts';
import { checkPages } from './check-pages.ts';
import { alarmOfReports } from './alarm-of-reports.ts';
import { checkStore } from './check-store.ts';
import type { CoreOptions } from './core-options.ts';
import { Hall } from './hall/hall.ts';
import { listImportPlaces } from './hall/import-places.ts';
import { createMoveMemory } from './hall/move-memory.ts';
import { Pc } from './hall/pc.ts';
import { Province } from './hall/province.ts';
import { Reports } from './hall/reports.ts';
import type { Retention } from './hall/retention.ts';
import { createSessionEgress, listServersOf } from './hall/session-egress.ts';
import { Api } from './http/app.ts';
import { PrintPages } from './http/print.ts';
import { createHealth } from './health/create-health.ts';
import type { Health } from './health/health.ts';
import { RosterImports } from './provisioning/roster-import.ts';
import { PROVINCE_HOST } from './hall/clock-watch.ts';
import { createHallRetention } from './hall/hall-retention.ts';
import { isRunning } from './sitting/machine.ts';
import { createTrials } from './create-trials.ts';
import { supportFileOf } from './support-file-of.ts';
import { watchDisk } from './watch-disk.ts';

export interface Core {
  port: number;
  hall: Hall;
  reports: Reports;
  retention: Retention;
  /** The PC and what is wrong with it. */
  pc: Pc;
  api: Api;
  /** Documents that wait to be printed. */
  pages: PrintPages;
  health: Health;
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
  const { random = Math.random, trial = null } = options;
  const receives = document.delivery.receiver !== 'none';

  const pc = new Pc(options.shell, [
    ...(options.alarms ?? []),
    ...checkStore(options),
    ...checkPages(options.rendererDir),
  ]);
  const log = watchDisk(options.log, store, pc);
  const access = new Access(store, packageId, options.practicePin);
  const moves = createMoveMemory(store.settings, packageId, (cause) => log.error('moves_not_kept', cause));
  const egress = createSessionEgress(document, { clock: store.clock, moves, settings: pc.settings });
  const province = new Province(store, session, pc.settings);
  const hall = new Hall({
    store,
    session,
    egress,
    cache: options.cache,
    askProvince: trial || !receives ? null : (subject, signal) => province.askSitting(subject, signal),
    askTime: () => province.askTime(),
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
    isTrial: trial !== null,
  });
  const recovery = new Recovery(options.dataDir, keys, store.clock);
  const places = () => listImportPlaces(documents.places);
  const imports = new RosterImports({ store, packageId, units: document.units, places });
  const retention = createHallRetention(options, { hall, province, pc, log });
  const { tokens, rendererDir, port: wanted, dataDir, machine } = options;
  const askShell = options.shell.facts;
  const servers = listServersOf(document);
  const network = () => ({ ...pc.settings.networkOf(document.delivery, servers), isChosen: pc.settings.isProxyChosen });
  const health = createHealth({ store, hall, province, imports, pc, network, askShell, machine, dataDir, random, log });
  const trials = createTrials(options, { hall, pc, health, log });
  const served = { store, hall, reports, access, recovery, retention, pc, imports, pages, health, trials };
  const makeSupportFile = supportFileOf(options, { hall, pc, health });
  const onError = (cause: unknown) => log.error('request_failed', cause);
  const api = new Api({ ...served, makeSupportFile, tokens, rendererDir, port: wanted, onError });

  hall.stepped.on((sitting) => {
    pc.keepAwake(isRunning(hall.sitting?.state ?? sitting.state));
    reports.sealSoon(sitting);
    api.changed();
  });
  hall.changed.on(() => api.changed());
  province.dateSeen.on(({ dateMs }) => hall.noteTime(PROVINCE_HOST, dateMs));
  hall.clockWatch.changed.on((alarms) => pc.setClockAlarms(alarms));
  alarmOfReports(reports, pc);
  reports.moved.on(() => hall.refresh());
  for (const part of [reports.progressed, pc.changed, health.changed]) part.on(() => api.changed());

  const port = await api.start();
  hall.start();
  reports.start();
  retention.start();
  health.start();
  trials.start();
  log.info('core_started', { port, packageId, provenance: session.provenance });

  return {
    port,
    hall,
    reports,
    retention,
    pc,
    api,
    pages,
    health,
    setDisplays: (count) => pc.setDisplays(count),
    woke: () => {
      reports.courier.networkBack();
      hall.woke();
    },
    settled: () => reports.settled(),
    stop: async () => {
      imports.stop();
      trials.stop();
      retention.stop();
      await health.stop();
      await Promise.all([hall.stop(), reports.stop()]);
      pages.stop();
      await api.stop();
      await Promise.all([egress.stop(), province.stop()]);
      log.info('core_stopped');
    },
  };
}
