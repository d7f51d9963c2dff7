import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runFaultySends } from './faulty-sends.ts';

/**
 * `node test/fleet/sends.ts --count 10000 --json FILE [--seed N] [--faults 0.5] [--window SECONDS] [--without-receipt-check]`
 * Ends with status 0 when nothing was lost, doubled or falsely shown as delivered, else with 1.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '20260207' },
    faults: { type: 'string', default: '0.5' },
    window: { type: 'string', default: '600' },
    json: { type: 'string' },
    'without-receipt-check': { type: 'boolean', default: false },
  },
});
const result = await runFaultySends({
  count: Number(values.count),
  seed: Number(values.seed),
  faultShare: Number(values.faults),
  windowMs: Number(values.window) * 1000,
  checkReceipts: !values['without-receipt-check'],
  onProgress: (delivered) => console.error(`${delivered} delivered`),
});
console.log(JSON.stringify(result, null, 2));
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
const clean =
  result.lost === 0 && result.duplicates === 0 && result.false_delivered === 0 && result.delivered === result.venues;
console.log(clean ? 'PASS: every report arrived exactly once' : 'FAIL: see lost, duplicates and false_delivered above');
process.exitCode = clean ? 0 : 1;
