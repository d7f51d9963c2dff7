import type { SittingPlan } from '../../contract/session-package.ts';
import type { EndedBy, ReopenedBy, SittingRecord } from '../../contract/sitting.ts';
import { ConsoleAnswers } from './console-answers.ts';
import { Countdowns } from './countdowns.ts';
import { HallClock } from './hall-clock.ts';
import { LifeRecorder } from './life-recorder.ts';
import {
  asksProvince,
  chooseCurrent,
  isFirstSight,
  isRunning,
  RULES,
  type Observed,
  type Rules,
  type Step,
} from './machine.ts';
import { observe, statesOf } from './observe.ts';
import type { ConductorOptions, Moved } from './ports.ts';
import { QuestionBoard, type ShownQuestion } from './shown-question.ts';

const TICK_MS = 500;

/** Walks each sitting through its life: by the timetable, by what the broadcast does, and by hand. */
export class Conductor {
  readonly #options: ConductorOptions;
  readonly #rules: Rules;
  readonly #clock: HallClock;
  readonly #countdowns: Countdowns;
  readonly #answers: ConsoleAnswers;
  readonly #life: LifeRecorder;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;
  #announced: string;
  /** As last read; a question is shown about these. */
  #all: SittingRecord[];
  #current: SittingRecord | null;
  /** Awake ms since when the source has been quiet. */
  #quietMs = 0;
  /** Awake ms of this tick. */
  #awakeMs = 0;
  readonly #board = new QuestionBoard();

  constructor(options: ConductorOptions) {
    this.#options = options;
    this.#rules = options.rules ?? RULES;
    this.#clock = new HallClock(options.clock, options.store.settings);
    this.#countdowns = new Countdowns(options.store.sittings, this.#clock.bootId);
    this.#answers = new ConsoleAnswers(options.store.settings);
    this.#life = new LifeRecorder(options.store);
    this.#announced = statesOf((this.#all = this.list()));
    this.#current = chooseCurrent(this.#all, this.#clock.times);
  }

