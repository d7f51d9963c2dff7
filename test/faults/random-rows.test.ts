import { expect, test } from 'vitest';
import { HABITS } from './random-habits.ts';
import { buildRandomRows } from './random-rows.ts';

const never = () => {
  throw new Error('asked for its origin before it runs');
};
const recipes = (seed: number, count: number) => buildRandomRows(never, seed, count).map((row) => row.name);

test('the same seed gives the same rows, however many are asked for', () => {
  expect(recipes(5, 12)).toEqual(recipes(5, 12));
  expect(recipes(5, 4)).toEqual(recipes(5, 12).slice(0, 4));
  expect(recipes(6, 12)).not.toEqual(recipes(5, 12));
});

test('as many rows as there are habits have every habit once', () => {
  const names = recipes(9, HABITS.length).map((name) => name.split('; ')[0]!.replace('seed 9: ', ''));
  expect(new Set(names)).toEqual(new Set(HABITS.map((habit) => habit.name)));
});

test('every row has two or three faults, is over within the cushion, and has a bar', () => {
  for (const row of buildRandomRows(never, 3, 300)) {
    const faults = row.name.split('; ').length - 1;
    const sound = faults >= 2 && faults <= 3 && row.faultS <= 60 && row.bar.stallS < 8 && row.bar.skippedS < 60;
    expect(sound ? '' : row.name).toBe('');
  }
});
