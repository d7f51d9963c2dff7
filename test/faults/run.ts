/**
 * Fault bench: `npm run faults -- --json FILE [--only 1,2] [--against bare] [--rows-parallel 6] [--markdown FILE]
 * [--from FILE]`. `--markdown` puts the table between the marks of a page; `--from` takes results of an earlier
 * run and plays only the rows that are missing there, or those of `--only` again.
 * `--random 12 --seed 5` plays only rows 1001-1012, which that seed makes: one habit of an encoder and two or three
 * faults each (random-rows.ts). With `--only 1007` beside it, that one again.
 * Plays each fault of the matrix against the stage player in a real browser, and against bare hls.js when asked.
 * Ends with status 1 when a row is dead, misses its bar, or its positive control did not show the fault.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { Lab } from './lab.ts';
import { Origin } from './origin.ts';
import { buildRandomRows } from './random-rows.ts';
import type { Row } from './row.ts';
import { buildRows } from './rows.ts';
import { runRow } from './run-row.ts';
import { buildMarkdown, placeMarkdown, printTable, type RowResult } from './table.ts';
import type { Measured } from './verdict.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    markdown: { type: 'string' },
    only: { type: 'string' },
    against: { type: 'string' },
    'rows-parallel': { type: 'string', default: '6' },
    from: { type: 'string' },
    random: { type: 'string' },
    seed: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
  },
});

const wanted = values.only?.split(',').map(Number);
const placeholder = new Origin({ windowS: 1, ageS: 1, list: {} });
const makeRows = (origin: () => Origin) =>
  values.random ? buildRandomRows(origin, Number(values.seed), Number(values.random)) : buildRows(origin);
const allRows = makeRows(() => placeholder);
const results = new Map<number, RowResult>();
if (values.from) for (const row of readResults(values.from)) results.set(row.row, row);
const rows = allRows.filter((row) => (wanted ? wanted.includes(row.row) : !results.has(row.row)));
for (const row of rows) results.delete(row.row);
const lab = new Lab();
await lab.start();
const shared = await lab.openBrowser();
const queue = rows.flatMap((row) => jobs(row)).sort((a, b) => b.seconds - a.seconds);
await Promise.all(Array.from({ length: Number(values['rows-parallel']) }, () => work()));
await lab.stop();

const table = [...results.values()].sort((a, b) => a.row - b.row);
console.log(printTable(table));
const weak = allRows.filter((row) => controlFailed(row, results.get(row.row)));
for (const row of weak)
  console.log(`row ${row.row}: the control should have been ${row.bare}: the fault may not be real here`);
const bad = table.filter((r) => !r.skipped_because && r.misses.length > 0);
console.log(
  `${table.length} rows, ${table.filter((r) => !r.alive && !r.skipped_because).length} dead, ${bad.length} under the bar`,
);
save();
if (values.markdown) {
  const page = fs.existsSync(values.markdown) ? fs.readFileSync(values.markdown, 'utf8') : '';
  fs.writeFileSync(values.markdown, placeMarkdown(page, buildMarkdown(table)));
}
process.exitCode = bad.length > 0 || weak.length > 0 ? 1 : 0;

function readResults(file: string): RowResult[] {
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { rows: RowResult[] }).rows;
}

/** After each row, so that a run that is broken off keeps what it found. */
function save(): void {
  const sorted = [...results.values()].sort((a, b) => a.row - b.row);
  if (values.json) fs.writeFileSync(values.json, JSON.stringify({ rows: sorted }, null, 1));
}

interface Job {
  row: Row;
  player: 'kiosk' | 'bare';
  seconds: number;
}

function jobs(row: Row): Job[] {
  const because = row.unavailable?.() ?? null;
  if (because) {
    results.set(row.row, { ...nothing(row), skipped_because: because });
    return [];
  }
  const seconds = (row.beforeS ?? 30) + row.faultS;
  const kiosk: Job = { row, player: 'kiosk', seconds: seconds + (row.afterS ?? 85) };
  return values.against === 'bare' ? [kiosk, { row, player: 'bare', seconds: seconds + 45 }] : [kiosk];
}

async function work(): Promise<void> {
  for (let job = queue.shift(); job; job = queue.shift()) {
    const measured = await runRow(lab, shared, job.row.row, { player: job.player, rows: makeRows }).catch(
      (error: unknown) => failed(job, error),
    );
    record(job, measured);
    save();
    const state = measured.alive ? 'alive' : 'DEAD';
    console.log(
      `row ${job.row.row} ${job.player}: ${state} stall ${measured.stall_s} skip ${measured.skipped_s} ${measured.misses.join('; ')}`,
    );
    if (values.random) console.log(`   ${job.row.name}`);
    if (values.verbose)
      for (const e of measured.events)
        console.log(`   ${(e.atMs / 1000).toFixed(1)} ${e.type} ${e.cause ?? ''} ${e.detail ?? ''}`);
  }
}

function record(job: Job, measured: Measured): void {
  const result = results.get(job.row.row) ?? nothing(job.row);
  if (job.player === 'kiosk') Object.assign(result, measured);
  else {
    const { events: _events, misses: _misses, ...bare } = measured;
    result.bare = bare;
  }
  results.set(job.row.row, result);
}

function nothing(row: Row): RowResult {
  const { row: number, name } = row;
  return {
    row: number,
    name,
    alive: false,
    stall_s: 0,
    skipped_s: 0,
    recovered_s: null,
    hands: 0,
    misses: [],
    first_frame_s: null,
    black_s: 0,
    repeated_s: 0,
  };
}

function failed(job: Job, error: unknown): Measured {
  console.error(`row ${job.row.row} ${job.player}`, error);
  return { ...nothing(job.row), misses: [`the bench failed: ${String(error)}`], events: [] };
}

/** The control tells whether the fault was real: bare hls.js must be dead or hurt where it is known to be. */
function controlFailed(row: Row, result: RowResult | undefined): boolean {
  const bare = result?.bare;
  if (!bare || !row.bare) return false;
  const hurt = !bare.alive || bare.stall_s > 2 || bare.skipped_s > 3;
  if (row.bare === 'dead') return bare.alive && bare.stall_s < row.faultS / 3;
  return row.bare === 'hurt' ? !hurt : hurt;
}
