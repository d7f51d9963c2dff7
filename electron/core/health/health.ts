import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type {
  CheckAnswerInput,
  CheckOccasion,
  CheckOutcome,
  CheckRun,
  ChecksSummary,
  ChecksView,
} from '../../contract/checks.ts';
import type { ShellFacts } from '../../contract/shell.ts';
import { countGroup, verdictOf } from '../../shared/checks/verdict.ts';
import { Signal } from '../../shared/signal.ts';
import type { Hall } from '../hall/hall.ts';
import type { HallLog } from '../hall/hall-log.ts';
import type { NetworkOptions } from '../network/dispatcher.ts';
import { createEgress } from '../network/egress.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { CHECK_LIST } from './check-list.ts';
import type { AnyCheck, CheckContext, CheckNetwork, CheckRecords, CheckStage } from './check.ts';
import type { DecodeTrials } from './decode-trials.ts';
import type { Machine } from './machine.ts';
import { AnswerBook, type ScannerResult } from './person-answers.ts';
import { notDone, runChecks } from './run-checks.ts';
import { planRuns, type Planned } from './schedule.ts';

const LOOK_EVERY_MS = 15_000;
const RUNS_SHOWN = 8;
/** A run that lies further ahead than this was made by a clock that was set back since, ms. */
const AHEAD_MS = 60_000;

export interface HealthOptions {
  store: Store;
  session: SessionRecord;
  hall: Pick<Hall, 'sitting' | 'plan' | 'broadcast' | 'list'>;
  random: () => number;
  network: () => NetworkOptions & Pick<CheckNetwork, 'isChosen'>;
  checkProvince: CheckContext['checkProvince'];
  stage: CheckStage;
  records: CheckRecords;
  trials: DecodeTrials;
  /** Null when the shell does not answer. */
  askShell(): Promise<ShellFacts | null>;
  machine: Machine;
  dataDir: string;
  log: HallLog;
  checks?: readonly AnyCheck[];
}

/** The checks before the hour: runs them, keeps what they found, and takes what only a person can say. */
export class Health {
  /** A run went on, or somebody answered. */
  readonly changed = new Signal();
  /** What the stage is asked to decode. */
  readonly trials: DecodeTrials;
  readonly #options: HealthOptions;
  readonly #checks: readonly AnyCheck[];
  readonly #answers: AnswerBook;
  readonly #stopping = new AbortController();
  /** Of this PC, for the moments at which it checks by itself. */
  readonly #chance: number;
  /** Ids of runs made by a clock that was ahead: their marks are still to come. */
  readonly #ahead = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #outcomes = new Map<string, CheckOutcome>();
  #last: CheckRun | null = null;
  #running: { done: number; startedAt: number; finished: Promise<CheckRun> } | null = null;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#checks = options.checks ?? CHECK_LIST;
    this.#answers = new AnswerBook(options.store);
    this.trials = options.trials;
    this.trials.changed.on(() => this.changed.emit());
    this.#chance = options.random();
    // After a restart the page shows what was found before it.
    this.#last = options.store.checks.list(options.session.packageId, 1)[0] ?? null;
    for (const outcome of this.#last?.outcomes ?? []) this.#outcomes.set(outcome.check, outcome);
  }

  get summary(): ChecksSummary {
    const outcomes = this.#list();
    const running = this.#running && { done: this.#running.done, total: this.#checks.length };
    return {
      running,
      verdict: this.#last ? verdictOf(outcomes) : null,
      red: countGroup(outcomes, 'red'),
      yellow: countGroup(outcomes, 'yellow'),
      finishedAt: this.#last?.finishedAt ?? null,
    };
  }

