import path from 'node:path';
import { assert } from '../contract/result.ts';
import type { SittingRecord } from '../contract/sitting.ts';
import { ConsoleAccess } from './access/console-access.ts';
import type { DeviceKeys } from './access/device-keys.ts';
import { Pins } from './access/pins.ts';
import { Register } from './attendance/register.ts';
import { PlaybackEvidence } from './broadcast/evidence.ts';
import { createEgress } from './broadcast/http-fetch.ts';
import { Broadcast } from './compose-broadcast.ts';
import type { CoreLog } from './core-log.ts';
import { composeReports, type DocumentOptions } from './compose-report.ts';
import { createCourier, systemCourierClock } from './delivery/courier.ts';
import { askSitting, checkReturn, sendOnce } from './delivery/province-client.ts';
import { amendedAttemptAt, defaultPolicy, firstAttemptAt } from './delivery/schedule.ts';
import { Destinations } from './delivery/destinations.ts';
import { createSittingAsker } from './delivery/sitting-asker.ts';
import { Api } from './http/app.ts';
import type { Tokens } from './http/guard.ts';
import type { Kiosk, ShellPort } from './http/kiosk.ts';
import type { ImportPlace } from './provisioning/import-files.ts';
import { RosterImports } from './provisioning/roster-import.ts';
import { sealLeftovers } from './leftovers.ts';
import { listPlaces, type PlaceRoots } from './report/places.ts';
import { Conductor } from './sitting/conductor.ts';
import { isRunning } from './sitting/machine.ts';
import type { SessionRecord } from './store/session-store.ts';
import type { Store } from './store/store.ts';

