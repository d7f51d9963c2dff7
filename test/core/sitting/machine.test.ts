import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SittingRecord } from '../../../electron/contract/sitting.ts';
import {
  asksProvince,
  chooseCurrent,
  endQuestion,
  END_POLICY,
  isFirstSight,
  nextStep,
  type Observed,
} from '../../../electron/core/sitting/machine.ts';

const START = Date.UTC(2026, 1, 7, 0, 30);
const HOUR = 3_600_000;

function sitting(patch: Partial<SittingRecord> = {}): SittingRecord {
  return {
    id: 'p/sang',
    packageId: 'p',
    planId: 'sang',
    title: 'Buổi sáng',
    ordinal: 0,
    state: 'live',
    opensAt: START - HOUR,
    startsAt: START,
    endsAt: START + 4 * HOUR,
    graceMs: 900_000,
    openedAt: START - HOUR,
    liveAt: START,
    endingAt: null,
    endedAt: null,
    endedBy: null,
    sealedAt: null,
    deliveredAt: null,
    reportId: 'r',
    broadcastSeenAt: START,
    ...patch,
  };
}

type Patch = Partial<Observed> & { now?: number; answer?: 'close' | 'keep' };

/** All clocks say `now`; an `answer` is one to either question. */
function seen({ now = START + HOUR, answer, ...patch }: Patch = {}): Observed {
  return {
    times: { now, steadyNow: now, centreNow: now },
    sourceAsked: true,
    endToleranceMs: 30 * 60_000,
    endGraceMs: 20 * 60_000,
    delayMs: 75_000,
    hasSources: true,
    health: 'live',
    endlistAt: null,
    frameShown: true,
    lastFrameShown: false,
    stagePlaying: false,
    provinceFinished: false,
    provinceOverruled: false,
    answers: { endlist: answer ?? null, next_due: answer ?? null },
    quietMs: 0,
    openForMs: HOUR,
    endingForMs: 0,
    sinceEndMs: null,
    askedMs: { endlist: null, next_due: null },
    nextOpensAt: null,
    otherRunning: false,
    ...patch,
  };
}

test('a sitting opens by its timetable and goes live with the first frame', () => {
  const prepared = sitting({ state: 'prepared', openedAt: null, liveAt: null });
  expect(nextStep(prepared, seen({ now: prepared.opensAt - 1 }))).toBeNull();
  expect(nextStep(prepared, seen({ now: prepared.opensAt }))).toEqual({ to: 'open' });
  expect(nextStep(prepared, seen({ now: prepared.opensAt, otherRunning: true }))).toBeNull();
  const open = sitting({ state: 'open', liveAt: null });
  expect(nextStep(open, seen({ frameShown: false }))).toBeNull();
  expect(nextStep(open, seen())).toEqual({ to: 'live' });
});

test('no outage in the scheduled time and its grace is ever taken for the end, with another sitting to come or without', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4 * HOUR + 20 * 60_000 - 1 }),
      fc.constantFrom('stale', 'unreachable', 'waiting', 'none', 'live'),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 0, max: 8 * HOUR }),
      fc.option(fc.integer({ min: -HOUR, max: 8 * HOUR }).map((ms) => START + ms)),
      (sinceStart, health, lastFrameShown, stagePlaying, quietMs, nextOpensAt) => {
        const moment = { now: START + sinceStart, health, lastFrameShown, stagePlaying, quietMs, nextOpensAt };
        expect(nextStep(sitting(), seen(moment))).toBeNull();
        expect(endQuestion(sitting(), seen(moment))).toBeNull();
      },
    ),
  );
});

