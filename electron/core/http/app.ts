import type { PathOf } from '../../contract/endpoints.ts';
import { HallRole, type Tokens } from '../../contract/shell.ts';
import type { Access } from '../access/access.ts';
import type { Recovery } from '../access/recovery.ts';
import type { Hall } from '../hall/hall.ts';
import type { Health } from '../health/health.ts';
import type { Pc } from '../hall/pc.ts';
import type { Reports } from '../hall/reports.ts';
import type { Retention } from '../hall/retention.ts';
import type { RosterImports } from '../provisioning/roster-import.ts';
import type { Store } from '../store/store.ts';
import { Actions } from './actions.ts';
import { createConsoleApi } from './console-api.ts';
import { createConsoleStageApi } from './console-stage-api.ts';
import { createConsoleChecksApi, noteScan, withChecks } from './console-checks-api.ts';
import { createConsoleKeysApi } from './console-keys-api.ts';
import { createConsolePeopleApi } from './console-people-api.ts';
import { createConsolePrintersApi } from './console-printers-api.ts';
import { createConsoleReportApi } from './console-report-api.ts';
import { createConsoleRosterApi } from './console-roster-api.ts';
import { createConsoleSettingsApi } from './console-settings-api.ts';
import { createConsoleSupportApi } from './console-support-api.ts';
import { createConsoleTrialApi, withTrial, type TrialPorts } from './console-trial-api.ts';
import { createDeskApi } from './desk-api.ts';
import { GuardedApp } from './guarded-app.ts';
import { HelpCall } from './help-call.ts';
import { createPages } from './pages.ts';
import type { PrintPages } from './print.ts';
import { Push } from './push.ts';
import { createEndpointRoutes, type Handlers } from './serve-endpoints.ts';
import { HallSettings } from './settings.ts';
import { createStageApi } from './stage-api.ts';
import { StagePreview } from './stage-preview.ts';
import { buildConsoleView, buildDeskView, buildStageView } from './views.ts';
import { withRecovery } from './with-recovery.ts';

export interface ApiOptions {
  store: Store;
  hall: Hall;
  reports: Reports;
  access: Access;
  recovery: Recovery;
  retention: Retention;
  pc: Pc;
  imports: RosterImports;
  health: Health;
  trials: TrialPorts['trials'];
  /** A zip without personal data, made when it is asked for. */
  makeSupportFile(this: void): Promise<Uint8Array>;
  /** Documents that wait to be printed. */
  pages: PrintPages;
  tokens: Tokens;
  rendererDir: string;
  /** 0 for any; another port is the one that open windows know, and `start` rejects with `PortTaken` when it is not free. */
  port: number;
  onError(this: void, cause: unknown): void;
}

/** The API of the kiosk on the loopback interface: three audiences, three routers, three tokens. */
export class Api {
  readonly #stage: Push<ReturnType<typeof buildStageView>>;
  readonly #desk: Push<ReturnType<typeof buildDeskView>>;
  readonly #console: Push<ReturnType<typeof buildConsoleView>>;
  readonly app: GuardedApp['app'];
  readonly #guarded: GuardedApp;
  readonly #preview: StagePreview;

  constructor(options: ApiOptions) {
    const { store, hall, reports, access, pc, imports, health } = options;
    const settings = new HallSettings(store, hall.session.packageId);
    const help = new HelpCall(() => hall.now());
    const preview = new StagePreview(() => hall.shownNow());
    this.#preview = preview;
    const actions = new Actions(store, access, (cause) => options.onError(cause));
    this.#stage = new Push(() => ({
      ...buildStageView({ hall, settings, help, preview, pc }),
      trial: health.trials.trial,
    }));
    this.#desk = new Push(() => buildDeskView({ hall, settings, help, pc }));
    const consoleView = () => withChecks(buildConsoleView({ hall, reports, access, settings, help, pc }), hall, health);
    this.#console = new Push(() =>
      withRecovery(withTrial(consoleView(), { until: hall.shownAt(options.trials.until) }), options.recovery),
    );
    help.changed.on(() => this.changed());
    preview.changed.on(() => this.#stage.changed());
    actions.noted.on(() => this.changed());
    // In front of the public nobody must find the console open behind the desk.
    pc.shown.on((role) => {
      if (role === 'desk') access.lock();
      this.changed();
    });
    this.#stage.left.on(() => hall.stageGone());
    this.#guarded = new GuardedApp({ ...options, roles: HallRole.options });
    const { app } = this.#guarded;
    const handlers: Handlers<PathOf<HallRole>> = {
      ...createStageApi({ hall, pc, preview, health }),
      ...createDeskApi({ hall, help, pc }),
      ...createConsoleApi({ hall, access, actions, reports, pc }),
      ...createConsoleStageApi({ hall, actions, settings, preview, pc }),
      ...createConsoleChecksApi({ hall, health, actions }),
      ...createConsolePeopleApi({
        hall,
        access,
        actions,
        help,
        scanned: (seen) => noteScan(health, seen, options.onError),
      }),
      ...createConsoleRosterApi({ imports, hall, access, actions }),
      ...createConsoleKeysApi({ ...options, actions }),
      ...createConsoleReportApi({ hall, reports, access, actions, store }),
      ...createConsolePrintersApi({ printOut: reports.printOut, actions }),
      ...createConsoleTrialApi({ trials: options.trials, access, actions }),
      ...createConsoleSupportApi({ hall, access, actions, reports, makeSupportFile: options.makeSupportFile }),
      ...createConsoleSettingsApi({ hall, access, actions, pc, store, onError: options.onError }),
    };
    app.route(
      '/',
      createEndpointRoutes(handlers, access, () => store.retention.isDestroyed(hall.session.packageId)),
    );
    app.get('/stage/api/events', (c) => this.#stage.stream(c));
    app.get('/desk/api/events', (c) => this.#desk.stream(c));
    app.get('/console/api/events', (c) => this.#console.stream(c));
    app.get('/stage/api/stream', (c) => hall.broadcast.relay(c.req.raw, () => c.env.outgoing.destroy()));
    app.route('/print', options.pages.createRoutes());
    app.route('/', createPages(options.rendererDir));
    this.app = app;
  }

  /** Something changed somewhere: every window gets its view, if that differs. */
  changed(): void {
    this.#stage.changed();
    this.#desk.changed();
    this.#console.changed();
  }

  /** Listens on 127.0.0.1; resolves to the port. */
  start(): Promise<number> {
    return this.#guarded.start();
  }

  async stop(): Promise<void> {
    this.#preview.stop();
    this.#stage.stop();
    this.#desk.stop();
    this.#console.stop();
    await this.#guarded.stop();
  }
}
