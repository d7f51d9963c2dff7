import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * All benches, or those named: `node test/bench/run.ts [search|sign-in|second-disk|seal|documents|playback|relay|cache|resume …] [--json FILE]`.
 * Each runs in a process of its own, one after the other; the JSON holds what each wrote, and the machine it ran on.
 */

const BENCHES = [
  'search',
  'sign-in',
  'second-disk',
  'seal',
  'documents',
  'playback',
  'relay',
  'cache',
  'resume',
] as const;

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench === name));
if (unknown.length > 0) {
  process.stderr.write(`No bench is called ${unknown.join(', ')}. There are: ${BENCHES.join(', ')}.\n`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? positionals : BENCHES;
const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-bench-'));
const benches: Record<string, unknown> = {};
let failed = 0;
for (const name of wanted) {
  const script = path.join(import.meta.dirname, `${name}.ts`);
  if (!existsSync(script)) continue;
  const out = path.join(dir, `${name}.json`);
  process.stdout.write(`— ${name}\n`);
  const run = spawnSync(process.execPath, ['--no-warnings', script, '--json', out], { stdio: 'inherit' });
  if (run.status !== 0) failed += 1;
  benches[name] = existsSync(out)
    ? { exitStatus: run.status, ...(JSON.parse(readFileSync(out, 'utf8')) as object) }
    : { exitStatus: run.status };
}
rmSync(dir, { recursive: true, force: true });

const report = {
  at: new Date().toISOString(),
  machine: {
    processors: os.cpus().length,
    model: os.cpus()[0]?.model ?? null,
    memoryBytes: os.totalmem(),
    system: `${os.platform()} ${os.release()}`,
    node: process.version,
    load: os.loadavg(),
  },
  benches,
};
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = failed > 0 ? 1 : 0;
