import path from 'node:path';
import { expect, test } from 'vitest';
import { loadRightAnswers, scoreFile, type Score } from '../../rosters/score.ts';

/** Files made after real life, with what stands in them. The bars are of the whole set: nobody lost or altered in silence. */

const CASES = path.join(import.meta.dirname, '..', '..', 'fixtures', 'rosters', 'cases');
const right = loadRightAnswers(CASES);
const scores = new Map<string, Score>();
for (const [file, answer] of Object.entries(right)) scores.set(file, await scoreFile(CASES, file, answer));

test.each([...scores.keys()])('%s is read right, or asked about', (file) => {
  expect(scores.get(file)?.faults).toEqual([]);
  expect(scores.get(file)?.questions.length).toBeLessThanOrEqual(3);
});

test('most files need no question at all', () => {
  const count = (outcome: Score['outcome']): number => [...scores.values()].filter((s) => s.outcome === outcome).length;
  expect(count('wrong')).toBe(0);
  expect(scores.size).toBeGreaterThanOrEqual(73);
  expect(count('right')).toBeGreaterThanOrEqual(66);
});
