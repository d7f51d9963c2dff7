import type { EndedBy, SittingRecord } from '../../contract/sitting.ts';
import type { SittingPlan } from '../../contract/session-package.ts';
import type { SourceHealth } from '../../contract/broadcast.ts';
import type { Store } from '../store/store.ts';
import { chooseCurrent, earlyEndClosesAt, isRunning, nextStep, type Observed } from './machine.ts';

const TICK_MS = 500;

/** What the conductor needs to see of the broadcast. */
export interface BroadcastView {
  health(): SourceHealth;
  /** When ENDLIST was first seen, epoch ms. */
  endlistAt(): number | null;
  frameShown(sittingId: string): boolean;
  lastFrameShown(sittingId: string): boolean;
  stagePlaying(): boolean;
  delayMs(): number;
}

export interface ConductorOptions {
  store: Store;
  packageId: string;
  plans: readonly SittingPlan[];
  broadcast: BroadcastView;
  /** The current sitting changed: another one, or another state of it. */
  onStep(sitting: SittingRecord): void;
}

/** Walks each sitting through its life: by the timetable, by what the broadcast does, and by hand. */
export class Conductor {
  readonly #options: ConductorOptions;
  #timer: NodeJS.Timeout | null = null;
  #current: SittingRecord | null;
  #earlyEnd: { sittingId: string; answer: 'refused' | 'accepted' } | null = null;

  constructor(options: ConductorOptions) {
    this.#options = options;
    this.#current = chooseCurrent(this.list());
  }

  start(): void {
    this.#timer = setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The sitting the hall is in. Null only for a package without sittings, which the schema refuses. */
  get current(): SittingRecord | null {
    return this.#current;
  }

  list(): SittingRecord[] {
    return this.#options.store.sittings.listSittings(this.#options.packageId);
  }

  planOf(sitting: SittingRecord): SittingPlan {
    const plan = this.#options.plans[sitting.ordinal];
    if (!plan) throw new Error(`invariant broken: sitting ${sitting.id} is in the package`);
    return plan;
  }

  /** When an early ENDLIST closes the sitting by itself; null when nothing is being asked. */
  earlyEndClosesAt(): number | null {
    return this.#current ? earlyEndClosesAt(this.#current, this.#observe(this.#current)) : null;
  }

  /** The console's answer to an early ENDLIST. */
  answerEarlyEnd(close: boolean): { ok: true } | { ok: false; error: 'nothing_asked' } {
    if (!this.#current || this.earlyEndClosesAt() === null) return { ok: false, error: 'nothing_asked' };
    this.#earlyEnd = { sittingId: this.#current.id, answer: close ? 'accepted' : 'refused' };
    this.tick();
    return { ok: true };
  }

  /** Opens a sitting by hand before its time. */
  open(sittingId: string): { ok: true } | { ok: false; error: 'wrong_state' | 'other_running' } {
    const sitting = this.#options.store.sittings.getSitting(sittingId);
    if (!sitting || sitting.state !== 'prepared') return { ok: false, error: 'wrong_state' };
    if (this.list().some((s) => isRunning(s.state))) return { ok: false, error: 'other_running' };
    this.#options.store.sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: this.#now() });
    this.#announce();
    return { ok: true };
  }

  /** Ends a sitting by hand. */
  end(sittingId: string, by: EndedBy): { ok: true } | { ok: false; error: 'wrong_state' } {
    const sitting = this.#options.store.sittings.getSitting(sittingId);
    if (!sitting || !isRunning(sitting.state)) return { ok: false, error: 'wrong_state' };
    this.#end(sitting, by);
    this.#announce();
    return { ok: true };
  }

  /** Looks at the clock and the broadcast once; called by the timer and after anything that may matter. */
  tick(): void {
    let moved = false;
    for (const sitting of this.list()) {
      if (sitting.id !== this.#current?.id && sitting.state !== 'prepared') continue;
      const step = nextStep(sitting, this.#observe(sitting));
      if (!step) continue;
      moved = true;
      const { sittings } = this.#options.store;
      switch (step.to) {
        case 'open':
          sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: this.#now() });
          break;
        case 'live':
          sittings.recordStep(sitting.id, 'open', 'live', { liveAt: this.#now() });
          break;
        case 'ending':
          sittings.recordStep(sitting.id, sitting.state, sitting.state, { endingAt: this.#now() });
          break;
        case 'not_ending':
          sittings.recordStep(sitting.id, sitting.state, sitting.state, { endingAt: null });
          break;
        case 'ended':
          this.#end(sitting, step.by);
          break;
        case 'reopened':
          sittings.recordStep(sitting.id, sitting.state, 'live', { endedAt: null, endedBy: null, endingAt: null });
          break;
      }
    }
    if (moved) this.#announce();
  }

  /** The store moved a sitting (sealed, delivered, amended): look again. */
  refresh(): void {
    this.#announce();
  }

  #end(sitting: SittingRecord, by: EndedBy): void {
    this.#options.store.attendance.closeRollCalls(sitting.id);
    this.#options.store.sittings.recordStep(sitting.id, sitting.state, 'ended', { endedAt: this.#now(), endedBy: by });
  }

  #announce(): void {
    const all = this.list();
    const before = this.#current;
    const next = chooseCurrent(all);
    this.#current = next;
    if (before && next && before.id !== next.id) {
      const finished = all.find((s) => s.id === before.id);
      if (finished) this.#options.onStep(finished);
    }
    if (next) this.#options.onStep(next);
  }

  #observe(sitting: SittingRecord): Observed {
    const { broadcast } = this.#options;
    const plan = this.planOf(sitting);
    const answer = this.#earlyEnd?.sittingId === sitting.id ? this.#earlyEnd.answer : null;
    return {
      now: this.#now(),
      endToleranceMs: plan.endToleranceMinutes * 60_000,
      endGraceMs: plan.endGraceMinutes * 60_000,
      delayMs: broadcast.delayMs(),
      hasSources: plan.sources.length > 0,
      health: broadcast.health(),
      endlistAt: broadcast.endlistAt(),
      frameShown: broadcast.frameShown(sitting.id),
      lastFrameShown: broadcast.lastFrameShown(sitting.id),
      stagePlaying: broadcast.stagePlaying(),
      earlyEndRefused: answer === 'refused',
      earlyEndAccepted: answer === 'accepted',
      otherRunning: this.list().some((s) => s.id !== sitting.id && isRunning(s.state)),
    };
  }

  #now(): number {
    return this.#options.store.clock.now();
  }
}