test('ENDLIST near the scheduled end: the last frame is shown, then it is over', () => {
  const now = START + 4 * HOUR - 10 * 60_000;
  expect(nextStep(sitting(), seen({ now, health: 'ended', endlistAt: now }))).toEqual({ to: 'ending', by: 'ENDLIST' });
  const ending = sitting({ endingAt: now });
  const later = (endingForMs: number, patch: Patch) =>
    nextStep(ending, seen({ now, health: 'ended', endlistAt: now, endingForMs, ...patch }));
  expect(later(74_000, {})).toBeNull();
  expect(later(75_500, { lastFrameShown: true })).toEqual({ to: 'ended', by: 'ENDLIST' });
  // A stage that still plays, of a list much longer than the delay, is waited for.
  expect(later(600_000, { stagePlaying: true })).toBeNull();
  expect(later(600_000, { stagePlaying: false })).toEqual({ to: 'ended', by: 'ENDLIST' });
  // The stage may have died with the last frames: then the allowance decides, by awake time and not by a clock.
  expect(later(75_000 + END_POLICY.lastFrameAllowanceMs, {})).toEqual({ to: 'ended', by: 'ENDLIST' });
  expect(later(75_000, { now: now + 366 * 24 * HOUR })).toBeNull();
});

test('ENDLIST long before the scheduled end asks, can be refused or confirmed, and closes by itself', () => {
  const endlistAt = START + HOUR;
  const early = { health: 'ended' as const, endlistAt };
  const asked = (shownMs: number, patch: Patch = {}) =>
    nextStep(sitting(), seen({ ...early, askedMs: { endlist: shownMs, next_due: null }, ...patch }));
  expect(endQuestion(sitting(), seen(early))).toEqual({ reason: 'endlist', closesByItself: true });
  expect(asked(0)).toBeNull();
  expect(asked(END_POLICY.countdownMs - 1)).toBeNull();
  expect(asked(END_POLICY.countdownMs)).toEqual({ to: 'ending', by: 'ENDLIST' });
  expect(asked(END_POLICY.countdownMs, { answer: 'keep' })).toBeNull();
  expect(asked(0, { now: sitting().endsAt, answer: 'keep' })).toBeNull();
  expect(asked(0, { answer: 'close' })).toEqual({ to: 'ending', by: 'ENDLIST' });
  // A question that stands keeps its full time, also when the tolerance begins meanwhile.
  expect(asked(60_000, { now: sitting().endsAt })).toBeNull();
});

test('a tolerance longer than the sitting leaves the first half of it to a question', () => {
  const short = sitting({ endsAt: START + 10 * 60_000 });
  const ended = (now: number) => nextStep(short, seen({ now, health: 'ended', endlistAt: now }));
  expect(ended(START + 4 * 60_000)).toBeNull();
  expect(ended(START + 5 * 60_000)).toEqual({ to: 'ending', by: 'ENDLIST' });
});

test('an ENDLIST of a broadcast that was not seen open after the start closes nothing by itself, at any time, however short the sitting', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(10 * 60_000, HOUR, 4 * HOUR),
      fc.integer({ min: -HOUR, max: 3 * 24 * HOUR }),
      fc.integer({ min: 0, max: 120 * 60_000 }),
      fc.constantFrom('open' as const, 'live' as const),
      (length, sinceStart, endToleranceMs, state) => {
        const of = sitting({ state, endsAt: START + length, broadcastSeenAt: null });
        const now = START + sinceStart;
        const old = {
          now,
          health: 'ended' as const,
          endlistAt: START - 30 * 60_000,
          endToleranceMs,
          frameShown: false,
        };
        expect(
          nextStep(of, seen({ ...old, openForMs: 0, askedMs: { endlist: 10 * 60_000, next_due: null } })),
        ).toBeNull();
        const question = endQuestion(of, seen({ ...old, openForMs: 0 }));
        expect(question).toEqual(sinceStart < 0 ? null : { reason: 'endlist', closesByItself: false });
      },
    ),
  );
});

test('the broadcast is of this sitting once it was seen open after the start, by the clocks or by how long sign-in is open', () => {
  const open = sitting({ state: 'open', broadcastSeenAt: null });
  expect(isFirstSight(open, seen({ now: START - 1, openForMs: 0 }))).toBe(false);
  expect(isFirstSight(open, seen({ now: START, openForMs: 0 }))).toBe(true);
  // A PC that thinks it is 1970, opened by hand.
  expect(isFirstSight(open, seen({ now: 0, openForMs: HOUR - 1 }))).toBe(false);
  expect(isFirstSight(open, seen({ now: 0, openForMs: HOUR }))).toBe(true);
  expect(isFirstSight(open, seen({ health: 'stale' }))).toBe(false);
  expect(isFirstSight(open, seen({ health: 'ended', endlistAt: START }))).toBe(false);
  expect(isFirstSight(sitting({ state: 'prepared', broadcastSeenAt: null }), seen())).toBe(false);
  expect(isFirstSight(sitting(), seen())).toBe(false);
});

