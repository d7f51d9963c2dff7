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

/** Ends a trial: by its clock, when a person ends its sitting, or when the broadcast does. */
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
    this.#timer = setInterval(() => {
      if (this.#hall.now() >= this.#options.until) this.#leave(this.#options.openSession);
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
