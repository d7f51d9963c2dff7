/**
 * Soak: `node test/soak/run.ts --hours 8 | --minutes 20 [--every 60] [--json FILE] [--seed 1]`.
 * One stage window plays while a random fault strikes every so often; heap, stalls and hands are written down.
 * Ends with status 1 when somebody would have had to come, or when memory grows.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { beginPage, Lab, readPage } from '../faults/lab.ts';
import { Origin } from '../faults/origin.ts';
import { SoakFaults } from './faults.ts';
import { slopePerHour } from './slope.ts';

const { values } = parseArgs({
  options: {
    hours: { type: 'string' },
    minutes: { type: 'string' },
    every: { type: 'string', default: '60' },
    json: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const totalS = values.hours ? Number(values.hours) * 3600 : Number(values.minutes ?? 20) * 60;
const everyS = Number(values.every);
/** Buffers, code and caches settle first: the 10 s of back buffer and the 95 s ahead are full by then. */
const WARM_UP_S = Math.min(180, totalS / 4);
const wait = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

const faults = new SoakFaults(Number(values.seed));
const origin: Origin = new Origin({
  windowS: 300,
  ageS: 600,
  list: {},
  fault: (ask) => faults.action(ask),
  bytes: (body, ask) => faults.bytes(body, ask),
  sequenceZero: () => faults.sequenceZero(),
  stampZero: (content) => faults.stampZero(content),
});
await origin.start();
const lab = new Lab();
await lab.start();
const browser = await lab.openBrowser();
const page = await lab.openPage(browser, { width: 640, height: 360 });
const session = await page.createCDPSession();
await beginPage(page, {
  player: 'kiosk',
  sources: [{ id: 'a', url: `${origin.base('a')}/master.m3u8` }],
  delaySeconds: 75,
  afterOutage: 'complete',
  cmcd: 'off',
  holdUntil: null,
  relay: null,
  refresh: null,
  hls: {},
});
await wait(30);
origin.mark();

const heap: { atS: number; megabytes: number }[] = [];
const beganAt = Date.now();
const elapsedS = () => (Date.now() - beganAt) / 1000;
let struckAtS = 0;
let longestStandS = 0;
while (elapsedS() < totalS) {
  if (elapsedS() - struckAtS >= everyS && elapsedS() < totalS - 150) {
    struckAtS = elapsedS();
    console.log(`${Math.round(struckAtS)} s: ${faults.strike(origin)}`);
  }
  await wait(10);
  const report = await readPage(page);
  longestStandS = Math.max(longestStandS, report.truth.standsMs / 1000);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  heap.push({ atS: elapsedS(), megabytes: usedSize / 2 ** 20 });
  if (heap.length % 6 === 0)
    console.log(
      `${Math.round(elapsedS())} s: heap ${(usedSize / 2 ** 20).toFixed(2)} MB, stalls ${report.truth.stallS.toFixed(1)} s, skipped ${report.truth.skippedS.toFixed(1)} s, buffer ${report.sample?.bufferS ?? 0} s`,
    );
}
const last = await readPage(page);
await lab.stop();
await origin.stop();

const settled = heap.filter((point) => point.atS > WARM_UP_S);
const growth = slopePerHour(settled);
const mean = settled.reduce((sum, point) => sum + point.megabytes, 0) / settled.length;
const alive = last.truth.standsMs < 3000;
const result = {
  seconds: totalS,
  faults: faults.count,
  hands: alive ? 0 : 1,
  stall_s: Number(last.truth.stallS.toFixed(1)),
  skipped_s: Number(last.truth.skippedS.toFixed(1)),
  longest_stand_s: Number(longestStandS.toFixed(1)),
  heap_mb: Number(mean.toFixed(2)),
  heap_growth_percent_per_hour: Number(((growth / mean) * 100).toFixed(2)),
  recreations: last.sample?.recreations ?? null,
  page_errors: last.errors,
};
console.log(JSON.stringify(result, null, 1));
if (values.json) fs.writeFileSync(values.json, JSON.stringify({ ...result, heap }, null, 1));
process.exitCode = result.hands > 0 || result.heap_growth_percent_per_hour > 1 || last.errors.length > 0 ? 1 : 0;
