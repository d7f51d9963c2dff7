import type { Rules } from '../../electron/core/sitting/machine.ts';
import { seeded } from '../fleet/seeded.ts';
import { judge } from './oracle.ts';
import { MINUTE, type Timetable } from './trace.ts';
import { World } from './world.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGIN = Date.UTC(2026, 1, 7, 0, 0);
const STEPS = [1_000, 2_000, 61_000, 6 * MINUTE, 20 * MINUTE, HOUR, 3.2 * HOUR, 6 * HOUR, DAY, 30 * DAY, 365 * DAY];

export interface Outcome {
  seed: number;
  faults: string[];
  ticks: number;
  steps: number;
  sleeps: number;
  restarts: number;
  ends: number;
  openings: number;
}

/** One random history of a hall with two sittings, through the real conductor and the real store, judged by the oracle. */
export function runHistory(seed: number, options: { dir: string; rules?: Rules }): Outcome {
  const random = seeded(seed);
  const history = new History(random, options, seed);
  try {
    return history.run();
  } finally {
    history.close();
  }
}

export class History {
  readonly #random: () => number;
  readonly world: World;
  readonly #seed: number;
  /** Without steps, sleep, power cuts and commands: then everything must happen in time. */
  readonly #calm: boolean;
  readonly #script: { at: number; act: () => void }[] = [];
  #counts = { steps: 0, sleeps: 0, restarts: 0 };

