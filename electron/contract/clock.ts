/** Two clocks of one moment, and the boot they belong to: the wall clock may be set, the monotonic one may not. */
export interface ClockPair {
  /** Epoch milliseconds of the PC's clock. */
  wallMs: number;
  /** Milliseconds of the monotonic clock. On Linux it stands still while the PC sleeps. */
  monoMs: number;
  /** Names the boot; values of `monoMs` of two boots can't be compared. */
  bootId: string;
}

/** The PC's clocks, for everything that is stored or decided by time. */
export interface Clock {
  /** Both clocks now. */
  stamp(): ClockPair;
  /** Epoch milliseconds of the PC's clock: `stamp().wallMs`. */
  now(): number;
  /** Milliseconds since the PC was started, sleep included; absent where the system can't say. */
  sinceBootMs?(): number;
}

/** A clock with timers; which of the two clocks `now` reads is said where one is made. */
export interface TimerClock {
  /** Milliseconds. */
  now(): number;
  /** Runs `run` after `delayMs` milliseconds; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}