  get view(): ChecksView {
    const { store, session } = this.#options;
    const runs = store.checks.list(session.packageId, RUNS_SHOWN).map((run) => ({
      id: run.id,
      occasion: run.occasion,
      startedAt: run.startedAt,
      verdict: verdictOf(run.outcomes),
      red: countGroup(run.outcomes, 'red'),
      yellow: countGroup(run.outcomes, 'yellow'),
    }));
    return { ...this.summary, outcomes: this.#list(), runs, nextAt: this.#planned()[0]?.at ?? null };
  }

  /** The newest run with what people answered since; null before the first. */
  get newest(): CheckRun | null {
    return this.#last && { ...this.#last, outcomes: this.#list() };
  }

  /** Looks from now on whether a run is due. Keeps no process alive. */
  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Begins a run that is due. Never throws: records that cannot be read now are read at the next look. */
  look(): void {
    try {
      const due = this.#planned().find(({ at }) => at <= this.#options.store.clock.now());
      if (due && !this.#running) void this.run(due.occasion);
    } catch (cause) {
      this.#options.log.error('check_failed', cause);
    }
  }

  /** Runs all checks, or joins the run that is on. Never rejects: where none can be run at all, none is done. */
  run(occasion: CheckOccasion): Promise<CheckRun> {
    if (this.#running) return this.#running.finished;
    const startedAt = this.#options.store.clock.now();
    const finished = this.#runOnce(occasion, startedAt);
    this.#running = { done: 0, startedAt, finished };
    this.changed.emit();
    return finished;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Somebody answered what only a person can say; that check is judged again at once. Rejects when it cannot be kept. */
  async answer(input: CheckAnswerInput): Promise<void> {
    if (input.check === 'sound') this.#answers.noteSound(input.heard);
    else this.#answers.noteScanner(input.result);
    await this.#again(input.check);
  }

  /** A card was scanned for a test. Rejects when that cannot be kept. */
  async noteScan(result: ScannerResult): Promise<void> {
    this.#answers.noteScanner(result);
    await this.#again('scanner');
  }

  /** Ends a run that is on. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running?.finished;
  }

  #planned(): Planned[] {
    const { store, session, hall } = this.#options;
    // A rehearsal begins minutes after its start; whoever practises runs them by hand.
    if (session.provenance === 'rehearsal') return [];
    const now = store.clock.now();
    // Only those of the sitting the hall is in: what is found is about its broadcast.
    const ahead = hall.list().filter(({ id }) => id === hall.sitting?.id);
    const runs = store.checks.list(session.packageId);
    for (const { id, startedAt } of runs) if (startedAt > now + AHEAD_MS) this.#ahead.add(id);
    const done = runs.filter(({ id }) => !this.#ahead.has(id));
    return planRuns(ahead, done, { now, chance: this.#chance });
  }

  #list(): CheckOutcome[] {
    return this.#checks.flatMap(({ id }) => this.#outcomes.get(id) ?? []);
  }

  async #runOnce(occasion: CheckOccasion, startedAt: number): Promise<CheckRun> {
    const { store, session, hall, log } = this.#options;
    const egress = this.#createEgress();
    const sittingId = hall.sitting?.id ?? null;
    try {
      const outcomes = await this.#runThese(this.#checks, egress).catch((cause: unknown) => {
        log.error('check_failed', cause);
        return this.#checks.map(({ id }) => notDone(id, startedAt));
      });
      const finishedAt = store.clock.now();
      const { packageId } = session;
      this.#last = { id: randomUUID(), packageId, sittingId, occasion, startedAt, finishedAt, outcomes };
      this.#keep(this.#last);
      const [red, yellow] = [countGroup(outcomes, 'red'), countGroup(outcomes, 'yellow')];
      log.info('checks_done', { occasion, red, yellow, tookMs: finishedAt - startedAt });
      return this.#last;
    } finally {
      this.#running = null;
      await egress.stop();
      this.changed.emit();
    }
  }

  /** A disk that takes no more is one of the findings. A run that was broken off says nothing. */
  #keep(run: CheckRun): void {
    if (this.#stopping.signal.aborted) return;
    try {
      this.#options.store.checks.record(run);
    } catch (cause) {
      this.#options.log.error('check_failed', cause);
    }
  }

  /** One check once more, outside any run; the report has it as a run of its own. */
  async #again(id: string): Promise<void> {
    const egress = this.#createEgress();
    try {
      await this.#runThese(
        this.#checks.filter((check) => check.id === id),
        egress,
      );
    } finally {
      await egress.stop();
    }
    const newest = this.newest;
    if (newest && !this.#running) {
      this.#last = { ...newest, id: randomUUID(), occasion: 'by_hand', finishedAt: this.#options.store.clock.now() };
      this.#keep({ ...this.#last, startedAt: this.#last.finishedAt });
    }
    this.changed.emit();
  }

  async #runThese(checks: readonly AnyCheck[], egress: ReturnType<typeof createEgress>): Promise<CheckOutcome[]> {
    const { log } = this.#options;
    return runChecks({
      checks,
      context: await this.#createContext(egress),
      signal: this.#stopping.signal,
      onOutcome: (outcome) => {
        this.#outcomes.set(outcome.check, outcome);
        if (this.#running) this.#running.done += 1;
        this.changed.emit();
      },
      onFault: (check, cause) => {
        log.info('check_failed', { check });
        log.error('check_failed', cause);
      },
    });
  }

  async #createContext(egress: ReturnType<typeof createEgress>): Promise<Omit<CheckContext, 'signal'>> {
    const { store, session, hall, network, machine, dataDir, stage, records } = this.#options;
    const sources = (hall.plan?.sources ?? []).map((source) => ({
      id: source.id,
      url: hall.broadcast.addressOf(source),
    }));
    return {
      now: () => store.clock.now(),
      session,
      sitting: hall.sitting,
      sources,
      network: { ...network(), egress, resolveName: (name) => lookup(name, { all: true }) },
      checkProvince: (signal) => this.#options.checkProvince(signal),
      stage,
      records,
      answers: this.#answers.answers,
      shell: await this.#options.askShell(),
      machine,
      dataDir,
    };
  }

  /** Connections of this run alone: one that was open before proves nothing. */
  #createEgress(): ReturnType<typeof createEgress> {
    return createEgress({ ...this.#options.network(), now: () => this.#options.store.clock.now() });
  }
}
