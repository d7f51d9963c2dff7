import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadRightAnswers, scoreFile, type Score } from './score.ts';

/**
 * What the reader makes of roster files whose right answer is known: `npm run rosters -- [--dir FOLDER] [--json FILE]`.
 * The folder holds the files and `right.json`; without one, the files of the tests are read. Ends with 1 when a file is wrong.
 */
const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: path.join(import.meta.dirname, '..', 'fixtures', 'rosters', 'cases') },
    json: { type: 'string' },
  },
});

const scores: Score[] = [];
for (const [file, right] of Object.entries(loadRightAnswers(values.dir)))
  scores.push(await scoreFile(values.dir, file, right));
for (const { file, outcome, questions, faults, people } of scores)
  console.log([outcome.padEnd(6), file, `${people}`, questions.join(','), ...faults.slice(0, 6)].join('  '));
const count = (outcome: Score['outcome']): number => scores.filter((score) => score.outcome === outcome).length;
console.log(`${scores.length} files: ${count('right')} right, ${count('asked')} asked, ${count('wrong')} wrong`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(scores, null, 2)}\n`);
process.exitCode = count('wrong') > 0 ? 1 : 0;
