import { expect, test } from 'vitest';
import {
  formatCount,
  formatCountdown,
  formatDay,
  formatDecimal,
  formatShare,
  formatTime,
  formatTimeWithSeconds,
} from '../../renderer/ui/format.ts';

const HALF_PAST_SEVEN = Date.parse('2026-11-23T07:30:05+07:00');

test('hours are those of Vietnam, whatever the zone of the PC', () => {
  expect(formatTime(HALF_PAST_SEVEN)).toBe('07:30');
  expect(formatTime(HALF_PAST_SEVEN, 'en')).toBe('07:30');
  expect(formatTime(Date.parse('2026-11-23T00:00:00+07:00'))).toBe('00:00');
  expect(formatTimeWithSeconds(HALF_PAST_SEVEN)).toBe('07:30:05');
});

test('a day is named and begins with a large letter', () => {
  expect(formatDay(HALF_PAST_SEVEN)).toBe('Thứ Hai, 23/11/2026');
  expect(formatDay(HALF_PAST_SEVEN, 'en')).toBe('Monday, 23 November 2026');
});

test('numbers have a dot for thousands and a comma for decimals in Vietnamese', () => {
  expect(formatCount(31_000)).toBe('31.000');
  expect(formatCount(31_000, 'en')).toBe('31,000');
  expect(formatDecimal(75.44)).toBe('75,4');
});

test('a share has two places, and an empty whole has none', () => {
  expect(formatShare(35_599, 35_900)).toBe('99,16%');
  expect(formatShare(0, 0)).toBe('–');
});

test('a countdown is never further than a second off, shows hours only when there are some, and stops at nought', () => {
  expect(formatCountdown(1)).toBe('00:01');
  expect(formatCountdown(59_400)).toBe('00:59');
  expect(formatCountdown(60_000)).toBe('01:00');
  expect(formatCountdown(3_600_000)).toBe('1:00:00');
  expect(formatCountdown(26 * 3_600_000 + 61_000)).toBe('26:01:01');
  expect(formatCountdown(0)).toBe('00:00');
  expect(formatCountdown(-5_000)).toBe('00:00');
});
