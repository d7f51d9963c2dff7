import { expect, test } from 'vitest';
import { putRightAt } from '../../electron/shared/moment.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const AT = Date.UTC(2026, 10, 20, 1);

test('a moment without its boot is put right by the setting that was seen nearest to it', () => {
  // A day ahead until somebody set it right at about ten past.
  const settings = [
    { offMs: -DAY, seenMs: AT + DAY },
    { offMs: 0, seenMs: AT + 10 * MINUTE },
  ];
  expect(putRightAt(AT + DAY - 30 * MINUTE, settings)).toBe(AT - 30 * MINUTE);
  expect(putRightAt(AT + DAY + 5 * MINUTE, settings)).toBe(AT + 5 * MINUTE);
  expect(putRightAt(AT + 40 * MINUTE, settings)).toBe(AT + 40 * MINUTE);
});

test('a clock that is right to within a minute, or of which nothing is known, is left alone', () => {
  expect(putRightAt(AT, [])).toBe(AT);
  expect(putRightAt(AT, [{ offMs: MINUTE, seenMs: AT }])).toBe(AT);
  expect(putRightAt(AT, [{ offMs: MINUTE + 1, seenMs: AT }])).toBe(AT + MINUTE + 1);
  expect(putRightAt(null, [{ offMs: DAY, seenMs: AT }])).toBeNull();
});
