import { parseArgs } from 'node:util';
import { checkList } from './playlist-check.ts';
import { makeList } from './playlist-maker.ts';

const { values } = parseArgs({
  options: { lists: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const total = Number(values.lists);
const first = Number(values.seed);
let accepted = 0;
let changed = 0;
const faults = new Map<string, number[]>();
for (let seed = first; seed < first + total; seed++) {
  const verdict = checkList(makeList(seed), seed % 5 === 0 ? 4_294_967_290 : null);
  if (verdict.accepted) accepted += 1;
  if (verdict.changed) changed += 1;
  for (const fault of verdict.faults) faults.set(fault, [...(faults.get(fault) ?? []), seed].slice(0, 5));
}
console.log(`${total} lists: ${accepted} accepted (${((100 * accepted) / total).toFixed(1)} %), ${changed} mended`);
for (const [fault, seeds] of faults) console.log(`FAULT ${fault}: seeds ${seeds.join(', ')}`);
if (faults.size > 0 || accepted * 2 < total) process.exitCode = 1;
