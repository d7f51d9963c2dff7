import type { Hall } from './hall.ts';
import { isRunning } from '../sitting/machine.ts';

/** Often enough for a sitting that opens minutes later. */
const LOOK_EVERY_MS = 2_000;

export interface TrialOptions {
  /** It ends by itself then, epoch ms of the PC's clock. */
  until: number;
  /** Goes back to where a person began it. */
  goBack(this: void): void;
  /** Its time is over: the session itself is due. */
  openSession(this: void): void;
}

/**
 * Ends a trial: by its clock, when a person ends its sitting, or when the broadcast does. A clock that is set back meanwhile makes it no
 * longer: the sitting itself may open by a clock that is right again.
 */
export class Trial {
  readonly #options: TrialOptions;
  readonly #hall: Pick<Hall, 'now' | 'stepped'>;
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;

  constructor(hall: Pick<Hall, 'now' | 'stepped'>, options: TrialOptions) {
    this.#hall = hall;
    this.#options = options;
    hall.stepped.on(({ state }) => {
      if (state !== 'prepared' && !isRunning(state)) this.end();
    });
  }

  start(): void {
    const { until, openSession } = this.#options;
    const lasts = until - this.#hall.now();
    const began = performance.now();
    this.#timer = setInterval(() => {
      if (this.#hall.now() >= until || performance.now() - began >= lasts) this.#leave(openSession);
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** A person ends it. */
  end(): void {
    this.#leave(this.#options.goBack);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#isOver = true;
  }

  #leave(go: () => void): void {
    if (this.#isOver) return;
    this.stop();
    go();
  }
}
