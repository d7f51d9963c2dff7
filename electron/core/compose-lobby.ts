import type { Tokens } from '../contract/shell.ts';
import type { DeviceKeys } from './access/device-keys.ts';
import { checkPages } from './check-pages.ts';
import { checkStore } from './check-store.ts';
import type { CoreLog } from './core-log.ts';
import { listImportPlaces } from './hall/import-places.ts';
import { ClockWatch, PROVINCE_HOST } from './hall/clock-watch.ts';
import { doubtOf, showAlarm } from './hall/hall-retention.ts';
import { Pc, type ShellPort } from './hall/pc.ts';
import { Retention } from './hall/retention.ts';
import { GuardedApp } from './http/guarded-app.ts';
import { createLobbyApi } from './http/lobby-api.ts';
import { createPages } from './http/pages.ts';
import { Push } from './http/push.ts';
import { createEndpointRoutes } from './http/serve-endpoints.ts';
import { Backlog } from './lobby/backlog.ts';
import { Lobby } from './lobby/lobby.ts';
import { Shelf } from './lobby/shelf.ts';
import { trialDirOf, Trials } from './lobby/trials.ts';
import { readKeys } from './provisioning/package-folder.ts';
import type { PlaceRoots } from './report/places.ts';
import type { Store } from './store/store.ts';
import { watchDisk } from './watch-disk.ts';

export interface LobbyCoreOptions {
  /** The records of real sessions. */
  store: Store;
  /** Folder of the database. */
  records: string;
  keys: DeviceKeys;
  tokens: Tokens;
  port: number;
  rendererDir: string;
  dataDir: string;
  trustFile: string | null;
  shell: Pick<ShellPort, 'open' | 'quit' | 'machine' | 'settingsDir' | 'settingsKey'>;
  log: CoreLog;
  places: PlaceRoots;
  app: string;
  refusal: { sentence: string; vi?: string | undefined } | null;
  quarantinedTo?: string | null;
  /** Codes of what was wrong at the start, for the screen. */
  alarms?: readonly string[];
  random?: () => number;
}

export interface LobbyCore {
  port: number;
  lobby: Lobby;
  api: GuardedApp;
  /** The PC woke from sleep. */
  woke(): void;
  stop(): Promise<void>;
}

/** Makes the objects of a core without a session: the start screen, and what earlier sessions left to be done. */
export async function createLobbyCore(options: LobbyCoreOptions): Promise<LobbyCore> {
  const { store, keys, dataDir, trustFile, app, shell, refusal, random = Math.random } = options;
  const nothing = () => undefined;
  const pc = new Pc({ ...shell, show: nothing, keepAwake: nothing, swapDisplays: nothing }, [
    ...checkStore(options),
    ...checkPages(options.rendererDir),
    ...(options.alarms ?? []),
  ]);
  const log = watchDisk(options.log, store, pc);
  const backlog = new Backlog({ store, settings: pc.settings, deviceKey: keys.device, app, random, log });
  const askTime = (): void =>
    void backlog.askTime().then(
      ({ cause }) => cause === 'clock_wrong' && clockWatch.noteRefusal(),
      (cause: unknown) => log.error('lobby_fault', cause),
    );
  const clockWatch = new ClockWatch({
    clock: store.clock,
    session: () => null,
    // Nothing else here would tell the time.
    isBlind: () => true,
    askProvince: askTime,
  });
  const retention = new Retention({
    store,
    app,
    log,
    records: options.records,
    deviceKey: keys.device,
    clock: () => doubtOf(clockWatch),
    askTime,
  });
  retention.changed.on(() => showAlarm(retention, pc));
  const shelf = new Shelf({
    store,
    places: () => listImportPlaces(options.places),
    readKeys: () => readKeys({ dataDir, trustFile }),
    onError: (cause) => log.error('lobby_fault', cause),
  });
  const trials = new Trials({
    store,
    keys: { kek: keys.databaseKey, index: keys.indexKey },
    dir: trialDirOf(dataDir),
    onError: (cause) => log.error('lobby_fault', cause),
  });
  const lobby = new Lobby({
    store,
    shelf,
    trials,
    settings: pc.settings,
    dataDir,
    refusal: refusal && { en: refusal.sentence, vi: refusal.vi ?? refusal.sentence },
    onImported: (packageId, provenance) => log.info('package_imported', { packageId, provenance }),
    onError: (cause) => log.error('package_not_remembered', cause),
  });
  const view = new Push(() => ({ ...lobby.view(), alarms: [...pc.alarms] }));
  const api = new GuardedApp({ ...options, roles: ['lobby'], onError: (cause) => log.error('request_failed', cause) });
  const nobody = { role: null, touch: () => undefined };
  api.app.route('/', createEndpointRoutes(createLobbyApi({ lobby, quit: () => pc.quit() }), nobody));
  api.app.get('/lobby/api/events', (c) => view.stream(c));
  api.app.route('/', createPages(options.rendererDir));

  lobby.changed.on(() => view.changed());
  backlog.moved.on(() => view.changed());
  backlog.dateSeen.on(({ dateMs }) => clockWatch.note(PROVINCE_HOST, dateMs));
  clockWatch.changed.on((alarms) => pc.setClockAlarms(alarms));
  pc.changed.on(() => view.changed());
  lobby.chosen.on((opening) => shell.open(opening));

  const port = await api.start();
  shelf.start();
  backlog.start();
  clockWatch.look();
  retention.start();
  log.info('lobby_started', { port });

  return {
    port,
    lobby,
    api,
    woke: () => backlog.courier.networkBack(),
    stop: async () => {
      view.stop();
      retention.stop();
      lobby.roster.stop();
      await Promise.all([shelf.stop(), backlog.stop()]);
      await api.stop();
      log.info('core_stopped');
    },
  };
}
