import { z } from 'zod';
import type { Store } from '../store/store.ts';

const HOUR_MS = 3_600_000;

/**
 * What is known of our clock: true time less ours, ms, null when no host answered; `isWrong`: it is named on the console; `isVouched`: two
 * hosts agree on the time, or the province says it.
 */
export interface ClockDoubt {
  isWrong: boolean;
  offsetMs: number | null;
  isVouched: boolean;
}

/**
 * For how long the data of a session has been kept since its end, as far as somebody can be believed: since its last receipt by the
 * time of hosts that can be believed, or for as long as a core that runs has counted on the monotonic clock. The clock of a PC
 * that asks nobody never counts: it may be years ahead. So the time is never longer than it truly is.
 */
export class KeptTime {
  readonly #store: Store;
  readonly #counted = new Map<string, { keptMs: number; monoMs: number; bootId: string; writtenMs: number }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Counts up to now, and answers it in ms. `since`: the end by the session's own records, epoch ms. Written down at each hour that
   * it grew: less than that is lost by a power cut.
   */
  count(packageId: string, since: number, { isWrong, isVouched, offsetMs }: ClockDoubt): number {
    const { monoMs, bootId } = this.#store.clock.stamp();
    const stored = this.#store.settings.getSetting(keyOf(packageId), z.number().min(0)) ?? 0;
    const last = this.#counted.get(packageId) ?? { keptMs: stored, monoMs, bootId, writtenMs: stored };
    const awakeMs = last.bootId === bootId ? Math.max(0, monoMs - last.monoMs) : 0;
    const byHosts = isVouched && !isWrong ? this.#store.clock.now() + (offsetMs ?? 0) - since : 0;
    const keptMs = Math.max(last.keptMs + awakeMs, byHosts);
    const isDue = keptMs - last.writtenMs >= HOUR_MS;
    if (isDue) this.#store.settings.setSetting(keyOf(packageId), Math.round(keptMs));
    this.#counted.set(packageId, { keptMs, monoMs, bootId, writtenMs: isDue ? keptMs : last.writtenMs });
    return keptMs;
  }

  /** Something of the session may still change: its time begins when that is over. */
  forget(packageId: string): void {
    this.#counted.delete(packageId);
    if (this.#store.settings.getSetting(keyOf(packageId), z.number()) !== null)
      this.#store.settings.removeSetting(keyOf(packageId));
  }
}

function keyOf(packageId: string): string {
  return `kept_time:${packageId}`;
}