test('an encoder that takes ENDLIST back goes on', () => {
  const ending = sitting({ endingAt: START + HOUR });
  expect(nextStep(ending, seen({ health: 'live', endlistAt: null }))).toEqual({ to: 'not_ending' });
});

test('a playlist gone for good closes the sitting after end, grace and a silence as long, and one that comes back re-opens it', () => {
  const grace = 20 * 60_000;
  const late = START + 4 * HOUR + grace;
  const gone = { now: late, health: 'unreachable' as const };
  expect(nextStep(sitting(), seen({ ...gone, quietMs: grace }))).toEqual({ to: 'ended', by: 'schedule' });
  // A broadcast that overruns: a drop of seconds, a restarted core, a stage that still plays.
  expect(nextStep(sitting(), seen({ ...gone, quietMs: 8_000 }))).toBeNull();
  expect(nextStep(sitting(), seen({ now: late, health: 'waiting', quietMs: 0 }))).toBeNull();
  expect(nextStep(sitting(), seen({ ...gone, quietMs: grace, stagePlaying: true }))).toBeNull();
  expect(nextStep(sitting(), seen({ now: late, health: 'live', quietMs: 0 }))).toBeNull();
  const ended = sitting({ state: 'delivered', endedAt: late, endedBy: 'schedule' });
  const back = (patch: Patch) => nextStep(ended, seen({ now: late + 60_000, health: 'live', ...patch }));
  expect(back({})).toEqual({ to: 'reopened' });
  expect(back({ now: late + END_POLICY.reopenWithinMs + 1 })).toBeNull();
  expect(back({ nextOpensAt: late })).toBeNull();
  // In the boot of the end its awake time bounds the window as well.
  expect(back({ sinceEndMs: END_POLICY.reopenWithinMs })).toEqual({ to: 'reopened' });
  expect(back({ sinceEndMs: END_POLICY.reopenWithinMs + 1 })).toBeNull();
  // In another boot a clock that was set back a day brings nothing back when the centre's says otherwise.
  const set = { now: late + 60_000, steadyNow: late + 60_000, centreNow: late + 24 * HOUR };
  expect(back({ times: set })).toBeNull();
  expect(back({ times: { ...set, centreNow: null } })).toEqual({ to: 'reopened' });
  expect(back({ otherRunning: true })).toBeNull();
  expect(nextStep({ ...ended, endedBy: 'chair' }, seen({ now: late + 60_000, health: 'live' }))).toBeNull();
});

test('the province is asked about a running sitting that has been silent for a minute, and about no other', () => {
  const asks = (patch: Patch = {}, of: Partial<SittingRecord> = {}) =>
    asksProvince(sitting(of), seen({ health: 'unreachable', quietMs: 60_000, ...patch }));
  expect(asks()).toBe(true);
  expect(asks({}, { state: 'open', liveAt: null })).toBe(true);
  for (const health of ['waiting', 'stale', 'ended'] as const) expect(asks({ health })).toBe(true);
  expect(asks({ quietMs: 59_999 })).toBe(false);
  expect(asks({ health: 'live' })).toBe(false);
  expect(asks({ hasSources: false, health: 'none' })).toBe(false);
  expect(asks({ now: START - 1, openForMs: 0 })).toBe(false);
  // The hall said that it goes on, or took an end by the province back.
  expect(asks({ answer: 'keep' })).toBe(false);
  expect(asks({ provinceOverruled: true })).toBe(false);
  // The end is decided already: an accepted ENDLIST, or the province itself.
  expect(asks({}, { endingAt: START + HOUR, endedBy: 'ENDLIST' })).toBe(false);
  for (const state of ['prepared', 'ended', 'sealed', 'delivered', 'amended'] as const)
    expect(asks({}, { state })).toBe(false);
});

