import { expect, test } from 'vitest';
import { randomRoster } from '../../rosters/random.ts';
import { scoreBytes } from '../../rosters/score.ts';

const FILES = 150;

test(
  'habits of clerks put together by chance: every file is read right, or asked about',
  { timeout: 60_000 },
  async () => {
    const wrong: Record<string, string[]> = {};
    let asked = 0;
    for (let seed = 1; seed <= FILES; seed++) {
      const { file, make, right } = randomRoster(seed);
      const { faults, questions } = await scoreBytes(await make(), file, right);
      if (faults.length > 0) wrong[file] = faults;
      if (questions.length > 0) asked += 1;
    }
    expect(wrong).toEqual({});
    expect(asked).toBeLessThan(FILES / 20);
  },
);
