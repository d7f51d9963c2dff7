import { expect, test } from 'vitest';
import { readDay, readTime, writeDay } from '../../electron/shared/typed-moment.ts';

test('times are read as people type them, and nothing else is', () => {
  for (const [typed, time] of [
    ['07:30', '07:30'],
    ['7:30', '07:30'],
    ['7h30', '07:30'],
    ['7g30', '07:30'],
    ['7 giờ 30 phút', '07:30'],
    ['14h', '14:00'],
    ['14', '14:00'],
    ['8 giờ', '08:00'],
    ['1430', '14:30'],
    ['0.05', '00:05'],
    ['23:59', '23:59'],
  ] as const)
    expect([typed, readTime(typed)]).toEqual([typed, time]);
  for (const typed of ['', '24:00', '7:60', '7:3', '730', 'sáng', '7:30:00', '-1', '14:00 PM', '123'])
    expect([typed, readTime(typed)]).toEqual([typed, null]);
});

test('days are read with the day first, and days that do not exist are not', () => {
  for (const [typed, day] of [
    ['5/12/2026', '2026-12-05'],
    ['05-12-26', '2026-12-05'],
    ['15.1.2030', '2030-01-15'],
    [' 29/02/2028 ', '2028-02-29'],
    ['2030-01-15', '2030-01-15'],
  ] as const)
    expect([typed, readDay(typed)]).toEqual([typed, day]);
  for (const typed of ['', '31/11/2026', '29/02/2027', '1/13/2026', '5/12', '5/12/206', 'mai', '0/1/2026'])
    expect([typed, readDay(typed)]).toEqual([typed, null]);
  expect([writeDay('2026-12-05'), writeDay('')]).toEqual(['05/12/2026', '']);
});
