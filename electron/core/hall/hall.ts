import type { PlaybackEvent, PlaybackSample } from '../../contract/broadcast.ts';
import type { SittingPlan } from '../../contract/session-package.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { assert } from '../../shared/result.ts';
import { Signal } from '../../shared/signal.ts';
import type { Register } from '../attendance/register.ts';
import type { Secretary } from '../attendance/secretary.ts';
import { PlaybackEvidence } from '../broadcast/evidence.ts';
import { systemCourierClock } from '../delivery/courier.ts';
import { createSittingAsker, type SittingAsker } from '../delivery/sitting-asker.ts';
import type { SittingFacts } from '../report/sealer.ts';
import { Conductor } from '../sitting/conductor.ts';
import { isRunning } from '../sitting/machine.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { Broadcast } from './broadcast.ts';
import { ChosenSource } from './chosen-source.ts';
import { readHallFacts } from './hall-facts.ts';
import type { HallLog } from './hall-log.ts';
import type { HallOptions } from './hall-options.ts';
import type { ClockWatch } from './clock-watch.ts';
import { HallTime } from './hall-time.ts';
import { Registers } from './registers.ts';

/**
 * The hall and the sitting it is in: the people of every sitting, the broadcast and what the stage shows of it, and the way of each
 * sitting from open to ended. Broadcast, evidence and the question to the province follow the sitting by themselves.
 */
export class Hall {
  readonly session: SessionRecord;
  readonly conductor: Conductor;
  readonly evidence: PlaybackEvidence;
  readonly broadcast: Broadcast;
  /** The source that the console put first. */
  readonly chosenSource: ChosenSource;
  /** Whether the PC's clock is right. */
  readonly clockWatch: ClockWatch;
  /** Something that a screen shows has changed. */
  readonly changed = new Signal();
  /** A sitting has another state, or the hall is in another sitting. */
  readonly stepped = new Signal<SittingRecord>();
  readonly #store: Store;
  readonly #log: HallLog;
  readonly #registers: Registers;
  readonly #time: HallTime;
  readonly #asker: SittingAsker | null;

