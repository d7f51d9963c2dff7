/**
 * Soak: `npm run soak -- --hours 2 | --minutes 20 [--every 60] [--delay 75] [--json FILE] [--seed 1]`.
 * One stage window plays through the core's relay, a process of its own, while a random fault strikes every so often; memory of all
 * processes, stalls and hands are written down. With a delay above 120 the broadcast goes through the cache on disk. Before the time
 * that counts every kind of fault strikes once, so that all code that can run has run.
 * Growth is judged by the 95 % interval of its slope: two hours are long enough, a shorter run mostly says "unclear".
 * `--leak` is the control: the page keeps 3 MB of each hour, and the run must fail for it.
 * Ends with status 1 when somebody would have had to come, and when it is not certain that memory stays below the bars.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE_POLICY } from '../../electron/core/broadcast/cache/cache-policy.ts';
import { CACHE_URL } from '../../electron/core/broadcast/cache/late-lists.ts';
import { beginPage, Lab, readPage } from '../faults/lab.ts';
import { Origin } from '../faults/origin.ts';
import { forkRelay } from '../faults/relay-process.ts';
import { copyBrowser } from './browser-copy.ts';
import { SoakFaults } from './faults.ts';
import { readMemory, STEADY_CODE_FLAGS, totalOf, type MemoryPoint } from './memory.ts';
import { BARS, describeGrowth, judgeMemory } from './verdict.ts';

const { values } = parseArgs({
  options: {
    hours: { type: 'string' },
    minutes: { type: 'string' },
    delay: { type: 'string', default: '75' },
    every: { type: 'string', default: '60' },
    json: { type: 'string' },
    seed: { type: 'string', default: '1' },
    leak: { type: 'boolean', default: false },
  },
});
const totalS = values.hours ? Number(values.hours) * 3600 : Number(values.minutes ?? 20) * 60;
const everyS = Number(values.every);
const WARM_UP_EVERY_S = 40;
/** The cushion of 75 s and what it takes to come back to it. */
const SETTLE_S = 90;
const READ_EVERY_S = 5;
/** What the control keeps: 3 MB of an hour, in pieces. */
const LEAK = { everyMs: 250, characters: 206 };
const delayS = Number(values.delay);
const isCached = delayS > CACHE_POLICY.aboveDelayS;
const wait = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

const faults = new SoakFaults(Number(values.seed));
const origin: Origin = new Origin({
  windowS: Math.max(300, delayS + 60),
  ageS: 900,
  list: {},
  fault: (ask) => faults.action(ask),
  bytes: (body, ask) => faults.bytes(body, ask),
  sequenceZero: () => faults.sequenceZero(),
  stampZero: (content) => faults.stampZero(content),
});
await origin.start();
const lab = new Lab();
await lab.start();
const installed = await lab.openBrowser();
const program = copyBrowser(installed);
await lab.closeBrowser(installed);
if (!program) console.log('other browsers of this PC share pages with the one that is measured: end them');
const browser = await lab.openBrowser({ extraFlags: STEADY_CODE_FLAGS, program });
const sources = [{ id: 'a', url: `${origin.base('a')}/master.m3u8` }];
const cacheRoot = fs.mkdtempSync(path.join(os.tmpdir(), 'soak-cache-'));
const relay = await forkRelay({ sources, cache: isCached ? { root: cacheRoot, sources, delayS } : null });
const pids = { browser: browser.process()?.pid ?? 0, core: relay.pid };
const page = await lab.openPage(browser, { width: 640, height: 360 });
const session = await page.createCDPSession();
await beginPage(page, {
  player: 'kiosk',
  sources: isCached ? [{ id: 'a', url: CACHE_URL }] : sources,
  delaySeconds: isCached ? CACHE_POLICY.stageDelayS : delayS,
  afterOutage: 'complete',
  cmcd: 'off',
  holdUntil: null,
  relay: relay.base,
  refresh: null,
  hls: {},
});
if (values.leak)
  await page.evaluate(({ everyMs, characters }) => {
    const kept: string[] = [];
    const codes = new Uint8Array(characters);
    setInterval(() => kept.push(String.fromCharCode(...crypto.getRandomValues(codes))), everyMs);
    Object.assign(globalThis, { kept });
  }, LEAK);
await wait(30);
origin.mark();
for (let n = 0; faults.rehearse(origin, n); n++) await wait(WARM_UP_EVERY_S);
await wait(SETTLE_S);
console.log(`warm: every fault once, then ${SETTLE_S} s`);
faults.count = 0;

const memory: MemoryPoint[] = [];
const before = await readPage(page, { forget: true });
const beganAt = Date.now();
const elapsedS = () => (Date.now() - beganAt) / 1000;
let struckAtS = 0;
let longestStandS = 0;
while (elapsedS() < totalS) {
  if (elapsedS() - struckAtS >= everyS && elapsedS() < totalS - SETTLE_S) {
    struckAtS = elapsedS();
    console.log(`${Math.round(struckAtS)} s: ${faults.strike(origin)}`);
  }
  await wait(READ_EVERY_S);
  origin.log.length = 0;
  const { truth, sample } = await readPage(page, { forget: true });
  longestStandS = Math.max(longestStandS, truth.standsMs / 1000);
  const point = await readMemory(session, pids, elapsedS());
  memory.push(point);
  if (memory.length % 12 === 0)
    console.log(
      `${Math.round(point.atS)} s: heap ${point.heap.toFixed(3)} MB, all processes ${totalOf(point).toFixed(0)} MB, elements ${point.counts.nodes}, re-creations ${sample?.recreations ?? 0}, stalls ${truth.stallS.toFixed(1)} s, skipped ${truth.skippedS.toFixed(1)} s, buffer ${sample?.bufferS ?? 0} s`,
    );
}
const last = await readPage(page);
await lab.stop();
await relay.stop();
await origin.stop();
fs.rmSync(cacheRoot, { recursive: true, force: true });
program?.remove();

const alive = last.truth.standsMs < 3000;
const growth = judgeMemory(memory);
const result = {
  seconds: totalS,
  faults: faults.count,
  hands: alive ? 0 : 1,
  stall_s: Number((last.truth.stallS - before.truth.stallS).toFixed(1)),
  skipped_s: Number((last.truth.skippedS - before.truth.skippedS).toFixed(1)),
  longest_stand_s: Number(longestStandS.toFixed(1)),
  recreations: (last.sample?.recreations ?? 0) - (before.sample?.recreations ?? 0),
  page_errors: last.errors,
};
console.log(JSON.stringify(result, null, 1));
for (const { verdict, ...of } of [growth.heap, growth.all]) console.log(`${describeGrowth(of)}: ${verdict}`);
for (const part of growth.parts) console.log(`  ${describeGrowth(part)}`);
console.log(`grows for certain: ${growth.growing.join(', ') || 'nothing'}`);
if (values.json) fs.writeFileSync(values.json, JSON.stringify({ ...result, bars: BARS, growth, memory }, null, 1));
const isCertain = growth.heap.verdict === 'met' && growth.all.verdict === 'met';
process.exitCode = result.hands > 0 || last.errors.length > 0 || !isCertain ? 1 : 0;