export interface CoreOptions {
  store: Store;
  keys: DeviceKeys;
  /** An imported session. */
  session: SessionRecord;
  tokens: Tokens;
  port: number;
  rendererDir: string;
  shell: ShellPort & { keepAwake(on: boolean): void };
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
  kiosk: Kiosk;
  api: Api;
  setDisplays(count: number): void;
  /** The PC woke from sleep. */
  woke(): void;
  /** Resolves when every sitting that is over has been sealed. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the rooms of the core together around one session, and starts them. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { store, keys, log, session } = options;
  const { packageId } = session;
  const { document } = session;
  const random = options.random ?? Math.random;
  const alarms = [...(options.alarms ?? []), ...checkStore(store, options, log)];

  const pins = new Pins(store, packageId);

  const net = {
    ...(document.delivery.proxy ? { proxy: document.delivery.proxy } : {}),
    ...(document.delivery.certificateAuthority ? { certificateAuthority: document.delivery.certificateAuthority } : {}),
  };
  const egress = createEgress(net);
  const destinations = new Destinations(store);
  const evidence = new PlaybackEvidence(store);
  const policy = defaultPolicy(document.delivery.windowSeconds * 1000);
  let displays = 0;
  let awake = false;

  const broadcast = new Broadcast({
    egress,
    clock: store.clock,
    random,
    planOf: (sitting) => conductor.planOf(sitting),
    log,
    onChange: () => {
      conductor.tick();
      changed();
    },
  });
  let register: Register | null = null;

  const now = () => store.clock.now();
  const asker = createSittingAsker({
    ask: (subject, signal) => {
      const { endpoint, transport, receiptKeys } = destinations.ofSession(packageId);
      return askSitting({ endpoint, ...subject }, { transport, receiptKeys, now, signal });
    },
    clock: { ...systemCourierClock, now: () => store.clock.stamp().monoMs },
    random,
    onStatement: ({ sittingId, state, issuedAt }) => {
      log.info('province_says', { sitting: sittingId, state, issuedAt });
      conductor.tick();
    },
    onAskFailed: ({ failure, httpStatus, detail }) =>
      log.info('province_ask_failed', { failure, http: httpStatus, detail }),
    onError: (cause) => log.error('delivery_fault', cause),
  });
  const conductor = new Conductor({
    store,
    packageId,
    plans: document.sittings,
    broadcast: {
      health: () => broadcast.state.health,
      endlistAt: () => broadcast.state.endlistAt,
      endlistIsOurs: () => broadcast.state.endlistIsOurs,
      frameShown: (id) => evidence.frameShown(id),
      lastFrameShown: (id) => evidence.lastFrameShown(id),
      stagePlaying: () => evidence.current()?.state === 'playing',
      delayMs: () => (evidence.current()?.delayS ?? document.playback.delaySeconds) * 1000,
    },
    province: {
      follow: (sitting) =>
        asker.follow(
          sitting && {
            conferenceId: document.conference.id,
            sittingId: conductor.planOf(sitting).id,
            startsAt: sitting.startsAt,
          },
        ),
      saysFinished: (id) => asker.saysFinished(id.slice(packageId.length + 1)),
    },
    onStep: (sitting) => {
      log.info('sitting_step', { sitting: sitting.id, state: sitting.state, endedBy: sitting.endedBy });
      follow(sitting);
      changed();
    },
    onError: (cause) => log.error('step_failed', cause),
  });

  const lookForReturn = (reportId: string, signal: AbortSignal) => {
    const { endpoint, transport, receiptKeys } = destinations.ofReport(reportId);
    return checkReturn({ endpoint, reportId }, { transport, receiptKeys, now, signal });
  };
  const courier = createCourier({
    outbox: store.outbox,
    send: (request, signal) => {
      const { endpoint, transport, receiptKeys } = destinations.ofReport(request.reportId);
      return sendOnce({ ...request, endpoint }, { transport, receiptKeys, now, signal });
    },
    checkReturn: (request, signal) => lookForReturn(request.reportId, signal),
    clock: { ...systemCourierClock, now },
    random,
    policy,
    onChange: (status) => {
      log.info('delivery_status', {
        report: status.reportId,
        revision: status.revision,
        state: status.state,
        attempts: status.attempts,
      });
      conductor.refresh();
    },
    onTryFailed: (failed) =>
      log.info('delivery_try_failed', { report: failed.reportId, failure: failed.failure, http: failed.httpStatus }),
    onError: (cause) => log.error('delivery_fault', cause),
  });

  const reports = composeReports({
    store,
    session,
    transport: destinations.ofSession(packageId).transport,
    checkReturn: lookForReturn,
    sealer: {
      store,
      session,
      deviceKey: keys.device,
      app: options.app,
      facts: (sitting) => {
        // A sitting of this morning is amended while the hall is in the afternoon's: its book is opened beside.
        const book =
          sitting.id === conductor.current?.id ? registerOf(sitting) : new Register(store, packageId, sitting);
        book.setSitting(sitting);
        return {
          people: [...book.listPeople().values()],
          statuses: book.listStatuses(),
          totals: book.getTotals(),
          units: book.listUnits(),
          evidence: evidence.getEvidence(sitting.id),
          centreOffsetMs: broadcast.state.clockOffsetMs,
        };
      },
      firstAttemptAt: (endedAt, revision) =>
        revision === 1 ? firstAttemptAt(endedAt, policy, random) : amendedAttemptAt(store.clock.now(), policy, random),
    },
    onSealed: (sealed) => {
      clear('seal_failed');
      log.info('report_sealed', {
        report: sealed.reportId,
        revision: sealed.revision,
        tookMs: Math.round(sealed.tookMs * 10) / 10,
      });
      courier.wake();
      conductor.refresh();
    },
    onSealFailed: (cause) => {
      log.error('seal_failed', cause);
      raise('seal_failed');
    },
    documents: options.documents,
    print: (path) => options.shell.print(path),
    onProgress: () => api.changed(),
    onStep: () => conductor.refresh(),
  });

  const kiosk: Kiosk = {
    store,
    session,
    conductor,
    register: (sittingId) => {
      const other = sittingId === undefined ? null : store.sittings.getSitting(sittingId);
      // A sitting that is amended beside the current one is read anew each time.
      return other && other.id !== conductor.current?.id
        ? new Register(store, packageId, other)
        : registerOf(conductor.current);
    },
    reloadRegister: () => {
      register = null;
    },
    watch: () => broadcast.state,
    noteStageSource: (sourceId) => broadcast.noteStageSource(sourceId),
    renewAddress: (sourceId) => broadcast.renewAddress(sourceId),
    addressOf: (source) => broadcast.addressOf(source),
    evidence,
    egress,
    courier,
    province: reports.province,
    amendments: reports.amendments,
    exports: reports.exports,
    printPages: reports.printPages,
    draftReport: reports.draftReport,
    rosterImports: new RosterImports({
      store,
      packageId,
      units: document.units,
      places: () => listImportPlaces(options.documents.places),
    }),
    pins,
    access: new ConsoleAccess(store.clock),
    shell: options.shell,
    displays: () => displays,
    practicePin: options.practicePin ?? null,
    alarms,
  };
  const api = new Api({
    kiosk,
    tokens: options.tokens,
    rendererDir: options.rendererDir,
    port: options.port,
    onError: (cause) => log.error('request_failed', cause),
  });

  function changed(): void {
    api.changed();
  }

  function raise(alarm: string): void {
    if (!alarms.includes(alarm)) alarms.push(alarm);
    changed();
  }

  function clear(alarm: string): void {
    const at = alarms.indexOf(alarm);
    if (at >= 0) alarms.splice(at, 1);
  }

  function registerOf(sitting: SittingRecord | null): Register {
    assert(sitting, 'a package has at least one sitting');
    if (register?.sittingId !== sitting.id) register = new Register(store, packageId, sitting);
    return register;
  }

  /** Lets every room follow the sitting the hall is in. */
  function follow(sitting: SittingRecord): void {
    registerOf(sitting).setSitting(sitting);
    const running = isRunning(sitting.state);
    evidence.setSitting(running ? sitting.id : null);
    if (running !== awake) options.shell.keepAwake((awake = running));
    broadcast.follow(sitting);
    if (sitting.state === 'ended') reports.sealSoon(sitting.id);
  }

