import type { PushEvents } from '../../electron/contract/api.ts';
import { CoreClock } from '../ui/use-now.ts';

/** Without a line to the core for this long, a window says that it is reconnecting. */
const SAY_LOST_AFTER_MS = 3_000;

/** We reopen ourselves: a browser waits about 3 s by default, and gives up for good on an answer that is no event stream. */
const REOPEN_AFTER_MS = 400;

export interface ViewState<V> {
  /** The last snapshot; null before the first. Kept while the line is lost. */
  view: V | null;
  lost: boolean;
}

/** The pushed snapshots of one window: the last one, whether the line is lost, and the core's clock. */
export class ViewStream<R extends keyof PushEvents> {
  readonly clock = new CoreClock();
  #state: ViewState<PushEvents[R]> = { view: null, lost: false };
  #source: EventSource | null = null;
  #lostTimer: ReturnType<typeof setTimeout> | null = null;
  #reopenTimer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();

  start(): void {
    this.#armLost();
    this.#open();
  }

  stop(): void {
    this.#source?.close();
    this.#source = null;
    if (this.#lostTimer) clearTimeout(this.#lostTimer);
    if (this.#reopenTimer) clearTimeout(this.#reopenTimer);
    this.#lostTimer = null;
    this.#reopenTimer = null;
  }

  get state(): ViewState<PushEvents[R]> {
    return this.#state;
  }

  /** Calls back after each change; returns the way to stop it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #open(): void {
    const source = new EventSource(new URL('api/events', document.baseURI));
    this.#source = source;
    source.addEventListener('view', (event: MessageEvent<string>) => {
      const view = JSON.parse(event.data) as PushEvents[R];
      this.clock.sync(view.now);
      this.#disarmLost();
      this.#change({ view, lost: false });
    });
    source.addEventListener('open', () => {
      this.#disarmLost();
      if (this.#state.lost) this.#change({ ...this.#state, lost: false });
    });
    source.addEventListener('error', () => {
      source.close();
      this.#armLost();
      this.#reopenTimer ??= setTimeout(() => {
        this.#reopenTimer = null;
        this.#open();
      }, REOPEN_AFTER_MS);
    });
  }

  #armLost(): void {
    this.#lostTimer ??= setTimeout(() => this.#change({ ...this.#state, lost: true }), SAY_LOST_AFTER_MS);
  }

  #disarmLost(): void {
    if (this.#lostTimer) clearTimeout(this.#lostTimer);
    this.#lostTimer = null;
  }

  #change(state: ViewState<PushEvents[R]>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
