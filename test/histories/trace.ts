import type { SourceHealth } from '../../electron/contract/broadcast.ts';
import type { SittingRecord } from '../../electron/contract/sitting.ts';
import type { ShownQuestion } from '../../electron/core/sitting/shown-question.ts';

export const MINUTE = 60_000;

export interface Timetable {
  id: string;
  opensAt: number;
  startsAt: number;
  endsAt: number;
  toleranceMs: number;
  graceMs: number;
}

/** What PC and network are like in one history. */
export interface Habits {
  /** The system tells the time since the boot with sleep. */
  countsSleep: boolean;
  /** The monotonic clock stands still in sleep, as on Linux. */
  monoSleeps: boolean;
  /** The centre's answers carry a date. */
  hasDates: boolean;
}

/** One tick as somebody would see it who knows the true time. */
export interface Seen {
  /** True time, epoch ms. */
  t: number;
  wall: number;
  /** Awake time since the tick before, ms, at most 5,000; 0 for the first tick of a start. */
  awakeMs: number;
  boot: number;
  /** Counts starts of the core. */
  start: number;
  health: SourceHealth;
  stagePlaying: boolean;
  centreKnown: boolean;
  question: ShownQuestion | null;
  sittings: SittingRecord[];
  /** The tick came after a command on the console. */
  byHand: string | null;
  /** Size of a step of the PC's clock since the tick before, ms. */
  steppedMs: number;
}