  const port = await api.start();
  for (const sitting of conductor.list()) if (sitting.state === 'ended') reports.sealSoon(sitting.id);
  if (conductor.current) follow(conductor.current);
  conductor.start();
  courier.start();
  const leftovers = sealLeftovers({
    store,
    currentPackageId: packageId,
    sealer: { deviceKey: keys.device, app: options.app, firstAttemptAt: () => amendedAttemptAt(now(), policy, random) },
    onSealed: (sealed) => {
      log.info('report_sealed', { report: sealed.reportId, revision: sealed.revision });
      courier.wake();
    },
  }).catch((cause: unknown) => log.error('seal_failed', cause));
  log.info('core_started', { port, packageId, provenance: session.provenance });

  return {
    port,
    kiosk,
    api,
    setDisplays: (count) => {
      displays = count;
      changed();
    },
    woke: () => {
      courier.networkBack();
      conductor.woke();
    },
    settled: () => reports.settled(),
    stop: async () => {
      conductor.stop();
      kiosk.rosterImports.stop();
      await Promise.all([broadcast.stop(), courier.stop(), asker.stop(), reports.stop(), leftovers]);
      await api.stop();
      await Promise.all([egress.stop(), destinations.stop()]);
      log.info('core_stopped');
    },
  };
}

/** Rosters are looked for where documents may be saved: sticks and the user's own folders. */
async function listImportPlaces(roots: PlaceRoots): Promise<ImportPlace[]> {
  const places = await listPlaces(roots);
  return places.map(({ dir, view }) => ({
    dir,
    removable: view.kind !== 'folder',
    volume: view.label,
    folder: view.folder,
  }));
}

function checkStore(store: Store, options: CoreOptions, log: CoreLog): string[] {
  const alarms: string[] = [];
  if (options.quarantinedTo) {
    log.info('database_quarantined', { folder: path.basename(options.quarantinedTo) });
    alarms.push('database_quarantined');
  }
  const chain = store.attendance.verifyChain();
  if (!chain.ok) {
    log.info('chain_broken', { seq: chain.seq });
    alarms.push('chain_broken');
  }
  return alarms;
}
