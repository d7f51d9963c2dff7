import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runHistory, type Outcome } from './history.ts';
import { OLD_RULES } from './old-rule.ts';

/**
 * `node test/histories/run.ts --count 10000 [--seed N] [--jobs N] [--old-rule] [--json FILE]`
 * Ends with status 0 when no history has a fault, else with 1. `--old-rule` is the control and must find faults.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '20260207' },
    jobs: { type: 'string', default: String(Math.max(1, os.availableParallelism() - 1)) },
    json: { type: 'string' },
    'old-rule': { type: 'boolean', default: false },
    /** Internal: this process runs a part and writes one line for each history. */
    part: { type: 'boolean', default: false },
  },
});
/** A database grows with the histories in it; a new file is begun after so many. */
const HISTORIES_IN_ONE_FILE = 25;

async function runPart(seed: number, count: number): Promise<void> {
  let dir = '';
  try {
    for (let i = 0; i < count; i += 1) {
      if (i % HISTORIES_IN_ONE_FILE === 0) {
        if (dir) rmSync(dir, { recursive: true, force: true });
        dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-histories-'));
      }
      const outcome = runHistory(seed + i, { dir, ...(values['old-rule'] ? { rules: OLD_RULES } : {}) });
      process.stdout.write(`${JSON.stringify(outcome)}\n`);
      // What the store left for the next turn holds the whole history until then: 5 MB each.
      await nextTurn();
    }
  } finally {
    if (dir) rmSync(dir, { recursive: true, force: true });
  }
}

function startPart(seed: number, count: number, onOutcome: (outcome: Outcome) => void): Promise<void> {
  const flags = [
    '--part',
    '--seed',
    String(seed),
    '--count',
    String(count),
    ...(values['old-rule'] ? ['--old-rule'] : []),
  ];
  const child = spawn(process.execPath, [import.meta.filename, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onOutcome(JSON.parse(line) as Outcome);
  });
  return new Promise((resolve, reject) => {
    child.on('close', (status) => (status === 0 ? resolve() : reject(new Error(`a part ended with status ${status}`))));
  });
}

const [seed, count, jobs] = [Number(values.seed), Number(values.count), Number(values.jobs)];
if (values.part) {
  await runPart(seed, count);
} else {
  const began = performance.now();
  const sum = { histories: 0, ticks: 0, steps: 0, sleeps: 0, restarts: 0, openings: 0, ends: 0, faulty: 0 };
  const examples: { seed: number; faults: string[] }[] = [];
  const onOutcome = (outcome: Outcome): void => {
    sum.histories += 1;
    for (const key of ['ticks', 'steps', 'sleeps', 'restarts', 'openings', 'ends'] as const) sum[key] += outcome[key];
    if (outcome.faults.length > 0) {
      sum.faulty += 1;
      console.error(`history ${outcome.seed}: ${outcome.faults[0]}`);
      if (examples.length < 20) examples.push({ seed: outcome.seed, faults: outcome.faults.slice(0, 5) });
    }
    if (sum.histories % 500 === 0) console.error(`${sum.histories} histories, ${sum.faulty} with faults`);
  };
  const share = Math.ceil(count / jobs);
  const parts = Array.from({ length: jobs }, (_, i) => [seed + i * share, Math.min(share, count - i * share)] as const);
  await Promise.all(parts.filter(([, n]) => n > 0).map(([from, n]) => startPart(from, n, onOutcome)));
  const result = {
    rule: values['old-rule'] ? 'old' : 'present',
    seed,
    seconds: Math.round((performance.now() - began) / 1000),
    ...sum,
    examples,
  };
  console.log(JSON.stringify(result, null, 2));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  console.log(
    sum.faulty === 0 ? 'PASS: no clock ended, sealed or opened anything' : `FAIL: ${sum.faulty} histories with faults`,
  );
  process.exitCode = sum.faulty === 0 ? 0 : 1;
}
