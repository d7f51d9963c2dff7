import { expect, test } from 'vitest';
import { judgeSeen } from '../../../electron/core/broadcast/seen-health.ts';

const START = 1_800_000_000_000;
const live = { live: true, open: false, startsAt: START, delayMs: 75_000, now: START + 600_000 };

test('nothing is good without a moving picture on a stage that should play', () => {
  for (const state of ['waiting', 'buffering', 'stalled', 'failed', 'idle', null] as const)
    expect([state, judgeSeen('live', state, live)]).toEqual([state, 'no_picture']);
  expect(judgeSeen('live', 'playing', live)).toBe('agrees');
  expect(judgeSeen('live', 'ended', live)).toBe('agrees');
  // What is known to be bad is said as it is.
  for (const health of ['stale', 'unreachable', 'waiting', 'ended'] as const)
    expect(judgeSeen(health, 'stalled', live)).toBe('agrees');
});

test('before the picture is due the cushion may fill; a sitting that never showed a frame is not good for ever', () => {
  const open = { ...live, live: false, open: true };
  expect(judgeSeen('live', 'buffering', { ...open, now: START })).toBe('agrees');
  expect(judgeSeen('live', 'buffering', { ...open, now: START + 80_000 })).toBe('agrees');
  expect(judgeSeen('live', 'buffering', { ...open, now: START + 90_000 })).toBe('no_picture');
  expect(judgeSeen('live', null, { ...open, open: false })).toBe('agrees');
});

test('nothing is lost while the hall has a picture, whatever the core can read', () => {
  expect(judgeSeen('unreachable', 'playing', live)).toBe('plays_on');
  expect(judgeSeen('waiting', 'playing', live)).toBe('plays_on');
  expect(judgeSeen('stale', 'playing', live)).toBe('agrees');
});
