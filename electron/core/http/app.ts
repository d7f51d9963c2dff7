import { serve, type HttpBindings, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AddressInfo } from 'node:net';
import { type Path } from '../../contract/endpoints.ts';
import type { Tokens } from '../../contract/shell.ts';
import { relay } from '../broadcast/relay.ts';
import { createConsoleApi } from './console-api.ts';
import { createConsolePeopleApi } from './console-people-api.ts';
import { createConsoleReportApi } from './console-report-api.ts';
import { createConsoleRosterApi } from './console-roster-api.ts';
import { createDeskApi } from './desk-api.ts';
import { BODY_LIMIT_BYTES, hostGuard, roleGuard } from './guard.ts';
import { HelpCall } from './help-call.ts';
import type { Kiosk } from './kiosk.ts';
import { createPages } from './pages.ts';
import { Push } from './push.ts';
import { createEndpointRoutes, type Handlers } from './serve-endpoints.ts';
import { HallSettings } from './settings.ts';
import { createStageApi } from './stage-api.ts';
import { buildConsoleView, buildDeskView, buildStageView } from './views.ts';

export interface ApiOptions {
  kiosk: Kiosk;
  tokens: Tokens;
  rendererDir: string;
  /** Preferred port; another is taken when it is busy, 0 for any. */
  port: number;
  onError(cause: unknown): void;
}

/** The API of the kiosk on the loopback interface: three audiences, three routers, three tokens. */
export class Api {
  readonly #options: ApiOptions;
  readonly #stage: Push<ReturnType<typeof buildStageView>>;
  readonly #desk: Push<ReturnType<typeof buildDeskView>>;
  readonly #console: Push<ReturnType<typeof buildConsoleView>>;
  readonly app: Hono<{ Bindings: HttpBindings }>;
  #server: ServerType | null = null;
  #port = 0;

  constructor(options: ApiOptions) {
    this.#options = options;
    const { kiosk, tokens } = options;
    const settings = new HallSettings(kiosk.store);
    const help = new HelpCall();
    this.#stage = new Push(() => buildStageView(kiosk, settings));
    this.#desk = new Push(() => buildDeskView(kiosk));
    this.#console = new Push(() => buildConsoleView(kiosk, settings, help));
    const port = () => this.#port;
    const changed = () => this.changed();
    const app = new Hono<{ Bindings: HttpBindings }>();
    app.onError((cause, c) => {
      options.onError(cause);
      return c.json({ ok: false, error: 'internal' }, 500);
    });
    app.use(hostGuard(port));
    app.use(
      bodyLimit({
        maxSize: BODY_LIMIT_BYTES,
        onError: (c) => c.json({ ok: false, error: 'invalid_input', field: '' }, 413),
      }),
    );
    app.use('/stage/api/*', roleGuard('stage', tokens, port));
    app.use('/desk/api/*', roleGuard('desk', tokens, port));
    app.use('/console/api/*', roleGuard('console', tokens, port));
    const handlers: Handlers<Path> = {
      ...createStageApi(kiosk, changed),
      ...createDeskApi(kiosk, help, changed),
      ...createConsoleApi(kiosk, settings, changed),
      ...createConsolePeopleApi(kiosk, help, changed),
      ...createConsoleRosterApi(kiosk, changed),
      ...createConsoleReportApi(kiosk, changed),
    };
    app.route('/', createEndpointRoutes(handlers, kiosk.access));
    app.get('/stage/api/events', (c) => this.#stage.stream(c));
    app.get('/desk/api/events', (c) => this.#desk.stream(c));
    app.get('/console/api/events', (c) => this.#console.stream(c));
    app.get('/stage/api/stream', (c) => relay(kiosk.egress, c.req.raw, () => c.env.outgoing.destroy()));
    app.route('/print', kiosk.printPages.createRoutes());
    app.route('/', createPages(options.rendererDir));
    this.app = app;
  }

  /** Something changed somewhere: every window is told, if its view differs. */
  changed(): void {
    this.#stage.changed();
    this.#desk.changed();
    this.#console.changed();
  }

  /** Listens on 127.0.0.1; resolves to the port. */
  async start(): Promise<number> {
    this.#port = await this.#listen(this.#options.port).catch((cause: unknown) => {
      if (this.#options.port === 0) throw cause;
      return this.#listen(0);
    });
    return this.#port;
  }

  async stop(): Promise<void> {
    this.#stage.stop();
    this.#desk.stop();
    this.#console.stop();
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
  }

  #listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const server = serve({ fetch: this.app.fetch, hostname: '127.0.0.1', port });
      server.once('error', reject);
      server.once('listening', () => {
        this.#server = server;
        resolve((server.address() as AddressInfo).port);
      });
    });
  }
}
