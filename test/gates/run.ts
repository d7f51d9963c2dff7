/**
 * `npm run gates -- [name ...] [--count n] [--from k] [--control] [--resume] [--seconds s] [--json FILE]`
 * Tries cases k to k+n-1 of the named gates, or of all; without --count all a gate has, or its short form when its cases
 * have no end. `--json` keeps the tables, written every ten seconds; with `--resume` a run goes on where FILE stands. `--seconds`
 * ends each gate in order when its time is over.
 * Ends with status 1 when a case is wrong, or when with `--control` none is: a gate that cannot fail proves nothing.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { GateTable } from './gate.ts';
import { GATES } from './list.ts';
import { holds, runGate } from './run-gate.ts';

const SAVE_EVERY_MS = 10_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    from: { type: 'string', default: '0' },
    control: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    json: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const { control } = values;
const unknown = positionals.filter((name) => !GATES.some((gate) => gate.name === name));
if (unknown.length > 0) {
  console.error(`No gate "${unknown.join(', ')}"; there are: ${GATES.map((gate) => gate.name).join(', ')}.`);
  process.exit(2);
}

const tables: Record<string, GateTable> =
  values.json && existsSync(values.json)
    ? (JSON.parse(readFileSync(values.json, 'utf8')) as Record<string, GateTable>)
    : {};
function save(): void {
  if (!values.json) return;
  writeFileSync(`${values.json}.part`, `${JSON.stringify(tables, null, 2)}\n`);
  renameSync(`${values.json}.part`, values.json);
}

for (const gate of GATES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const key = control ? `${gate.name} (control)` : gate.name;
  const missing = gate.missing?.() ?? null;
  if (missing !== null) {
    console.error(`${key}: ${missing}`);
    process.exitCode = 1;
    continue;
  }
  const before = values.resume ? (tables[key] ?? null) : null;
  const from = before?.next ?? Number(values.from);
  const count = values.count === undefined ? (gate.cases ?? gate.short) : Number(values.count);
  let savedAt = performance.now();
  const table = await runGate(gate, {
    from,
    count,
    control,
    before,
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
    onCase: (now) => {
      if (performance.now() - savedAt < SAVE_EVERY_MS) return;
      savedAt = performance.now();
      tables[key] = now;
      save();
      console.error(`${key}: ${now.tried} tried, ${now.wrong} wrong, next ${now.next}`);
    },
  });
  tables[key] = table;
  save();
  console.log(
    `${key}: ${table.tried} tried, ${table.wrong} wrong (${table.seconds} s, ${table.maxRssMiB} MiB, slowest case ${table.slowestCaseMs} ms)`,
  );
  for (const [outcome, n] of Object.entries(table.outcomes).sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(n).padStart(8)}  ${outcome}`);
  for (const { number, wrong } of table.examples) console.log(`  case ${number}: ${wrong}`);
  if (control && table.wrong === 0) console.log('  The control found nothing wrong: this gate proves nothing.');
  if (!holds(table)) process.exitCode = 1;
}
