import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { Signal } from '../../shared/signal.ts';

const HEARTBEAT_MS = 10_000;
/** Changes that come together are pushed together; well inside the second the chair's board may lag. */
const GATHER_MS = 60;

/** Pushes whole snapshots of one window's view to everyone who listens, whenever it changed. */
export class Push<T extends { now: number }> {
  /** A window that listened is gone, or turned away. */
  readonly left = new Signal();
  readonly #view: () => T;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;

  constructor(view: () => T) {
    this.#view = view;
  }

  /** Something may have changed; cheap to call often. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      for (const wake of this.#listeners) wake();
    }, GATHER_MS);
  }

  get listening(): number {
    return this.#listeners.size;
  }

  /** One event stream: the snapshot now, then each changed one, and a heartbeat comment. */
  stream(c: Context): Response {
    return streamSSE(c, async (sse) => {
      let last = '';
      let dirty = true;
      let open = true;
      let wake: () => void = () => undefined;
      const listener = () => {
        dirty = true;
        wake();
      };
      this.#listeners.add(listener);
      sse.onAbort(() => {
        open = false;
        wake();
      });
      const idle = () =>
        new Promise<'changed' | 'quiet'>((resolve) => {
          if (dirty || !open) return resolve('changed');
          const timer = setTimeout(() => resolve('quiet'), HEARTBEAT_MS);
          wake = () => {
            clearTimeout(timer);
            resolve('changed');
          };
          return undefined;
        });
      try {
        while (open) {
          if (dirty) {
            dirty = false;
            const view = this.#view();
            const text = JSON.stringify({ ...view, now: 0 });
            if (text !== last) await sse.writeSSE({ event: 'view', data: JSON.stringify(view) });
            last = text;
          }
          if ((await idle()) === 'quiet') await sse.write(': still here\n\n');
        }
      } finally {
        this.#listeners.delete(listener);
        this.left.emit();
      }
    });
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
