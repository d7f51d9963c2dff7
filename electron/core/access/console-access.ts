import { CONSOLE_IDLE_MS } from '../../contract/limits.ts';
import type { ConsoleRole } from '../../contract/api.ts';
import type { Clock } from '../store/clock.ts';

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
    if (this.#role !== null && this.#clock.stamp().monoMs - this.#usedAtMonoMs > CONSOLE_IDLE_MS) this.#role = null;
    return this.#role;
  }
}
