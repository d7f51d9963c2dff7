import { CLOCK_SET_SINCE, CLOCK_WRONG_MS, HOSTS_AGREE_MS } from '../../shared/moment.ts';
import { Signal } from '../../shared/signal.ts';
import type { Clock } from '../store/clock.ts';

/** What a host said counts for so long, ms of the monotonic clock. */
const FRESH_MS = 60 * 60_000;
/** All servers of the province are one host: they have their time from one place. */
export const PROVINCE_HOST = 'province';
/** The date of issue of a package may be ahead of a clock that is right by so much, ms. */
const ISSUE_AHEAD_MS = 24 * 3_600_000;
/** The province is asked for the time at most so often, ms, and only by a PC whose clock is in doubt. */
const ASK_EVERY_MS = 10 * 60_000;

export type ClockAlarm = 'clock_unset' | 'clock_wrong' | 'clock_unlike_sitting';
const ALARMS: readonly ClockAlarm[] = ['clock_unset', 'clock_wrong', 'clock_unlike_sitting'];

/** How far our clock is off: true time less ours, ms, how many hosts agree on it, and whether the province is one of them. */
export interface ClockOffset {
  ms: number;
  hosts: number;
  hasProvince: boolean;
}

export interface ClockWatchOptions {
  clock: Clock;
  /** When the package was issued, and its sittings with whether one was ever opened, epoch ms; null without a session. */
  session(): { issuedAt: number; lastEnd: number; anyOpened: boolean } | null;
  /** Nothing else would tell the time: the province is asked then too. */
  isBlind?(): boolean;
  /** Has the province asked for something, so that its answer brings the time. */
  askProvince(): void;
}

/**
 * What hosts say of the time, and whether our clock is right. Nothing is opened, ended or sealed by it: it is named on the
 * console and stands in the report.
 */
export class ClockWatch {
  /** Alarms now; only when they changed. */
  readonly changed = new Signal<readonly ClockAlarm[]>();
  readonly #options: ClockWatchOptions;
  /** By host: true time less monotonic time, so that a clock that is set in between does not matter. */
  readonly #sightings = new Map<string, { centreMs: number; monoMs: number }>();
  #alarms: readonly ClockAlarm[] = [];
  #askedMonoMs = -Infinity;
  #refusedMonoMs = -Infinity;

  constructor(options: ClockWatchOptions) {
    this.#options = options;
  }

  /** A host answered with this date, epoch ms, a moment ago. */
  note(host: string, dateMs: number): void {
    const { monoMs } = this.#options.clock.stamp();
    this.#sightings.set(host, { centreMs: dateMs - monoMs, monoMs });
    this.look();
  }

  /** A secure connection was refused only because of our clock: that is named at once, before any host can be asked for the time. */
  noteRefusal(): void {
    this.#refusedMonoMs = this.#options.clock.stamp().monoMs;
    this.look();
  }

  /** The newest word of any host, with all that agree with it; null when none has answered lately. */
  get offset(): ClockOffset | null {
    const { monoMs, wallMs } = this.#options.clock.stamp();
    const fresh = [...this.#sightings].flatMap(([host, each]) =>
      monoMs - each.monoMs <= FRESH_MS ? [{ ...each, host }] : [],
    );
    const agreeing = fresh.map((one) =>
      fresh.filter((other) => Math.abs(one.centreMs - other.centreMs) <= HOSTS_AGREE_MS),
    );
    const most = agreeing.reduce((best, group) => (group.length > best.length ? group : best), []);
    const newest = most.reduce<(typeof most)[number] | null>((a, b) => (a && a.monoMs > b.monoMs ? a : b), null);
    return (
      newest && {
        ms: newest.centreMs + monoMs - wallMs,
        hosts: most.length,
        hasProvince: most.some(({ host }) => host === PROVINCE_HOST),
      }
    );
  }

  /** The offset, once two hosts agree on it: one may itself be wrong. */
  get agreed(): ClockOffset | null {
    const { offset } = this;
    return offset !== null && offset.hosts >= 2 ? offset : null;
  }

  get alarms(): readonly ClockAlarm[] {
    return this.#alarms;
  }

  /** Compares once; cheap. */
  look(): void {
    const alarms = ALARMS.filter((alarm) => this.#stands(alarm));
    const hosts = this.offset?.hosts ?? 0;
    if ((alarms.length > 0 && hosts < 2) || (hosts === 0 && this.#options.isBlind?.() === true)) this.#ask();
    if (alarms.join() === this.#alarms.join()) return;
    this.#alarms = alarms;
    this.changed.emit(alarms);
  }

  #stands(alarm: ClockAlarm): boolean {
    const now = this.#options.clock.now();
    const { offset } = this;
    switch (alarm) {
      case 'clock_unset':
        return now < CLOCK_SET_SINCE;
      case 'clock_wrong':
        return now >= CLOCK_SET_SINCE && (offset === null ? this.#isRefused() : Math.abs(offset.ms) > CLOCK_WRONG_MS);
      case 'clock_unlike_sitting': {
        // Where hosts answer they know better.
        if (offset !== null || now < CLOCK_SET_SINCE) return false;
        const session = this.#options.session();
        if (session === null) return false;
        const { issuedAt, lastEnd, anyOpened } = session;
        return issuedAt > now + ISSUE_AHEAD_MS || (!anyOpened && now > lastEnd);
      }
    }
  }

  #isRefused(): boolean {
    return this.#options.clock.stamp().monoMs - this.#refusedMonoMs <= FRESH_MS;
  }

  #ask(): void {
    const { monoMs } = this.#options.clock.stamp();
    if (monoMs - this.#askedMonoMs < ASK_EVERY_MS) return;
    this.#askedMonoMs = monoMs;
    this.#options.askProvince();
  }
}
