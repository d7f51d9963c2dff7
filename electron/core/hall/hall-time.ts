import type { SittingRecord } from '../../contract/sitting.ts';
import { CLOCK_WRONG_MS } from '../../shared/moment.ts';
import { isRunning } from '../sitting/machine.ts';
import { noteCentreClock } from '../store/centre-clock.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import type { HallLog } from './hall-log.ts';
import { ClockWatch, PROVINCE_HOST } from './clock-watch.ts';

/** How a request is refused whose certificate is wrong only by our clock (`network/inspect-certificate.ts`). */
const CLOCK_CAUSE = 'clock_wrong';

export interface HallTimeOptions {
  store: Store;
  session: SessionRecord;
  sittings: () => SittingRecord[];
  /** The sitting of now has no broadcast that would tell the time. */
  isBlind: () => boolean;
  askTime: () => Promise<{ cause: string | null }>;
  log: Pick<HallLog, 'error'>;
}

/** What time it is: by the PC, by hosts that agree, and what is kept of it for the report. */
export class HallTime {
  /** Whether the PC's clock is right. */
  readonly watch: ClockWatch;
  readonly #store: Store;
  /** Null: the report goes to nobody. */
  readonly #provinceHost: string | null;
  #saidOffsetMs: number | null = null;
  #broadcastOffsetMs: number | null = null;
  #isAsked = false;

  constructor({ store, session, sittings, isBlind, askTime, log }: HallTimeOptions) {
    this.#store = store;
    const { endpoint } = session.document.delivery;
    this.#provinceHost = endpoint === undefined ? null : new URL(endpoint).host;
    this.watch = new ClockWatch({
      clock: store.clock,
      session: () => {
        const all = sittings();
        return {
          issuedAt: session.issuedAt,
          lastEnd: Math.max(...all.map(({ endsAt }) => endsAt)),
          anyOpened: all.some(({ openedAt }) => openedAt !== null),
        };
      },
      isBlind,
      askProvince: () =>
        void askTime().then(
          ({ cause }) => {
            this.#isAsked = true;
            this.noteFailure(cause);
          },
          // A fault of ours: nobody is waited for any longer, and it is asked again in its time.
          (cause: unknown) => {
            this.#isAsked = true;
            log.error('clock_ask_failed', cause);
          },
        ),
    });
  }

  /** For screens: a moment of the PC's clock, put right where two hosts agree that it is wrong now. Epoch ms. */
  shownAt(at: number): number {
    const offMs = this.watch.agreed?.ms ?? 0;
    return at + (Math.abs(offMs) > CLOCK_WRONG_MS ? offMs : 0);
  }

  /** The newest word of any host when it came: its clock less ours, ms. A clock that was set since makes it out of date. */
  get saidOffsetMs(): number | null {
    return this.#saidOffsetMs;
  }

  /** A host has told the time, or the province was asked in vain. */
  get isAsked(): boolean {
    return this.#isAsked || this.#saidOffsetMs !== null;
  }

  /**
   * A host answered with this date, epoch ms. The offset is written down while the sitting runs. True: something new is known of the
   * clock in it, so that people are judged again.
   */
  note(host: string, dateMs: number, sitting: SittingRecord | null): boolean {
    this.#saidOffsetMs = dateMs - this.#store.clock.now();
    this.watch.note(host === this.#provinceHost ? PROVINCE_HOST : host, dateMs);
    const { offset } = this.watch;
    return offset && sitting && isRunning(sitting.state) ? noteCentreClock(this.#store, sitting.id, offset) : false;
  }

  /** What the watcher of the broadcast measured; as `note`. */
  noteBroadcast(
    state: { clockOffsetMs: number | null; host: string | null; lastFailure: string | null },
    sitting: SittingRecord | null,
  ): boolean {
    const { clockOffsetMs, host, lastFailure } = state;
    const isNew = clockOffsetMs !== null && clockOffsetMs !== this.#broadcastOffsetMs && host !== null;
    this.#broadcastOffsetMs = clockOffsetMs;
    this.noteFailure(lastFailure);
    return isNew && this.note(host, this.#store.clock.now() + clockOffsetMs, sitting);
  }

  /** Why a request failed, by its word in the table of causes. */
  noteFailure(cause: string | null): void {
    if (cause === CLOCK_CAUSE) this.watch.noteRefusal();
  }
}