  constructor(random: () => number, options: { dir: string; rules?: Rules }, seed: number) {
    this.#random = random;
    this.#seed = seed;
    this.#calm = random() < 0.1;
    const gap = this.#pick([10 * MINUTE, 30 * MINUTE, DAY]);
    const first = this.#plan('sang', BEGIN + 12 * MINUTE);
    this.world = new World({
      dir: options.dir,
      name: 'histories',
      t: BEGIN,
      timetable: [first, this.#plan('chieu', first.endsAt + gap)],
      habits: { countsSleep: random() < 0.6, monoSleeps: random() < 0.6, hasDates: this.#calm || random() < 0.6 },
      rules: options.rules,
      serial: seed,
    });
  }

  run(): Outcome {
    const world = this.world;
    if (!this.#calm && this.#chance(0.2)) world.step(this.#anyStep());
    this.#writeScript();
    this.#script.sort((a, b) => a.at - b.at);
    const until = world.timetable[1]!.endsAt + 45 * MINUTE;
    world.tick();
    while (world.t < until) {
      while (this.#script[0] && this.#script[0].at <= world.t) this.#script.shift()!.act();
      if (!this.#calm && this.#chance(0.07)) this.#disturb();
      world.pass(this.#nextTickMs());
    }
    const faults = judge(world);
    if (this.#calm) this.#judgeCalm(faults);
    const states = world.trace.map((seen) => seen.sittings.map((s) => s.state));
    const moves = (to: string) =>
      states.reduce((n, now, i) => n + now.filter((s, k) => i > 0 && s === to && states[i - 1]![k] !== to).length, 0);
    return {
      seed: this.#seed,
      faults,
      ticks: states.length,
      ...this.#counts,
      ends: moves('ended'),
      openings: moves('open'),
    };
  }

  close(): void {
    this.world.close();
  }

  /** What centre and technician would do on such a day. */
  #writeScript(): void {
    const world = this.world;
    const at = (moment: number, act: () => void) => this.#script.push({ at: moment, act });
    at(BEGIN + MINUTE, () => (world.stage = true));
    if (this.#chance(0.4)) world.broadcast = this.#pick(['ended', 'on']);
    for (const plan of world.timetable) {
      const begins = plan.startsAt - this.#between(-2, 8) * MINUTE;
      at(begins, () => (world.broadcast = 'on'));
      const way = this.#calm ? this.#pick([0.5, 0.95]) : this.#random();
      if (way < 0.65) at(plan.endsAt - this.#between(-6, 4) * MINUTE, () => (world.broadcast = 'ended'));
      else if (way < 0.75) at(plan.startsAt + this.#between(2, 15) * MINUTE, () => (world.broadcast = 'ended'));
      else if (way < 0.85) at(plan.endsAt + MINUTE, () => (world.broadcast = 'off'));
    }
  }

  #disturb(): void {
    const world = this.world;
    const what = this.#random();
    if (what < 0.3) {
      this.#counts.steps += 1;
      const ms = this.#anyStep();
      world.step(ms);
      world.tick();
      // A hand on the clock: soon it is right again.
      if (this.#chance(0.4)) this.#script.unshift({ at: world.t + 12_000, act: () => world.step(-world.errorMs) });
    } else if (what < 0.4) {
      this.#counts.sleeps += 1;
      world.sleep(this.#pick([10_000, MINUTE, 10 * MINUTE, HOUR]));
      if (this.#chance(0.3)) world.step(this.#anyStep());
      if (this.#chance(0.5)) world.wake();
    } else if (what < 0.55) {
      this.#counts.restarts += 1;
      const otherBoot = this.#chance(0.5);
      if (this.#chance(0.3)) world.step(this.#anyStep());
      world.restart(otherBoot ? this.#pick([MINUTE, 10 * MINUTE, 2 * HOUR]) : this.#pick([2_000, 30_000]), otherBoot);
      world.tick();
    } else if (what < 0.75) {
      const before = world.broadcast;
      world.broadcast = this.#pick(['off', 'on', 'ended']);
      world.provinceFinished = this.#chance(0.1);
      const back = world.t + this.#between(0, 8) * MINUTE;
      if (this.#chance(0.7)) this.#script.unshift({ at: back, act: () => (world.broadcast = before) });
    } else if (what < 0.85) {
      world.stage = !world.stage;
    } else if (what < 0.97) {
      const question = world.conductor.endQuestion();
      if (question && this.#chance(0.5)) world.byHand('answer', (c) => c.answerEnd(this.#chance(0.4)));
    } else {
      const sitting = world.conductor.current!;
      world.byHand('command', (c) =>
        sitting.state === 'prepared'
          ? c.open(sitting.id)
          : sitting.endedAt === null
            ? c.end(sitting.id, 'technician')
            : c.reopen(sitting.id, 'technician'),
      );
    }
  }

  /** Ticks come every few seconds while something is being decided, and more seldom when nothing is. */
  #nextTickMs(): number {
    const world = this.world;
    const last = world.trace.at(-1)!;
    const running = last.sittings.some((s) => s.state === 'open' || s.state === 'live');
    if (last.question || last.sittings.some((s) => s.endingAt !== null && s.endedAt === null))
      return this.#between(3_000, 5_000);
    if (running) return this.#between(4_000, 45_000);
    const next = world.timetable.find((plan) => plan.opensAt > world.t);
    const untilNextMs = next ? next.opensAt - world.t : MINUTE;
    return untilNextMs > HOUR
      ? this.#between(15 * MINUTE, 20 * MINUTE)
      : untilNextMs > 4 * MINUTE
        ? this.#between(30_000, 180_000)
        : this.#between(5_000, 40_000);
  }

  #judgeCalm(faults: string[]): void {
    for (const [index, plan] of this.world.timetable.entries()) {
      const { trace } = this.world;
      const opened = trace.find((seen) => seen.sittings[index]!.state !== 'prepared');
      const ended = trace.find((seen) => seen.sittings[index]!.endedAt !== null);
      if (!opened) faults.push(`${plan.id}: never opened on a calm day`);
      const earlier = trace.filter((seen) => seen.t >= plan.opensAt && seen.t < (opened?.t ?? Infinity));
      if (
        opened &&
        earlier.some((seen) => seen.sittings.every((s) => s.state !== 'open' && s.state !== 'live')) &&
        opened.t > plan.opensAt + 90_000
      )
        faults.push(`${plan.id}: opened late on a calm day`);
      const channelGoesOn = this.world.broadcast === 'on' && index === 1;
      if (!ended && !channelGoesOn) faults.push(`${plan.id}: never ended on a calm day`);
    }
  }

  #plan(id: string, opensAt: number): Timetable {
    const startsAt = opensAt + 10 * MINUTE;
    const endsAt = startsAt + this.#pick([10, 20, 30]) * MINUTE;
    return {
      id,
      opensAt,
      startsAt,
      endsAt,
      toleranceMs: this.#pick([5, 30]) * MINUTE,
      graceMs: this.#pick([1, 2, 4]) * MINUTE,
    };
  }

  #anyStep(): number {
    return this.#pick(STEPS) * (this.#chance(0.5) ? 1 : -1);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  /** A whole number from `from` to `to`. */
  #between(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  #pick<const T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }
}
