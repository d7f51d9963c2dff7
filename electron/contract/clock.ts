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

/** How our clock was set in one boot: `aheadMs` is the wall clock less the monotonic one, `offMs` true time less the wall clock, ms; `seenMs` when by our clock. */
export interface ClockSetting {
  bootId: string;
  aheadMs: number;
  offMs: number;
  seenMs: number;
}

/** What is known of our clock in a sitting: settings under which true time was seen, and steps of the clock in their order, ms. */
export interface ClockCorrections {
  settings: readonly ClockSetting[];
  jumps: readonly number[];
}

/** A clock with timers; which of the two clocks `now` reads is said where one is made. */
export interface TimerClock {
  /** Milliseconds. */
  now(): number;
  /** Runs `run` after `delayMs` milliseconds; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}
