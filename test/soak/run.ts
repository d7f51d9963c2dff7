/**
 * Soak: `npm run soak -- --hours 8 | --minutes 20 [--every 60] [--json FILE] [--seed 1]`.
 * One stage window plays while a random fault strikes every so often; memory, stalls and hands are written down. Before
 * the time that counts every kind of fault strikes once, so that all code that can run has run.
 * `--leak` is the control: the page keeps a little of each second, and the run must fail for it.
 * Ends with status 1 when somebody would have had to come, or when memory grows.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { beginPage, Lab, readPage } from '../faults/lab.ts';
import { Origin } from '../faults/origin.ts';
import { SoakFaults } from './faults.ts';
import { readMemory, STEADY_CODE_FLAGS, type MemoryPoint } from './memory.ts';
import { floorsOf, median, slopePerHour } from './slope.ts';

const { values } = parseArgs({
  options: {
    hours: { type: 'string' },
    minutes: { type: 'string' },
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
/** The quietest moment of so many seconds counts. */
const FLOOR_S = 120;
const BARS = { heapGrowthPercentPerHour: 1, rendererPeakMb: 500 };
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
const browser = await lab.openBrowser({ extraFlags: STEADY_CODE_FLAGS });
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
if (values.leak)
  await page.evaluate(() => {
    const kept: object[] = [];
    setInterval(() => kept.push({ at: performance.now(), text: `kept ${performance.now()}` }), 250);
    Object.assign(globalThis, { kept });
  });
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
  const point = await readMemory(session, browser, elapsedS());
  memory.push(point);
  if (memory.length % 12 === 0)
    console.log(
      `${Math.round(point.atS)} s: heap ${point.heapMb.toFixed(3)} MB, renderer ${point.rendererMb?.toFixed(0) ?? '–'} MB, stalls ${truth.stallS.toFixed(1)} s, skipped ${truth.skippedS.toFixed(1)} s, buffer ${sample?.bufferS ?? 0} s`,
    );
}
const last = await readPage(page);
await lab.stop();
await origin.stop();

const heap = memory.map((point) => ({ atS: point.atS, value: point.heapMb }));
const renderer = memory.flatMap((point) =>
  point.rendererMb === null ? [] : [{ atS: point.atS, value: point.rendererMb }],
);
const floors = floorsOf(heap, FLOOR_S);
const floorMb = median(floors.map((point) => point.value));
const alive = last.truth.standsMs < 3000;
const result = {
  seconds: totalS,
  faults: faults.count,
  hands: alive ? 0 : 1,
  stall_s: Number((last.truth.stallS - before.truth.stallS).toFixed(1)),
  skipped_s: Number((last.truth.skippedS - before.truth.skippedS).toFixed(1)),
  longest_stand_s: Number(longestStandS.toFixed(1)),
  heap_mb: Number(median(heap.map((point) => point.value)).toFixed(2)),
  heap_floor_mb: Number(floorMb.toFixed(3)),
  heap_growth_percent_per_hour: Number(((slopePerHour(floors) / floorMb) * 100).toFixed(2)),
  renderer_mb: Number(median(renderer.map((point) => point.value)).toFixed(0)),
  renderer_peak_mb: Number(Math.max(0, ...renderer.map((point) => point.value)).toFixed(0)),
  renderer_growth_mb_per_hour: Number(slopePerHour(renderer).toFixed(1)),
  recreations: (last.sample?.recreations ?? 0) - (before.sample?.recreations ?? 0),
  page_errors: last.errors,
};
console.log(JSON.stringify(result, null, 1));
if (values.json) fs.writeFileSync(values.json, JSON.stringify({ ...result, bars: BARS, memory }, null, 1));
const missed =
  result.hands > 0 ||
  result.heap_growth_percent_per_hour > BARS.heapGrowthPercentPerHour ||
  result.renderer_peak_mb > BARS.rendererPeakMb ||
  last.errors.length > 0;
process.exitCode = missed ? 1 : 0;
