import type { HttpBindings, ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Tokens, WindowRole } from '../../contract/shell.ts';
import { BODY_LIMIT_BYTES, hostGuard, roleGuard } from './guard.ts';
import { listen } from './listen.ts';

export interface GuardedAppOptions {
  /** Whose APIs are served here. */
  roles: readonly WindowRole[];
  tokens: Tokens;
  /** 0 for any; another port is the one that open windows know, and `start` rejects with `PortTaken` when it is not free. */
  port: number;
  onError(this: void, cause: unknown): void;
}

/** An app on the loopback interface in which each API answers its own window only; the same for a session and for the lobby. */
export class GuardedApp {
  readonly app = new Hono<{ Bindings: HttpBindings }>();
  readonly #wanted: number;
  #server: ServerType | null = null;
  #port = 0;

  constructor({ roles, tokens, port: wanted, onError }: GuardedAppOptions) {
    this.#wanted = wanted;
    const port = () => this.#port;
    this.app.onError((cause, c) => {
      onError(cause);
      return c.json({ ok: false, error: 'internal' }, 500);
    });
    this.app.use(hostGuard(port));
    this.app.use(
      bodyLimit({
        maxSize: BODY_LIMIT_BYTES,
        onError: (c) => c.json({ ok: false, error: 'invalid_input', field: '' }, 413),
      }),
    );
    for (const role of roles) this.app.use(`/${role}/api/*`, roleGuard(role, tokens, port));
  }

  /** Listens on 127.0.0.1; resolves to the port. */
  async start(): Promise<number> {
    const { server, port } = await listen(this.app.fetch, this.#wanted);
    this.#server = server;
    return (this.#port = port);
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
  }
}
