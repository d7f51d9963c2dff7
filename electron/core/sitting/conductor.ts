import { z } from 'zod';
import type { SourceHealth } from '../../contract/broadcast.ts';
import type { SittingPlan } from '../../contract/session-package.ts';
import type { EndedBy, ReopenedBy, SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';
import {
  asksProvince,
  chooseCurrent,
  endQuestion,
  isRunning,
  nextStep,
  type EndQuestion,
  type Observed,
  type Step,
} from './machine.ts';

const TICK_MS = 500;

/** What the conductor needs to see of the broadcast. */
export interface BroadcastView {
  health(): SourceHealth;
  /** When ENDLIST was first seen, epoch ms. */
  endlistAt(): number | null;
  /** The list that ended was seen open before. */
  endlistIsOurs(): boolean;
  frameShown(sittingId: string): boolean;
  lastFrameShown(sittingId: string): boolean;
  stagePlaying(): boolean;
  delayMs(): number;
}

/** What the conductor needs of the province: its word on a sitting whose broadcast is gone. */
export interface ProvinceView {
  /** Asks about this sitting from now on, or about none. Called at every look; may be called as often as one likes. */
  follow(sitting: SittingRecord | null): void;
  /** The province said "finished" of this sitting since it is asked about. */
  saysFinished(sittingId: string): boolean;
}

export interface ConductorOptions {
  store: Store;
  packageId: string;
  plans: readonly SittingPlan[];
  broadcast: BroadcastView;
  province: ProvinceView;
  /** The current sitting changed: another one, or another state of it. */
  onStep(sitting: SittingRecord): void;
  /** A look at the clock failed (the disk is full, say); the next one tries again. */
  onError(cause: unknown): void;
}

const Answer = z.enum(['close', 'keep']);
const overruledKey = (sittingId: string): string => `province_overruled:${sittingId}`;

/** Walks each sitting through its life: by the timetable, by what the broadcast does, and by hand. */
export class Conductor {
  readonly #options: ConductorOptions;
  #timer: NodeJS.Timeout | null = null;
  #current: SittingRecord | null;
  /** Monotonic ms since when the source has been quiet. */
  #quietSince: number;
  #openSince = new Map<string, number>();

  constructor(options: ConductorOptions) {
    this.#options = options;
    this.#quietSince = this.#mono();
    this.#current = chooseCurrent(this.list(), this.#now());
  }

  start(): void {
    this.#timer = setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#options.province.follow(null);
  }

  /** The sitting the hall is in. Null only for a package without sittings, which the schema refuses. */
  get current(): SittingRecord | null {
    return this.#current;
  }

  list(): SittingRecord[] {
    return this.#options.store.sittings.listSittings(this.#options.packageId);
  }

  planOf(sitting: SittingRecord): SittingPlan {
    const plan = this.#options.plans.find((p) => p.id === sitting.planId);
    if (!plan) throw new Error(`invariant broken: sitting ${sitting.id} is in the package`);
    return plan;
  }

  /** What the console is asked about the end of the current sitting. */
  endQuestion(): EndQuestion | null {
    return this.#current ? endQuestion(this.#current, this.#observe(this.#current)) : null;
  }

  /** The console's answer. It outlives a restart and is forgotten when the broadcast goes on. */
  answerEnd(close: boolean): { ok: true } | { ok: false; error: 'nothing_asked' } {
    if (!this.#current || this.endQuestion() === null) return { ok: false, error: 'nothing_asked' };
    this.#setAnswer(this.#current.id, close ? 'close' : 'keep');
    this.tick();
    return { ok: true };
  }

  /** Opens a sitting by hand before its time. */
  open(sittingId: string): { ok: true } | { ok: false; error: 'wrong_state' | 'other_running' } {
    const sitting = this.#find(sittingId);
    if (sitting?.state !== 'prepared') return { ok: false, error: 'wrong_state' };
    if (this.list().some((s) => isRunning(s.state))) return { ok: false, error: 'other_running' };
    this.#options.store.sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: this.#now() });
    this.#announce();
    return { ok: true };
  }

  /** Ends a sitting by hand. */
  end(sittingId: string, by: EndedBy): { ok: true } | { ok: false; error: 'wrong_state' } {
    const sitting = this.#find(sittingId);
    if (!sitting || !isRunning(sitting.state)) return { ok: false, error: 'wrong_state' };
    this.#end(sitting, by);
    this.#announce();
    return { ok: true };
  }

  /** Takes an end back: sign-in goes on, and the next sealing makes the next revision. */
  reopen(
    sittingId: string,
    by: 'technician' | 'chair',
    reason: string | null,
  ): { ok: true } | { ok: false; error: 'wrong_state' | 'other_running' } {
    const sitting = this.#find(sittingId);
    if (!sitting || !['ended', 'sealed', 'delivered'].includes(sitting.state))
      return { ok: false, error: 'wrong_state' };
    if (this.list().some((s) => isRunning(s.state))) return { ok: false, error: 'other_running' };
    this.#reopen(sitting, by, reason);
    // An ENDLIST that still stands must not close it again by itself.
    this.#setAnswer(sitting.id, 'keep');
    // Nor must the province, which may go on saying "finished" when the broadcast has come back and is lost once more.
    if (sitting.endedBy === 'province') this.#options.store.settings.setSetting(overruledKey(sitting.id), true);
    this.#announce();
    return { ok: true };
  }

  /** Looks at the clock and the broadcast once; called by the timer and after anything that may matter. Never throws. */
  tick(): void {
    try {
      this.#look();
    } catch (cause) {
      this.#options.onError(cause);
    }
  }

  /** The store moved a sitting (sealed, delivered, amended): look again. */
  refresh(): void {
    this.#announce();
  }

  /** The PC slept: silence is counted anew. */
  woke(): void {
    this.#quietSince = this.#mono();
    this.tick();
  }

  #look(): void {
    const { broadcast, province } = this.#options;
    if (broadcast.health() === 'live') this.#quietSince = this.#mono();
    const sittings = this.list();
    let moved = chooseCurrent(sittings, this.#now())?.id !== this.#current?.id;
    for (const sitting of sittings) {
      if (isRunning(sitting.state) && !this.#openSince.has(sitting.id)) this.#openSince.set(sitting.id, this.#mono());
      if (sitting.id !== this.#current?.id && sitting.state !== 'prepared') continue;
      if (broadcast.health() === 'live' && broadcast.endlistAt() === null) this.#setAnswer(sitting.id, null);
      const seen = this.#observe(sitting);
      if (sitting.id === this.#current?.id) province.follow(asksProvince(sitting, seen) ? sitting : null);
      const step = nextStep(sitting, seen);
      if (!step) continue;
      moved = true;
      this.#take(sitting, step);
    }
    if (moved) this.#announce();
  }

  #take(sitting: SittingRecord, step: Step): void {
    const { sittings } = this.#options.store;
    switch (step.to) {
      case 'open':
        sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: this.#now() });
        break;
      case 'live':
        sittings.recordStep(sitting.id, 'open', 'live', { liveAt: this.#now() });
        break;
      case 'ending':
        sittings.recordStep(sitting.id, sitting.state, sitting.state, {
          endingAt: this.#now(),
          endedBy: step.by,
        });
        break;
      case 'not_ending':
        sittings.recordStep(sitting.id, sitting.state, sitting.state, { endingAt: null, endedBy: null });
        break;
      case 'ended':
        this.#end(sitting, step.by);
        break;
      case 'reopened':
        this.#reopen(sitting, 'broadcast', null);
        break;
    }
  }

  #end(sitting: SittingRecord, by: EndedBy): void {
    this.#options.store.attendance.closeRollCalls(sitting.id);
    this.#options.store.sittings.recordStep(sitting.id, sitting.state, 'ended', { endedAt: this.#now(), endedBy: by });
  }

  #reopen(sitting: SittingRecord, by: ReopenedBy, reason: string | null): void {
    this.#openSince.delete(sitting.id);
    this.#quietSince = this.#mono();
    const back = { endedAt: null, endedBy: null, endingAt: null };
    const { sittings } = this.#options.store;
    if (sittings.recordStep(sitting.id, sitting.state, sitting.liveAt === null ? 'open' : 'live', back))
      sittings.recordReopening(sitting.id, { at: this.#now(), by, reason });
  }

  #announce(): void {
    const all = this.list();
    const before = this.#current;
    const next = chooseCurrent(all, this.#now());
    this.#current = next;
    if (before && next && before.id !== next.id) {
      const finished = all.find((s) => s.id === before.id);
      if (finished) this.#options.onStep(finished);
    }
    if (next) this.#options.onStep(next);
  }

  #observe(sitting: SittingRecord): Observed {
    const { broadcast, province, store } = this.#options;
    const plan = this.planOf(sitting);
    const all = this.list();
    const now = this.#now();
    const next = all.find((s) => s.state === 'prepared' && s.startsAt > sitting.startsAt && s.endsAt > now);
    return {
      now,
      endToleranceMs: plan.endToleranceMinutes * 60_000,
      endGraceMs: plan.endGraceMinutes * 60_000,
      delayMs: broadcast.delayMs(),
      hasSources: plan.sources.length > 0,
      health: broadcast.health(),
      quietMs: this.#mono() - this.#quietSince,
      openForMs: this.#mono() - (this.#openSince.get(sitting.id) ?? this.#mono()),
      endlistAt: broadcast.endlistAt(),
      endlistIsOurs: broadcast.endlistIsOurs(),
      frameShown: broadcast.frameShown(sitting.id),
      lastFrameShown: broadcast.lastFrameShown(sitting.id),
      stagePlaying: broadcast.stagePlaying(),
      provinceFinished: province.saysFinished(sitting.id),
      provinceOverruled: store.settings.getSetting(overruledKey(sitting.id), z.boolean()) ?? false,
      answer: store.settings.getSetting(`end_answer:${sitting.id}`, Answer),
      otherRunning: all.some((s) => s.id !== sitting.id && isRunning(s.state)),
      nextOpensAt: next?.opensAt ?? null,
    };
  }

  #setAnswer(sittingId: string, answer: 'close' | 'keep' | null): void {
    const { settings } = this.#options.store;
    const key = `end_answer:${sittingId}`;
    if (settings.getSetting(key, Answer) !== answer) settings.setSetting(key, answer);
  }

  #find(sittingId: string): SittingRecord | undefined {
    return this.list().find((s) => s.id === sittingId);
  }

  #now(): number {
    return this.#options.store.clock.now();
  }

  #mono(): number {
    return this.#options.store.clock.stamp().monoMs;
  }
}