test('the province ends a silent sitting after what the stage still has, and never one that is on the air', () => {
  const finished = { health: 'unreachable' as const, quietMs: 60_000, provinceFinished: true };
  expect(nextStep(sitting(), seen(finished))).toEqual({ to: 'ending', by: 'province' });
  expect(nextStep(sitting(), seen({ ...finished, provinceFinished: false }))).toBeNull();
  expect(nextStep(sitting(), seen({ ...finished, health: 'live', quietMs: 0 }))).toBeNull();
  expect(nextStep(sitting(), seen({ ...finished, quietMs: 59_999 }))).toBeNull();
  expect(nextStep(sitting(), seen({ ...finished, answer: 'keep' }))).toBeNull();
  expect(nextStep(sitting(), seen({ ...finished, provinceOverruled: true }))).toBeNull();
  // The first frame is noted before the end.
  expect(nextStep(sitting({ state: 'open' }), seen(finished))).toEqual({ to: 'live' });
  const ending = sitting({ endingAt: START + HOUR, endedBy: 'province' });
  const after = (endingForMs: number, patch: Patch = {}) =>
    nextStep(ending, seen({ health: 'unreachable', endingForMs, ...patch }));
  const over = 75_000 + END_POLICY.lastFrameAllowanceMs;
  expect(after(over - 1)).toBeNull();
  expect(after(over, { stagePlaying: true })).toBeNull();
  expect(after(over)).toEqual({ to: 'ended', by: 'province' });
  expect(after(1_000, { lastFrameShown: true })).toEqual({ to: 'ended', by: 'province' });
  // Back before the end: what is on the air is believed.
  expect(after(over, { health: 'live' })).toEqual({ to: 'not_ending' });
});

test('a stream that comes back after an end by the province re-opens nothing by itself', () => {
  for (const state of ['ended', 'sealed', 'delivered'] as const) {
    const ended = sitting({ state, endedAt: START + 4 * HOUR, endedBy: 'province' });
    expect(nextStep(ended, seen({ now: START + 4 * HOUR + 60_000, health: 'live' }))).toBeNull();
  }
});

test('a hall without a stream ends by the timetable, but never within a quarter of an hour of being opened', () => {
  const bare = { hasSources: false, health: 'none' as const, now: START + 5 * HOUR, frameShown: false };
  expect(nextStep(sitting({ state: 'open' }), seen({ ...bare, openForMs: END_POLICY.openAtLeastMs }))).toEqual({
    to: 'ended',
    by: 'schedule',
  });
  expect(nextStep(sitting({ state: 'open' }), seen({ ...bare, openForMs: 60_000 }))).toBeNull();
});

test('a sitting whose whole time seems to be over is not opened', () => {
  const prepared = sitting({ state: 'prepared', openedAt: null, liveAt: null });
  expect(nextStep(prepared, seen({ now: START + 12 * HOUR }))).toBeNull();
});

test('a clock that was set, or that the centre objects to, opens nothing', () => {
  const prepared = sitting({ state: 'prepared', openedAt: null, liveAt: null });
  const now = prepared.opensAt;
  const at = (times: Partial<Observed['times']>) =>
    nextStep(prepared, seen({ times: { now, steadyNow: now, centreNow: null, ...times } }));
  expect(at({})).toEqual({ to: 'open' });
  expect(at({ steadyNow: now - 1 })).toBeNull();
  expect(at({ now: now - 1 })).toBeNull();
  expect(at({ centreNow: now - 6 * HOUR })).toBeNull();
  expect(at({ centreNow: now - 60_000 })).toEqual({ to: 'open' });
  // Set forward by a day, and left so: the sitting of today still opens when its time has come.
  expect(at({ now: now + 24 * HOUR })).toEqual({ to: 'open' });
  // The first answer of the source may bring the centre's objection.
  expect(nextStep(prepared, seen({ now, sourceAsked: false }))).toBeNull();
});