  /** Sees to its sittings by itself from now on, twice a second. */
  start(): void {
    this.#timer = setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  /** For good: what comes after it moves no sitting and asks nobody. */
  stop(): void {
    this.#isStopped = true;
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
  endQuestion(): ShownQuestion | null {
    const sitting = this.#current;
    if (!sitting) return null;
    const question = this.#rules.endQuestion(sitting, this.#observe(sitting, this.#all));
    if (!question) return null;
    const usedMs = this.#countdowns.usedMs(sitting.id, question.reason) ?? 0;
    return this.#board.show(sitting.id, question, usedMs, this.#clock.times.now);
  }

  /** The console's answer; it outlives a restart. The one about ENDLIST is forgotten when the broadcast goes on. */
  answerEnd(close: boolean): { ok: true } | { ok: false; error: 'nothing_asked' } {
    const question = this.endQuestion();
    if (!this.#current || question === null) return { ok: false, error: 'nothing_asked' };
    this.#answers.set(this.#current.id, question.reason, close ? 'close' : 'keep');
    // Said of a sitting without a picture, it is said to the province too.
    if (!close && this.#options.broadcast.health() !== 'live') this.#answers.set(this.#current.id, 'endlist', 'keep');
    this.tick();
    return { ok: true };
  }

  /** Opens a sitting by hand before its time. */
  open(sittingId: string): Moved {
    const sitting = this.#find(sittingId);
    if (sitting?.state !== 'prepared') return { ok: false, error: 'wrong_state' };
    if (this.list().some((s) => isRunning(s.state))) return { ok: false, error: 'other_running' };
    this.#life.open(sitting, this.#clock.times.now);
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

  /** Takes an end back by hand: sign-in goes on, and the next sealing makes the next revision. */
  reopen(sittingId: string, by: 'technician' | 'chair', reason: string | null = null): Moved {
    const sitting = this.#find(sittingId);
    if (!sitting) return { ok: false, error: 'wrong_state' };
    // While its last frames are shown it has not ended yet: it only goes on.
    if (isRunning(sitting.state) && sitting.endingAt !== null) this.#take(sitting, { to: 'not_ending' });
    else if (!['ended', 'sealed', 'delivered'].includes(sitting.state)) return { ok: false, error: 'wrong_state' };
    else if (this.list().some((s) => isRunning(s.state))) return { ok: false, error: 'other_running' };
    else this.#reopen(sitting, by, reason);
    // An ENDLIST that still stands must not close it again by itself, nor the next sitting that is due.
    this.#answers.set(sitting.id, 'endlist', 'keep');
    this.#answers.set(sitting.id, 'next_due', 'keep');
    // Nor must the province, which may go on saying "finished" when the broadcast has come back and is lost once more.
    if (sitting.endedBy === 'province') this.#answers.overruleProvince(sitting.id);
    this.#announce();
    return { ok: true };
  }

  /** Sees clock and broadcast once; called by the timer and after anything that may matter. Never throws. */
  tick(): void {
    if (!this.#isStopped) this.#try(() => this.#walk());
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.#options.onError(cause);
    }
  }

  /** The store moved a sitting (sealed, delivered, amended): see which one is current now. */
  refresh(): void {
    this.#announce();
  }

  /** The PC slept: a silence begins again at zero. */
  woke(): void {
    this.#quietMs = 0;
    this.tick();
  }

  #walk(): void {
    const { broadcast, province } = this.#options;
    let all = this.list();
    // What could not be written down must not keep a sitting from its end.
    this.#try(() => this.#countTime(all));
    // A fault of the disk may have come between a step and its announcement.
    let moved = chooseCurrent(all, this.#clock.times)?.id !== this.#current?.id || statesOf(all) !== this.#announced;
    for (const { id } of all) {
      const sitting = all.find((s) => s.id === id);
      if (!sitting || (id !== this.#current?.id && sitting.state !== 'prepared')) continue;
      if (broadcast.health() === 'live' && broadcast.endlistAt() === null) this.#answers.set(id, 'endlist', null);
      const seen = this.#ask(sitting, all);
      if (id === this.#current?.id) province.follow(asksProvince(sitting, seen) ? sitting : null);
      const step = this.#rules.nextStep(sitting, seen);
      if (step) this.#take(sitting, step);
      else if (isFirstSight(sitting, seen)) this.#life.noteBroadcast(sitting, seen.times.now);
      else continue;
      moved = true;
      all = this.list();
    }
    this.#all = all;
    if (moved) this.#announce();
  }

  /** One tick of everything that is counted in awake time. */
  #countTime(all: readonly SittingRecord[]): void {
    const { broadcast } = this.#options;
    const running = all.filter((s) => isRunning(s.state));
    const isOver = (sitting: SittingRecord) =>
      this.#clock.times.steadyNow >= sitting.endsAt + this.planOf(sitting).endGraceMinutes * 60_000;
    this.#life.noteStart(all, isOver);
    this.#awakeMs = 0;
    const centreOffsetMs = broadcast.clockOffsetMs();
    const { awakeMs, jumpMs } = this.#clock.tick({ running: running.length > 0, centreOffsetMs });
    this.#awakeMs = awakeMs;
    this.#quietMs = broadcast.health() === 'live' ? 0 : this.#quietMs + awakeMs;
    for (const sitting of all) this.#countdowns.tick(sitting, awakeMs);
    this.#life.noteTick(
      running,
      { now: this.#clock.times.now, awakeMs, jumpMs },
      (sitting) => broadcast.health() === 'live' || broadcast.stagePlaying(sitting.id) || !isOver(sitting),
    );
  }

  /** Sees a sitting, and begins or ends the countdown of the question that stands about it. */
  #ask(sitting: SittingRecord, all: readonly SittingRecord[]): Observed {
    const seen = this.#observe(sitting, all);
    const question = this.#rules.endQuestion(sitting, seen);
    for (const reason of ['endlist', 'next_due'] as const) {
      const stands = question?.reason === reason && question.closesByItself;
      if (stands) seen.askedMs[reason] = this.#countdowns.run(sitting.id, reason, this.#awakeMs);
      // A source that is only out of sight has not taken its ENDLIST back.
      else if (reason === 'endlist' && seen.health !== 'live' && seen.answers.endlist !== 'keep')
        this.#countdowns.pause(sitting.id, reason);
      else this.#countdowns.stop(sitting.id, reason);
    }
    return seen;
  }

  #take(sitting: SittingRecord, step: Step): void {
    const { sittings } = this.#options.store;
    const { now } = this.#clock.times;
    switch (step.to) {
      case 'open':
        this.#life.open(sitting, now);
        break;
      case 'live':
        sittings.recordStep(sitting.id, 'open', 'live', { liveAt: now });
        break;
      case 'ending':
        this.#countdowns.stop(sitting.id, 'last_frames');
        sittings.recordStep(sitting.id, sitting.state, sitting.state, { endingAt: now, endedBy: step.by });
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
    this.#clock.noteRan();
    this.#life.end(sitting, by, this.#clock.times.now);
    this.#countdowns.ended(sitting.id);
  }

  #reopen(sitting: SittingRecord, by: ReopenedBy, reason: string | null): void {
    this.#quietMs = 0;
    this.#countdowns.stop(sitting.id, 'since_end');
    this.#answers.set(sitting.id, 'endlist', null);
    this.#answers.set(sitting.id, 'next_due', null);
    this.#life.reopen(sitting, { at: this.#clock.times.now, by, reason });
  }

  #announce(): void {
    const all = (this.#all = this.list());
    const before = this.#current;
    const next = (this.#current = chooseCurrent(all, this.#clock.times));
    const finished = next && all.find(({ id }) => id === before?.id && id !== next.id);
    if (finished) this.#options.onStep(finished);
    if (next) this.#options.onStep(next);
    this.#announced = statesOf(all);
  }

  #observe(sitting: SittingRecord, all: readonly SittingRecord[]): Observed {
    const { broadcast, province } = this.#options;
    return observe({ broadcast, province, answers: this.#answers, countdowns: this.#countdowns }, sitting, all, {
      plan: this.planOf(sitting),
      times: this.#clock.times,
      awakeMs: this.#clock.awakeMs,
      quietMs: this.#quietMs,
    });
  }

  #find(sittingId: string): SittingRecord | undefined {
    return this.list().find((s) => s.id === sittingId);
  }
}
