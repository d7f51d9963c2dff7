import { z } from 'zod';
import type { Clock } from '../../contract/clock.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { Times } from './times.ts';

export const CLOCK_POLICY = {
  /** One tick counts at most so much awake time, ms: what is longer was sleep or a halted program. */
  longestTickMs: 5_000,
  /** A difference between two ticks from which the clock was set; less is the ordinary correction of a clock, ms. */
  jumpMs: 500,
  /** A clock that was set is believed after standing so long, ms awake, while no sitting has run in this boot. */
  settleMs: 2 * 60_000,
  /** The centre's clock confirms a clock that was set when the two differ by no more than this, ms. */
  confirmMs: 60_000,
  /** What was seen last is stored at least so often while it changes, ms awake. */
  storeEveryMs: 60_000,
} as const;

const Anchor = z.object({
  bootId: z.string(),
  /** Whether time since the boot was taken with sleep or without; one cannot be compared with the other. */
  countsSleep: z.boolean(),
  /** PC's clock less time since the boot, ms: as the hall relies on it, and as last seen. */
  trusted: z.number(),
  seen: z.number(),
  /** A sitting has run in this boot: from then on only the centre's clock can confirm another time. */
  used: z.boolean(),
});
type Anchor = z.infer<typeof Anchor>;
const KEY = 'hall_clock';

/** What passed since the tick before. */
export interface Tick {
  /** Awake time, 0 to 5,000 ms. */
  awakeMs: number;
  /** Size of a step that the PC's clock made, ms; 0 for none. */
  jumpMs: number;
}

/**
 * The clocks as the hall uses them. Time that matters is counted in ticks while the PC is awake; the PC's clock is compared
 * with the time since the boot, so that a step of it is noticed, and the time without such steps is known.
 */
export class HallClock {
  readonly #clock: Clock;
  readonly #settings: Pick<SettingsStore, 'getSetting' | 'setSetting'>;
  readonly #bootId: string;
  #anchor: Anchor;
  #lastMonoMs: number;
  /** A step that happened while the core did not run, reported by the first tick. */
  #missedJumpMs: number;
  #awakeMs = 0;
  /** Awake time at which the anchor was stored; null: not in this start. A start must not fail on a full disk. */
  #storedAtMs: number | null = null;
  /** Awake time at which the PC's clock last moved. */
  #movedAtMs = 0;
  #centreOffsetMs: number | null = null;
  /** An offset measured before the clock was set says nothing of it after. */
  #outdatedOffsetMs: number | null = null;

  constructor(clock: Clock, settings: Pick<SettingsStore, 'getSetting' | 'setSetting'>) {
    this.#clock = clock;
    this.#settings = settings;
    const { bootId, monoMs } = clock.stamp();
    this.#bootId = bootId;
    this.#lastMonoMs = monoMs;
    const seen = this.#offset();
    const countsSleep = clock.sinceBootMs !== undefined;
    const stored = this.#readStored();
    if (stored) {
      this.#anchor = { ...stored, seen };
      this.#missedJumpMs = asJump(seen - stored.seen);
    } else {
      this.#anchor = { bootId, countsSleep, trusted: seen, seen, used: false };
      this.#missedJumpMs = 0;
    }
  }

  get bootId(): string {
    return this.#bootId;
  }

  /** Awake time since the core started, ms. */
  get awakeMs(): number {
    return this.#awakeMs;
  }

  get times(): Times {
    const now = this.#clock.now();
    return {
      now,
      steadyNow: this.#sinceBootMs() + this.#anchor.trusted,
      centreNow: this.#centreOffsetMs === null ? null : now + this.#centreOffsetMs,
    };
  }

  /** Counts the time since the tick before. `centreOffsetMs` is the centre's clock less ours, as last measured. */
  tick(seen: { running: boolean; centreOffsetMs: number | null }): Tick {
    const { monoMs } = this.#clock.stamp();
    const awakeMs = Math.min(CLOCK_POLICY.longestTickMs, Math.max(0, monoMs - this.#lastMonoMs));
    this.#lastMonoMs = monoMs;
    this.#awakeMs += awakeMs;
    const offset = this.#offset();
    const jumpMs = this.#missedJumpMs || asJump(offset - this.#anchor.seen);
    this.#missedJumpMs = 0;
    if (jumpMs !== 0) {
      this.#movedAtMs = this.#awakeMs;
      this.#outdatedOffsetMs = seen.centreOffsetMs;
    }
    this.#centreOffsetMs = seen.centreOffsetMs === this.#outdatedOffsetMs ? null : seen.centreOffsetMs;
    this.#keep({ ...this.#anchor, seen: offset, used: this.#anchor.used || seen.running }, jumpMs !== 0);
    return { awakeMs, jumpMs };
  }

  /** A sitting ran in this boot, perhaps for less than a tick. */
  noteRan(): void {
    if (this.#anchor.used) return;
    this.#anchor = { ...this.#anchor, used: true };
    this.#store();
  }

  /** For whoever is not the hall: takes over what the hall has stored meanwhile, once it relies on the clock. */
  follow(): void {
    const stored = this.#readStored();
    if (stored?.used) this.#anchor = { ...this.#anchor, used: true, trusted: stored.trusted };
  }

  /** What was stored in this boot, of time since the boot that can be compared; null for nothing. */
  #readStored(): Anchor | null {
    const stored = this.#settings.getSetting(KEY, Anchor);
    const countsSleep = this.#clock.sinceBootMs !== undefined;
    return stored?.bootId === this.#bootId && stored.countsSleep === countsSleep ? stored : null;
  }

  #keep(next: Anchor, moved: boolean): void {
    const before = this.#anchor;
    const settled = !next.used && this.#awakeMs - this.#movedAtMs >= CLOCK_POLICY.settleMs;
    const confirmed = this.#centreOffsetMs !== null && Math.abs(this.#centreOffsetMs) <= CLOCK_POLICY.confirmMs;
    this.#anchor = settled || confirmed ? { ...next, trusted: next.seen } : next;
    const age = this.#awakeMs - (this.#storedAtMs ?? -Infinity);
    const due = age >= CLOCK_POLICY.storeEveryMs && (this.#storedAtMs === null || this.#anchor.seen !== before.seen);
    const corrected = Math.abs(this.#anchor.trusted - before.trusted) >= CLOCK_POLICY.jumpMs;
    if (moved || due || corrected || this.#anchor.used !== before.used) this.#store();
  }

  #store(): void {
    this.#storedAtMs = this.#awakeMs;
    this.#settings.setSetting(KEY, this.#anchor);
  }

  /** PC's clock less time since the boot. Read again when the program was held up between the two readings. */
  #offset(): number {
    for (let tries = 1; ; tries += 1) {
      const before = this.#clock.now();
      const sinceBootMs = this.#sinceBootMs();
      const heldUpMs = Math.abs(this.#clock.now() - before);
      if (heldUpMs < 50 || tries === 5) return before - sinceBootMs;
    }
  }

  #sinceBootMs(): number {
    return this.#clock.sinceBootMs?.() ?? this.#clock.stamp().monoMs;
  }
}

function asJump(differenceMs: number): number {
  return Math.abs(differenceMs) >= CLOCK_POLICY.jumpMs ? Math.round(differenceMs) : 0;
}
