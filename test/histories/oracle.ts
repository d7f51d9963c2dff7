import type { SittingRecord } from '../../electron/contract/sitting.ts';
import { MINUTE, type Seen, type Timetable } from './trace.ts';
import type { World } from './world.ts';

/**
 * What must be true of a history, stated about the trace alone: true time, what was on the air, what stood on the console.
 * It knows nothing of how the program decides.
 */

const QUESTION_MS = 5 * MINUTE;
/** The centre's dates count whole seconds, ticks are seconds apart, and a clock may be a minute off without harm. */
const SLACK_MS = 75_000;
/** So far a clock may be off before the centre's objects to an opening. */
const CENTRE_SLACK_MS = 15 * MINUTE + SLACK_MS;
const SETTLED_MS = 2 * MINUTE;

const runs = (s: SittingRecord) => s.state === 'open' || s.state === 'live';

/** Sums up what is known before one tick. */
class Past {
  readonly trace: readonly Seen[];
  readonly at: number;

  constructor(trace: readonly Seen[], at: number) {
    this.trace = trace;
    this.at = at;
  }

  /** Awake time for which something held without a break up to this tick, in the same boot unless `anyStart` is false. */
  awakeWhile(holds: (seen: Seen) => boolean, sameStart: boolean): number {
    let sum = 0;
    const { boot, start } = this.trace[this.at]!;
    for (let i = this.at - 1; i >= 0; i -= 1) {
      const seen = this.trace[i]!;
      if (seen.boot !== boot || (sameStart && seen.start !== start) || !holds(seen)) break;
      sum += this.trace[i + 1]!.awakeMs;
    }
    return sum;
  }

  /** Awake time for which an ENDLIST was asked about, since the broadcast was last seen open in this boot. */
  endlistShownMs(): number {
    let sum = 0;
    const { boot } = this.trace[this.at]!;
    for (let i = this.at - 1; i >= 0; i -= 1) {
      const [seen, next] = [this.trace[i]!, this.trace[i + 1]!];
      if (seen.boot !== boot || seen.health === 'live') break;
      if (seen.question?.reason === 'endlist' && seen.start === next.start) sum += next.awakeMs;
    }
    return sum;
  }

  some(holds: (seen: Seen) => boolean): boolean {
    return this.trace.slice(0, this.at).some(holds);
  }

  ofBoot(): readonly Seen[] {
    return this.trace.slice(0, this.at + 1).filter((seen) => seen.boot === this.trace[this.at]!.boot);
  }

  /** Every error of the PC's clock that stood long enough in this boot before a sitting ran in it: such a clock is believed. */
  believedErrors(): number[] {
    const seen = this.ofBoot();
    const errors: number[] = [];
    let stood = 0;
    for (let i = 1; i < seen.length && !seen[i - 1]!.sittings.some(runs); i += 1) {
      const [before, now] = [seen[i - 1]!, seen[i]!];
      const error = now.wall - now.t;
      stood = Math.abs(before.wall - before.t - error) < 1_000 ? stood + now.awakeMs : 0;
      if (stood >= SETTLED_MS - 5_000) errors.push(error);
    }
    return errors;
  }

  /** The PC's clock was right when this boot first saw it, within the slack. */
  honestBoot(): boolean {
    const first = this.ofBoot()[0]!;
    return Math.abs(first.wall - first.steppedMs - first.t) < 1_000 && first.steppedMs === 0;
  }
}

/** The faults of a history, each a sentence; none when it is as it must be. */
export function judge(world: World): string[] {
  const faults = [...world.faults];
  const { trace, timetable } = world;
  for (let i = 1; i < trace.length; i += 1) {
    const [before, now, past] = [trace[i - 1]!, trace[i]!, new Past(trace, i)];
    for (const [index, plan] of timetable.entries()) {
      const [was, is] = [before.sittings[index]!, now.sittings[index]!];
      const say = (what: string) =>
        faults.push(`${plan.id} at ${Math.round((now.t - plan.startsAt) / 1000)} s: ${what}`);
      if (now.byHand !== null) continue;
      if (was.state === 'prepared' && runs(is)) judgeOpening(past, plan, index, say);
      if (runs(was) && is.endingAt !== null && was.endingAt === null) judgeEnding(past, plan, index, say);
      if (runs(was) && !runs(is) && was.endingAt === null) judgeEnd(past, timetable, index, say);
      if (runs(was) && !runs(is) && was.endingAt !== null && now.health === 'live')
        say('ended with the broadcast on the air');
      if (['ended', 'sealed', 'delivered'].includes(was.state) && runs(is)) judgeReturn(past, index, say);
    }
  }
  judgeLives(world, faults);
  return faults;
}

type Say = (what: string) => void;

function judgeOpening(past: Past, plan: Timetable, index: number, say: Say): void {
  const [now, before] = [past.trace[past.at]!, past.trace[past.at - 1]!];
  if (now.sittings.some((s, i) => i !== index && runs(s))) say('opened while another sitting ran');
  if (now.t >= plan.opensAt - SLACK_MS) return;
  const believed = past.believedErrors().some((errorMs) => now.t + errorMs >= plan.opensAt - SLACK_MS);
  if (past.honestBoot() && !believed) say('opened too early by a clock that was set');
  if (now.centreKnown && now.steppedMs === 0 && before.centreKnown && now.t < plan.opensAt - CENTRE_SLACK_MS)
    say('opened although the centre objected');
}

