import type { ConsoleRole } from '../../contract/api.ts';
import type { Clock } from '../store/clock.ts';

/** An open console locks itself after this long without a command. */
const IDLE_MS = 30 * 60_000;

/**
 * Whether the console is open, and for whom. There is one console window per kiosk and only it holds the console's
 * token, so the state is kept here and survives a reload of the page.
 */
export class ConsoleAccess {
  readonly #clock: Clock;
  #role: ConsoleRole | null = null;
  #usedAtMonoMs = 0;
  #unlockedAtMonoMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  unlock(role: ConsoleRole): void {
    this.#role = role;
    this.#unlockedAtMonoMs = this.#clock.stamp().monoMs;
    this.touch();
  }

  lock(): void {
    this.#role = null;
  }

  /** A command was given. */
  touch(): void {
    this.#usedAtMonoMs = this.#clock.stamp().monoMs;
  }

  /** Milliseconds since the PIN was last entered. */
  get unlockedForMs(): number {
    return this.#clock.stamp().monoMs - this.#unlockedAtMonoMs;
  }

  get role(): ConsoleRole | null {
    if (this.#role !== null && this.#clock.stamp().monoMs - this.#usedAtMonoMs > IDLE_MS) this.#role = null;
    return this.#role;
  }
}
