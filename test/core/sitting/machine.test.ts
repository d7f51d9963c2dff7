import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SittingRecord } from '../../../electron/contract/sitting.ts';
import {
  chooseCurrent,
  earlyEndClosesAt,
  END_POLICY,
  nextStep,
  type Observed,
} from '../../../electron/core/sitting/machine.ts';

const START = Date.UTC(2026, 1, 7, 0, 30);
const HOUR = 3_600_000;

function sitting(patch: Partial<SittingRecord> = {}): SittingRecord {
  return {
    id: 'p/sang',
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
    earlyEndRefused: false,
    earlyEndAccepted: false,
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
  expect(nextStep(sitting(), seen({ now, health: 'ended', endlistAt: now }))).toEqual({ to: 'ending' });
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
  expect(earlyEndClosesAt(sitting(), seen({ health: 'ended', endlistAt }))).toBe(
    endlistAt + END_POLICY.earlyEndCountdownMs,
  );
  expect(asked({ now: endlistAt + 1000 })).toBeNull();
  expect(asked({ now: endlistAt + END_POLICY.earlyEndCountdownMs })).toEqual({ to: 'ending' });
  expect(asked({ now: endlistAt + 2 * END_POLICY.earlyEndCountdownMs, earlyEndRefused: true })).toBeNull();
  expect(asked({ now: endlistAt + 1000, earlyEndAccepted: true })).toEqual({ to: 'ending' });
});

test('an encoder that takes ENDLIST back goes on', () => {
  const ending = sitting({ endingAt: START + HOUR });
  expect(nextStep(ending, seen({ health: 'live', endlistAt: null }))).toEqual({ to: 'not_ending' });
});

test('a playlist gone for good closes the sitting by timetable and grace, and one that comes back re-opens it', () => {
  const late = START + 4 * HOUR + 20 * 60_000;
  expect(nextStep(sitting(), seen({ now: late, health: 'unreachable' }))).toEqual({ to: 'ended', by: 'schedule' });
  expect(nextStep(sitting(), seen({ now: late, health: 'live' }))).toBeNull();
  const ended = sitting({ state: 'delivered', endedAt: late, endedBy: 'schedule' });
  expect(nextStep(ended, seen({ now: late + 60_000, health: 'live' }))).toEqual({ to: 'reopened' });
  expect(nextStep(ended, seen({ now: late + END_POLICY.reopenWithinMs + 1, health: 'live' }))).toBeNull();
  expect(nextStep({ ...ended, endedBy: 'chair' }, seen({ now: late + 60_000, health: 'live' }))).toBeNull();
});

test('the current sitting is the one that runs, else the next', () => {
  const morning = sitting({ state: 'delivered' });
  const afternoon = sitting({ id: 'p/chieu', ordinal: 1, state: 'prepared' });
  expect(chooseCurrent([morning, afternoon])?.id).toBe('p/chieu');
  expect(chooseCurrent([{ ...morning, state: 'ended' }, afternoon])?.id).toBe('p/sang');
  expect(chooseCurrent([morning, { ...afternoon, state: 'delivered' }])?.id).toBe('p/chieu');
});