/** By ENDLIST, or by the province. */
function judgeEnding(past: Past, plan: Timetable, index: number, say: Say): void {
  const [now, before] = [past.trace[past.at]!, past.trace[past.at - 1]!];
  if (now.health === 'live') say('began to end with the broadcast on the air');
  if (now.sittings[index]!.endedBy !== 'ENDLIST') return;
  const seenOpen = past.some((seen) => seen.health === 'live' && runs(seen.sittings[index]!));
  if (!seenOpen) say('ended by an ENDLIST whose broadcast was never seen open in this sitting');
  const neverSet = past.trace.slice(0, past.at + 1).every((seen) => Math.abs(seen.wall - seen.t) < 1_000);
  if (
    neverSet &&
    !past.some((seen) => seen.health === 'live' && seen.t >= plan.startsAt - 5_000 && runs(seen.sittings[index]!))
  )
    say('ended by the ENDLIST of a broadcast from before the start');
  const shownMs = past.endlistShownMs();
  if (before.question?.reason === 'endlist') {
    if (shownMs < QUESTION_MS) say(`ended by a question that was shown for ${shownMs / 1000} s`);
  } else if (past.honestBoot() && now.t < plan.endsAt - plan.toleranceMs - SLACK_MS) {
    say('ended by an early ENDLIST without a question');
  }
}

/** Without ENDLIST and without the province. */
function judgeEnd(past: Past, timetable: readonly Timetable[], index: number, say: Say): void {
  const [now, before, plan, next] = [
    past.trace[past.at]!,
    past.trace[past.at - 1]!,
    timetable[index]!,
    timetable[index + 1],
  ];
  const shownMs = past.awakeWhile(
    (seen) => seen.question?.reason === 'next_due' && seen.question.closesAt !== null,
    false,
  );
  const asked = before.question?.reason === 'next_due' && shownMs >= QUESTION_MS;
  const silentMs = past.awakeWhile((seen) => seen.health !== 'live', true);
  const silent = now.health !== 'live' && !now.stagePlaying && silentMs >= plan.graceMs - 5_000;
  const onAir = (seen: Seen) => seen.health === 'live' && seen.stagePlaying;
  if (!asked && !silent)
    say(`ended by the timetable after a question of ${shownMs / 1000} s and a silence of ${silentMs / 1000} s`);
  if (!asked && onAir(before)) say('ended by the timetable while the picture moved');
  if (onAir(now) && (!next || now.t < Math.max(next.opensAt, plan.endsAt + plan.graceMs) + QUESTION_MS - SLACK_MS))
    say('ended while the picture moved, before the next sitting was due');
  if (
    past.honestBoot() &&
    silent &&
    !asked &&
    now.t < plan.endsAt + plan.graceMs - SLACK_MS &&
    silentMs < plan.endsAt - plan.opensAt
  )
    say('ended in a silence before its time was over');
}

function judgeReturn(past: Past, index: number, say: Say): void {
  const [now, before] = [past.trace[past.at]!, past.trace[past.at - 1]!];
  if (before.sittings[index]!.endedBy !== 'schedule') say('came back although its end was not inferred');
  if (now.health !== 'live') say('came back without a broadcast');
  if (before.sittings.some((s, i) => i !== index && runs(s))) say('came back while another sitting ran');
  const goneMs = past.awakeWhile((seen) => !runs(seen.sittings[index]!), false);
  if (goneMs > 120 * MINUTE + 10_000) say('came back too late');
}

function judgeLives(world: World, faults: string[]): void {
  const { trace, timetable, store } = world;
  for (const [index, plan] of timetable.entries()) {
    const record = trace.at(-1)!.sittings[index]!;
    const life = store.sittings.getLife(record.id);
    const isRunningAt = (seen: Seen) => runs(seen.sittings[index]!);
    const firsts = trace.filter((seen, i) => i > 0 && seen.start !== trace[i - 1]!.start);
    const beforeOf = (seen: Seen) => trace[trace.indexOf(seen) - 1]!;
    const starts = firsts.filter((seen) => isRunningAt(beforeOf(seen))).length + (record.openedAt === null ? 0 : 1);
    if (life.starts !== starts) faults.push(`${plan.id}: ${life.starts} starts written down, ${starts} seen`);
    const sameBoot = (seen: Seen, i: number) => i > 0 && seen.boot === trace[i - 1]!.boot;
    const steps = trace.flatMap((seen, i) =>
      sameBoot(seen, i) && Math.abs(seen.steppedMs) >= 900 ? [[isRunningAt(trace[i - 1]!), isRunningAt(seen)]] : [],
    );
    // A step in the moment in which somebody opens or ends the sitting may be of it or not.
    const surely = steps.filter(([before, after]) => before && after).length;
    const atMost = steps.filter(([before, after]) => before || after).length;
    const written = life.clockJumps.length;
    if (world.habits.countsSleep && (written < surely || written > atMost))
      faults.push(`${plan.id}: ${written} steps of the clock written down, ${surely} to ${atMost} made`);
    if (life.endIs === 'last_sign_of_life' && record.endedAt !== null) {
      const set = trace.some((seen) => Math.abs(seen.wall - seen.t) > 1_000);
      const ended = record.endedAt;
      const wasAlive = trace.some((seen) => isRunningAt(seen) && Math.abs(seen.t - ended) < 3 * MINUTE);
      if (!set && !wasAlive) faults.push(`${plan.id}: an end that is no sign of life`);
      if (life.endRecordedAt === null || life.endRecordedAt < record.endedAt)
        faults.push(`${plan.id}: an end written down before it was`);
    }
  }
}
