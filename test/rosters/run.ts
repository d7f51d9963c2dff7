import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { randomRoster } from './random.ts';
import { loadRightAnswers, scoreBytes, scoreFile, type Score } from './score.ts';
import { STRANGE_FILES } from './strange/list.ts';

/**
 * What the reader makes of roster files whose right answer is known: `npm run rosters -- [--dir FOLDER] [--random N] [--json FILE]`.
 * The folder holds the files and `right.json`; without one, the files of the tests are read,
 * those that are made in code (`strange/`), and N that are put together by chance (`random.ts`). Ends with 1 when a file is wrong.
 */
const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    json: { type: 'string' },
    /** So many more, put together by chance. */
    random: { type: 'string', default: '0' },
  },
});

const dir = values.dir ?? path.join(import.meta.dirname, '..', 'fixtures', 'rosters', 'cases');
const scores: Score[] = [];
for (const [file, right] of Object.entries(loadRightAnswers(dir))) scores.push(await scoreFile(dir, file, right));
if (values.dir === undefined)
  for (const { file, make, right } of STRANGE_FILES) scores.push(await scoreBytes(await make(), file, right));
for (let seed = 1; seed <= Number(values.random); seed++) {
  const { file, make, right } = randomRoster(seed);
  scores.push(await scoreBytes(await make(), file, right));
}
for (const { file, outcome, questions, faults, people } of scores)
  console.log([outcome.padEnd(6), file, `${people}`, questions.join(','), ...faults.slice(0, 6)].join('  '));
const count = (outcome: Score['outcome']): number => scores.filter((score) => score.outcome === outcome).length;
console.log(`${scores.length} files: ${count('right')} right, ${count('asked')} asked, ${count('wrong')} wrong`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(scores, null, 2)}\n`);
process.exitCode = count('wrong') > 0 ? 1 : 0;
