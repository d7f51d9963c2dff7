/**
 * The whole kiosk in a hall: `node test/bench/kiosk.ts [--warm-up 100] [--seconds 60] [--json FILE]`, of the built program.
 * Supervisor, core and the browser with stage (playing), desk and console; the rehearsal's stand-ins for centre and province run in the
 * core and are counted with it. On the display that DISPLAY names, else headless, where the browser draws without a graphics card.
 * Browser and Node are copies: what other programs of this PC share with them would count as if it cost the kiosk less.
 * What was played is read from the records afterwards: a kiosk that showed less than 720 lines measured nothing.
 * Ends with status 1 when a bar is missed or nothing was measured.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import { Store } from '../../electron/core/store/store.ts';
import { findBrowser } from '../../build/find-browser.mjs';
import { children, processorSeconds } from '../faults/processes.ts';
import { copyBrowser } from '../soak/browser-copy.ts';
import { kindOf, proportionalOf } from '../soak/memory.ts';

/** Goals for a PC of 4 GB. */
const BARS = { memoryMb: 650, processorPercent: 45, heightPx: 720 };
const READ_EVERY_S = 5;
/** What a start takes until the first frame, at most, on a busy machine. */
const START_S = 30;

const { values } = parseArgs({
  options: {
    'warm-up': { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
    json: { type: 'string' },
  },
});
const warmUpS = Number(values['warm-up']);
const seconds = Number(values.seconds);
const wait = (s: number) => new Promise<void>((resolve) => setTimeout(resolve, s * 1000));
const rounded = (value: number) => Math.round(value * 10) / 10;

const program = path.resolve(import.meta.dirname, '..', '..', 'dist', 'shells', 'start.js');
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-whole-'));
const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? null;
const minutes = Math.ceil((warmUpS + seconds) / 60) + 3;
const plan = ['--rehearsal', '--people', '300', '--minutes', String(minutes), '--delay', '75'];
// As the installed program starts it.
const argv = [
  '--max-semi-space-size=1',
  program,
  '--shell',
  'browser',
  '--data',
  dataDir,
  ...(display === null ? ['--headless'] : []),
  ...plan,
];
const programs = await copyPrograms();
const kiosk = spawn(programs.node, argv, { stdio: 'ignore', env: programs.env });
const ended = new Promise<number | null>((resolve) => kiosk.once('exit', (code) => resolve(code)));
const root = kiosk.pid ?? 0;

await wait(warmUpS);
const memory: Record<string, number>[] = [];
const load: number[] = [];
const usedBefore = processorSeconds(root);
const began = performance.now();
while (performance.now() - began < seconds * 1000) {
  await wait(READ_EVERY_S);
  memory.push(readMemoryByKind());
  load.push(os.loadavg()[0] ?? 0);
}
const usedS = processorSeconds(root) - usedBefore;
const tookS = (performance.now() - began) / 1000;
const isRunning = kiosk.exitCode === null;
kiosk.kill('SIGTERM');
await ended;
const shown = readShown();
fs.rmSync(dataDir, { recursive: true, force: true });
programs.remove();

const totals = memory.map((kinds) => Object.values(kinds).reduce((sum, megabytes) => sum + megabytes, 0));
const shownLongEnough = shown.ms >= (warmUpS - START_S + seconds) * 1000;
const result = {
  drawn_by: display === null ? 'headless: two made-up displays, no graphics card' : `the display ${display}`,
  seconds: rounded(tookS),
  memory_mb: {
    mean: rounded(totals.reduce((sum, t) => sum + t, 0) / totals.length),
    most: rounded(Math.max(...totals)),
  },
  memory_mb_at_the_end: Object.fromEntries(Object.entries(memory.at(-1) ?? {}).map(([k, mb]) => [k, rounded(mb)])),
  processor_percent_of_one_core: rounded((usedS / tookS) * 100),
  played: {
    height_px: shown.heightPx,
    seconds: rounded(shown.ms / 1000),
    dropped_percent: rounded(shown.droppedPercent),
  },
  load: { least: rounded(Math.min(...load)), most: rounded(Math.max(...load)), processors: os.cpus().length },
};
console.log(JSON.stringify(result, null, 1));
const faults = [
  ...(isRunning ? [] : ['the kiosk ended by itself']),
  ...(shown.heightPx >= BARS.heightPx && shownLongEnough
    ? []
    : [`${BARS.heightPx} lines were not played all the time`]),
  ...(totals.some((total) => total === 0) ? ['this system says nothing of proportional memory'] : []),
  ...(result.memory_mb.most > BARS.memoryMb ? [`memory above ${BARS.memoryMb} MB`] : []),
  ...(result.processor_percent_of_one_core > BARS.processorPercent
    ? [`processor above ${BARS.processorPercent} % of one core`]
    : []),
];
for (const fault of faults) console.log(`SHORT OF THE BAR: ${fault}`);
if (values.json) fs.writeFileSync(values.json, `${JSON.stringify({ ...result, bars: BARS, faults }, null, 1)}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Node and the browser as files that no other program has open. */
async function copyPrograms(): Promise<{ node: string; env: NodeJS.ProcessEnv; remove: () => void }> {
  const executablePath = findBrowser({ platform: process.platform, env: process.env });
  if (!executablePath) throw new Error('there is no Edge, Chrome or Chromium on this PC');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const installed = await puppeteer.launch({ executablePath, args, headless: true });
  const browser = copyBrowser(installed);
  await installed.close();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-node-'));
  const node = path.join(folder, 'node');
  fs.copyFileSync(process.execPath, node);
  return {
    node,
    env: browser ? { ...browser.env, KIOSK_BROWSER: browser.executablePath } : process.env,
    remove: () => {
      browser?.remove();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Proportional memory of everything the kiosk runs, megabytes by what it is for. */
function readMemoryByKind(): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const pid of children(root)) {
    const kind = pid === root ? 'supervisor' : kindOfProcess(pid);
    kinds[kind] = (kinds[kind] ?? 0) + proportionalOf(pid);
  }
  return kinds;
}

function kindOfProcess(pid: number): string {
  let command = '';
  try {
    command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended while we looked, and has no memory.
  }
  return /core[/\\]start\.js/u.test(command) ? 'core' : kindOf(pid);
}

/** What the stage showed, by the kiosk's own evidence: the tallest rendition and how long it played. */
function readShown(): { heightPx: number; ms: number; droppedPercent: number } {
  const dir = path.join(dataDir, 'rehearsal');
  const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: false });
  if (!keys.ok) throw new Error(keys.sentence);
  const { databaseKey: kek, indexKey: index } = keys.value;
  const opened = Store.open({ file: path.join(dir, 'kiosk.db'), keys: { kek, index } });
  if (!opened.ok) throw new Error(`the records cannot be opened: ${opened.error}`);
  const { store } = opened;
  const session = store.sessions.listSessions().at(-1);
  const sitting = session && store.sittings.listSittings(session.packageId)[0];
  const tallest = sitting && store.playback.listHeights(sitting.id).at(-1);
  const samples = sitting ? store.playback.listSessions(sitting.id).map((s) => s.sample) : [];
  const decoded = samples.reduce((sum, s) => sum + s.framesDecoded, 0);
  const dropped = samples.reduce((sum, s) => sum + s.framesDropped, 0);
  store.close();
  return {
    heightPx: tallest?.heightPx ?? 0,
    ms: tallest?.ms ?? 0,
    droppedPercent: decoded === 0 ? 100 : (dropped / decoded) * 100,
  };
}