test('a clock that was set ends nothing: not by ENDLIST without a question, not for the next sitting, not in silence', () => {
  const over = sitting().endsAt + 2 * HOUR;
  const times = { now: over, steadyNow: START + HOUR, centreNow: null };
  const nextOpensAt = START + 5 * HOUR;
  expect(endQuestion(sitting(), seen({ times, nextOpensAt }))).toBeNull();
  expect(nextStep(sitting(), seen({ times, nextOpensAt }))).toBeNull();
  const early = seen({ times, health: 'ended', endlistAt: over });
  expect(endQuestion(sitting(), early)).toEqual({ reason: 'endlist', closesByItself: true });
  expect(nextStep(sitting(), early)).toBeNull();
  const silent = (quietMs: number, openForMs = quietMs) =>
    nextStep(sitting(), seen({ times, health: 'unreachable', quietMs, openForMs }));
  expect(silent(HOUR)).toBeNull();
  // A silence as long as the whole sitting is its end, whatever the clock was set to.
  expect(silent(5 * HOUR + 20 * 60_000)).toEqual({ to: 'ended', by: 'schedule' });
  // A silence from before it was opened is none of it.
  expect(silent(24 * HOUR, 60_000)).toBeNull();
});

test('a channel that never stops hands over to the next sitting, after asking', () => {
  const nextOpensAt = START + 5 * HOUR;
  const due = (patch: Patch = {}) => seen({ now: nextOpensAt, nextOpensAt, ...patch });
  const shown = (ms: number) => ({ askedMs: { endlist: null, next_due: ms } });
  expect(endQuestion(sitting(), due({ now: nextOpensAt - 1 }))).toBeNull();
  expect(endQuestion(sitting(), due())).toEqual({ reason: 'next_due', closesByItself: true });
  expect(nextStep(sitting(), due(shown(END_POLICY.countdownMs - 1)))).toBeNull();
  expect(nextStep(sitting(), due(shown(END_POLICY.countdownMs)))).toEqual({ to: 'ended', by: 'schedule' });
  expect(nextStep(sitting(), due({ ...shown(END_POLICY.countdownMs), answer: 'keep' }))).toBeNull();
  expect(nextStep(sitting(), due({ answer: 'close' }))).toEqual({ to: 'ended', by: 'schedule' });
  // An end that overlaps the next opening waits for its own grace first.
  expect(endQuestion(sitting(), seen({ now: START + 4 * HOUR, nextOpensAt: START + 3 * HOUR }))).toBeNull();
});

test('while the picture moves, the next sitting takes over by itself only when the centre agrees about the time', () => {
  const nextOpensAt = START + 5 * HOUR;
  const asked = (centreNow: number | null, patch: Patch = {}) => {
    const times = { now: nextOpensAt, steadyNow: nextOpensAt, centreNow };
    return endQuestion(sitting(), seen({ times, nextOpensAt, ...patch }))?.closesByItself;
  };
  expect(asked(null)).toBe(false);
  expect(asked(null, { health: 'unreachable', stagePlaying: true })).toBe(false);
  expect(asked(null, { health: 'unreachable' })).toBe(true);
  expect(asked(nextOpensAt - END_POLICY.agreesMs)).toBe(true);
  expect(asked(nextOpensAt - END_POLICY.agreesMs - 1)).toBe(false);
  // Six hours behind: there is nothing to ask yet.
  expect(asked(nextOpensAt - 6 * HOUR)).toBeUndefined();
});

test('the current sitting is the one that runs, else one that may come back, else the next', () => {
  const now = START + 4.5 * HOUR;
  const morning = sitting({ state: 'delivered', endedAt: START + 4 * HOUR, endedBy: 'ENDLIST' });
  const afternoon = sitting({
    id: 'p/chieu',
    ordinal: 1,
    state: 'prepared',
    opensAt: START + 5 * HOUR,
    startsAt: START + 6 * HOUR,
    endsAt: START + 9 * HOUR,
  });
  const choose = (list: SittingRecord[], at = now) =>
    chooseCurrent(list, { now: at, steadyNow: at, centreNow: null })?.id;
  expect(choose([morning, afternoon])).toBe('p/chieu');
  expect(choose([{ ...morning, state: 'ended' }, afternoon])).toBe('p/sang');
  expect(choose([{ ...morning, endedBy: 'schedule' }, afternoon])).toBe('p/sang');
  expect(choose([{ ...morning, endedBy: 'schedule' }, afternoon], START + 5 * HOUR)).toBe('p/chieu');
  expect(choose([morning, { ...afternoon, state: 'delivered' }])).toBe('p/chieu');
  // The PC was off all morning: the afternoon counts.
  expect(choose([sitting({ state: 'prepared' }), afternoon], START + 5 * HOUR)).toBe('p/chieu');
});
