import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SittingRecord } from '../../../electron/contract/sitting.ts';
import {
  asksProvince,
  chooseCurrent,
  endQuestion,
  END_POLICY,
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
    broadcastSeenAt: null,
    ...patch,
  };
}

function seen(patch: Partial<Observed> = {}): Observed {
  return {
    now: START + HOUR,
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
    answer: null,
    quietMs: 0,
    openForMs: HOUR,
    endlistIsOurs: true,
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

test('no outage of up to the scheduled end plus grace is ever taken for the end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4 * HOUR + 20 * 60_000 - 1 }),
      fc.constantFrom('stale', 'unreachable', 'waiting', 'none', 'live'),
      fc.boolean(),
      (sinceStart, health, lastFrameShown) => {
        const step = nextStep(sitting(), seen({ now: START + sinceStart, health, lastFrameShown }));
        expect(step).toBeNull();
      },
    ),
  );
});

test('ENDLIST near the scheduled end: the last frame is shown, then it is over', () => {
  const now = START + 4 * HOUR - 10 * 60_000;
  expect(nextStep(sitting(), seen({ now, health: 'ended', endlistAt: now }))).toEqual({ to: 'ending', by: 'ENDLIST' });
  const ending = sitting({ endingAt: now });
  const later = (ms: number, lastFrameShown: boolean) =>
    nextStep(ending, seen({ now: now + ms, health: 'ended', endlistAt: now, lastFrameShown }));
  expect(later(74_000, false)).toBeNull();
  expect(later(75_500, true)).toEqual({ to: 'ended', by: 'ENDLIST' });
  // A stage that still plays, of a list much longer than the delay, is waited for.
  const overdue = { now: now + 600_000, health: 'ended' as const, endlistAt: now };
  expect(nextStep(ending, seen({ ...overdue, stagePlaying: true }))).toBeNull();
  expect(nextStep(ending, seen({ ...overdue, stagePlaying: false }))).toEqual({ to: 'ended', by: 'ENDLIST' });
  // The stage may have died with the last frames: then the allowance decides.
  expect(later(75_000 + END_POLICY.lastFrameAllowanceMs, false)).toEqual({ to: 'ended', by: 'ENDLIST' });
});

test('ENDLIST long before the scheduled end asks, can be refused or confirmed, and closes by itself', () => {
  const endlistAt = START + HOUR;
  const asked = (patch: Partial<Observed>) => nextStep(sitting(), seen({ health: 'ended', endlistAt, ...patch }));
  const closesAt = endlistAt + END_POLICY.countdownMs;
  expect(endQuestion(sitting(), seen({ health: 'ended', endlistAt }))).toEqual({ reason: 'endlist', closesAt });
  expect(asked({ now: endlistAt + 1000 })).toBeNull();
  expect(asked({ now: closesAt })).toEqual({ to: 'ending', by: 'ENDLIST' });
  expect(asked({ now: closesAt + HOUR, answer: 'keep' })).toBeNull();
  expect(asked({ now: sitting().endsAt, answer: 'keep' })).toBeNull();
  expect(asked({ now: endlistAt + 1000, answer: 'close' })).toEqual({ to: 'ending', by: 'ENDLIST' });
});

test('an ENDLIST left over from another broadcast closes nothing by itself', () => {
  const old = { health: 'ended' as const, endlistIsOurs: false, endlistAt: START - 30 * 60_000 };
  const open = sitting({ state: 'open', liveAt: null });
  expect(endQuestion(open, seen({ ...old, now: START - 60_000, frameShown: false }))).toBeNull();
  expect(nextStep(open, seen({ ...old, now: START - 60_000, frameShown: false }))).toBeNull();
  expect(endQuestion(open, seen({ ...old, now: START + HOUR, frameShown: false }))).toEqual({
    reason: 'endlist',
    closesAt: null,
  });
  expect(nextStep(open, seen({ ...old, now: START + HOUR, frameShown: false }))).toBeNull();
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
  const back = (patch: Partial<Observed>) => nextStep(ended, seen({ now: late + 60_000, health: 'live', ...patch }));
  expect(back({})).toEqual({ to: 'reopened' });
  expect(back({ now: late + END_POLICY.reopenWithinMs + 1 })).toBeNull();
  expect(back({ nextOpensAt: late })).toBeNull();
  expect(nextStep({ ...ended, endedBy: 'chair' }, seen({ now: late + 60_000, health: 'live' }))).toBeNull();
});

test('the province is asked about a running sitting that has been silent for a minute, and about no other', () => {
  const asks = (patch: Partial<Observed> = {}, of: Partial<SittingRecord> = {}) =>
    asksProvince(sitting(of), seen({ health: 'unreachable', quietMs: 60_000, ...patch }));
  expect(asks()).toBe(true);
  expect(asks({}, { state: 'open', liveAt: null })).toBe(true);
  for (const health of ['waiting', 'stale', 'ended'] as const) expect(asks({ health })).toBe(true);
  expect(asks({ quietMs: 59_999 })).toBe(false);
  expect(asks({ health: 'live' })).toBe(false);
  expect(asks({ hasSources: false, health: 'none' })).toBe(false);
  expect(asks({ now: START - 1 })).toBe(false);
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
  const now = START + HOUR;
  const ending = sitting({ endingAt: now, endedBy: 'province' });
  const after = (ms: number, patch: Partial<Observed> = {}) =>
    nextStep(ending, seen({ health: 'unreachable', now: now + ms, ...patch }));
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

test('a clock half a day ahead opens, ends and seals nothing', () => {
  const prepared = sitting({ state: 'prepared', openedAt: null, liveAt: null });
  expect(nextStep(prepared, seen({ now: START + 12 * HOUR }))).toBeNull();
});

test('a channel that never stops hands over to the next sitting, after asking', () => {
  const nextOpensAt = START + 5 * HOUR;
  const closesAt = nextOpensAt + END_POLICY.countdownMs;
  expect(endQuestion(sitting(), seen({ now: nextOpensAt - 1, nextOpensAt }))).toBeNull();
  expect(endQuestion(sitting(), seen({ now: nextOpensAt, nextOpensAt }))).toEqual({ reason: 'next_due', closesAt });
  expect(nextStep(sitting(), seen({ now: closesAt, nextOpensAt }))).toEqual({ to: 'ended', by: 'schedule' });
  expect(nextStep(sitting(), seen({ now: closesAt, nextOpensAt, answer: 'keep' }))).toBeNull();
  // An end that overlaps the next opening waits for its own grace first.
  expect(endQuestion(sitting(), seen({ now: START + 4 * HOUR, nextOpensAt: START + 3 * HOUR }))).toBeNull();
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
  const choose = (list: SittingRecord[], at = now) => chooseCurrent(list, at)?.id;
  expect(choose([morning, afternoon])).toBe('p/chieu');
  expect(choose([{ ...morning, state: 'ended' }, afternoon])).toBe('p/sang');
  expect(choose([{ ...morning, endedBy: 'schedule' }, afternoon])).toBe('p/sang');
  expect(choose([{ ...morning, endedBy: 'schedule' }, afternoon], START + 5 * HOUR)).toBe('p/chieu');
  expect(choose([morning, { ...afternoon, state: 'delivered' }])).toBe('p/chieu');
  // The PC was off all morning: the afternoon counts.
  expect(choose([sitting({ state: 'prepared' }), afternoon], START + 5 * HOUR)).toBe('p/chieu');
});