  constructor(options: HallOptions) {
    const { store, session, log } = options;
    this.session = session;
    this.#store = store;
    this.#log = log;
    this.#registers = new Registers(store, session);
    this.evidence = new PlaybackEvidence(store);
    const { egress, random, askProvince, cache = null } = options;
    const { playback } = session.document;
    const chosen = (this.chosenSource = new ChosenSource(store.settings));
    this.broadcast = new Broadcast({ egress, clock: store.clock, random, log, playback, chosen, cache });
    this.#time = new HallTime({
      store,
      session,
      sittings: () => this.conductor.list(),
      isBlind: () => this.plan?.sources.length === 0,
      askTime: () => options.askTime(),
      log,
    });
    this.clockWatch = this.#time.watch;
    this.#asker = askProvince && this.#createAsker(askProvince, random);
    this.conductor = this.#createConductor();
    store.sittings.clockJumped.on(() => this.#registers.judgeAgain(this.sitting));
    this.broadcast.changed.on(() => this.#broadcastChanged());
    this.stepped.on((sitting) => this.#follow(sitting));
    this.changed.on(() => this.clockWatch.look());
  }

  /** The sitting the hall is in. Null only for a package without sittings, which the schema refuses. */
  get sitting(): SittingRecord | null {
    return this.conductor.current;
  }

  /** Every sitting of the session, as stored now. */
  list(): SittingRecord[] {
    return this.conductor.list();
  }

  /** One sitting of the session; null for any other. */
  find(sittingId: string): SittingRecord | null {
    return this.list().find((sitting) => sitting.id === sittingId) ?? null;
  }

  /** What the package says of the sitting the hall is in. */
  get plan(): SittingPlan | null {
    return this.sitting && this.conductor.planOf(this.sitting);
  }

  /** The register of one sitting of the session; throws for any other. */
  register(sittingId: string): Register {
    const sitting = this.find(sittingId);
    assert(sitting, `the session has sitting ${sittingId}`);
    return this.#registers.of(sitting);
  }

  /** Who enters things about a sitting; null when the session has no such sitting. */
  secretary(sittingId: string): Secretary | null {
    const sitting = this.find(sittingId);
    return sitting && this.#registers.secretaryOf(sitting);
  }

  /** Something was entered about people. */
  peopleChanged(): void {
    this.changed.emit();
  }

  /** The list of people was changed through the register of this sitting, or with null by a roster from a file. */
  listChanged(through: string | null): void {
    this.#registers.listChanged(through);
    this.changed.emit();
  }

  /** Milliseconds into the broadcast of this sitting of the frame on screen; null when it shows none. */
  broadcastMs(sittingId: string): number | null {
    return this.sitting?.id === sittingId ? this.evidence.broadcastMs(this.sitting.startsAt) : null;
  }

  /** Of the PC's clock, epoch milliseconds. */
  now(): number {
    return this.#store.clock.now();
  }

  /** The newest link of the attendance log, first 8 hex digits. */
  logHead(): string {
    return this.#store.attendance.getLogHead().head.slice(0, 8);
  }

  /** What the stage says of itself, about once a second. */
  recordSample(sample: PlaybackSample): void {
    this.evidence.recordSample(this.broadcast.noteSample(sample));
    this.changed.emit();
  }

  /** The stage's window is gone; where it was is where the next one begins. */
  stageGone(): void {
    this.evidence.noteStageGone();
    this.changed.emit();
  }

  /** Something that happened to the picture. */
  recordPlaybackEvent(event: PlaybackEvent): void {
    this.evidence.recordEvent(event);
    this.#tick();
  }

  /** A fresh address for a source whose token has run out; null when there is none to be had. */
  async renewAddress(sourceId: string): Promise<string | null> {
    const url = await this.broadcast.renewAddress(sourceId);
    this.changed.emit();
    return url;
  }

  /** What the report of a sitting is built from, besides stored rows. */
  factsOf(sitting: SittingRecord): SittingFacts {
    const register = this.#registers.of(sitting);
    return {
      people: register.listPersons(),
      statuses: register.listStatuses(),
      totals: register.getTotals(),
      units: register.listUnits(),
      evidence: this.evidence.getEvidence(sitting.id),
      hall: readHallFacts(this.#store, this.session, sitting),
    };
  }

  /** For screens: now, put right where hosts agree that the PC's clock is wrong, epoch milliseconds. */
  shownNow(): number {
    return this.#time.shownAt(this.now());
  }

  /** For screens: a moment that the PC's clock gave, in the time that `shownNow` is in; null stays null. */
  shownAt<T extends number | null>(at: T): T {
    return (at === null ? at : this.#time.shownAt(at)) as T;
  }

  /** A host answered with this date, epoch ms. */
  noteTime(host: string, dateMs: number): void {
    if (this.#time.note(host, dateMs, this.sitting)) this.#registers.judgeAgain(this.sitting);
  }

  /** The store moved a sitting (sealed, delivered, amended). */
  refresh(): void {
    this.conductor.refresh();
  }

  /** The PC slept. */
  woke(): void {
    this.conductor.woke();
  }

  /** Takes the sitting up where the store has it. */
  start(): void {
    this.clockWatch.look();
    if (this.sitting) this.stepped.emit(this.sitting);
    this.conductor.start();
  }

  async stop(): Promise<void> {
    this.conductor.stop();
    await Promise.all([this.broadcast.stop(), this.#asker?.stop()]);
    this.changed.end();
  }

  #broadcastChanged(): void {
    if (this.#time.noteBroadcast(this.broadcast.state, this.sitting)) this.#registers.judgeAgain(this.sitting);
    this.#tick();
  }

  #tick(): void {
    this.conductor.tick();
    this.changed.emit();
  }

  #follow(sitting: SittingRecord): void {
    this.#registers.of(sitting);
    // Broadcast and evidence stay with the sitting the hall is in; of the one before only the register is judged.
    if (sitting.id !== this.sitting?.id) return;
    this.evidence.setSitting(isRunning(sitting.state) ? sitting.id : null);
    this.broadcast.watchSitting(sitting, this.conductor.planOf(sitting).sources);
  }

  #createAsker(ask: NonNullable<HallOptions['askProvince']>, random: () => number): SittingAsker {
    const { clock } = this.#store;
    return createSittingAsker({
      ask,
      clock: { ...systemCourierClock, now: () => clock.stamp().monoMs },
      random,
      onStatement: ({ sittingId, state, issuedAt }) => {
        this.#log.info('province_says', { sitting: sittingId, state, issuedAt });
        this.#tick();
      },
      onAskFailed: ({ failure, httpStatus, detail }) =>
        this.#log.info('province_ask_failed', { failure, http: httpStatus, detail }),
      onError: (cause) => this.#log.error('delivery_fault', cause),
    });
  }

  #createConductor(): Conductor {
    const { evidence, broadcast, session } = this;
    const { conference, sittings, playback } = session.document;
    const asker = this.#asker;
    return new Conductor({
      store: this.#store,
      clock: this.#store.clock,
      packageId: session.packageId,
      plans: sittings,
      broadcast: {
        health: () => broadcast.state.health,
        endlistAt: () => broadcast.state.endlistAt,
        sourceAsked: () => broadcast.state.health !== 'waiting' || broadcast.state.lastFailure !== null,
        timeAsked: () => this.#time.isAsked,
        clockOffsetMs: () => broadcast.state.clockOffsetMs ?? this.#time.saidOffsetMs,
        frameShown: (id) => evidence.frameShown(id),
        lastFrameShown: (id) => evidence.lastFrameShown(id, broadcast.state.endedEdge),
        stagePlaying: (id) => evidence.stagePlaying(id),
        delayMs: () => (evidence.current()?.delayS ?? playback.delaySeconds) * 1000,
      },
      province: {
        follow: (sitting) =>
          asker?.follow(
            sitting && {
              conferenceId: conference.id,
              sittingId: this.conductor.planOf(sitting).id,
              startsAt: sitting.startsAt,
            },
          ),
        saysFinished: (id) => asker?.saysFinished(this.find(id)?.planId ?? '') ?? false,
      },
      onStep: (sitting) => {
        this.#log.info('sitting_step', { sitting: sitting.id, state: sitting.state, endedBy: sitting.endedBy });
        this.stepped.emit(sitting);
      },
      onError: (cause) => this.#log.error('step_failed', cause),
    });
  }
}
