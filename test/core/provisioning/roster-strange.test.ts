import { expect, test } from 'vitest';
import { scoreBytes } from '../../rosters/score.ts';
import { STRANGE_FILES } from '../../rosters/strange/list.ts';

test.each(STRANGE_FILES)(
  '$file, as a stranger brings it, is read right, or asked about',
  async ({ file, make, right }) => {
    const score = await scoreBytes(await make(), file, right);
    expect(score.faults).toEqual([]);
    expect(score.questions.length).toBeLessThanOrEqual(3);
  },
);

test('there are many of them, each under its own name', () => {
  expect(new Set(STRANGE_FILES.map(({ file }) => file)).size).toBe(STRANGE_FILES.length);
  expect(STRANGE_FILES.length).toBeGreaterThanOrEqual(200);
});
