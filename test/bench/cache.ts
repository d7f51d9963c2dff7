/**
 * What the cache on disk costs: `node test/bench/cache.ts [--rounds 3] [--seconds 40] [--json FILE]`. The stage plays the same stream
 * with the usual delay through the relay, and five minutes behind through the cache, turn about, each with a core's process and a
 * browser of its own. Counted once everything is full: bytes that come over the line, and processor time of browser and core.
 * Ends with status 1 when a ratio is above its bar.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE_URL } from '../../electron/core/broadcast/cache/late-lists.ts';
import { beginPage, Lab, readPage } from '../faults/lab.ts';
import { Origin } from '../faults/origin.ts';
import { processorSeconds } from '../faults/processes.ts';
import { forkRelay } from '../faults/relay-process.ts';
import { median } from '../soak/slope.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '40' },
    json: { type: 'string' },
  },
});
const BARS = { trafficRatio: 1.05, cpuRatio: 1.1 };
const DELAY_S = 300;
const STAGE_DELAY_S = 75;
/** What is on disk at first comes at line speed for two minutes of it, then three times as fast as it plays. */
const FILL_S = 75;
const seconds = Number(values.seconds);
const wait = (s: number) => new Promise<void>((resolve) => setTimeout(resolve, s * 1000));

interface Run {
  /** A second of broadcast. */
  bytes: number;
  /** Segments, and how often each came. */
  times: number;
  /** Processor seconds a second. */
  cpu: number;
  stallS: number;
}

async function measure(lab: Lab, cached: boolean): Promise<Run> {
  const origin = new Origin({ windowS: 360, ageS: 900, list: { single: true } });
  await origin.start();
  const sources = [{ id: 'a', url: `${origin.base('a')}/master.m3u8` }];
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-cache-'));
  const relay = await forkRelay({ sources, cache: cached ? { root, sources, delayS: DELAY_S } : null });
  const browser = await lab.openBrowser();
  try {
    const page = await lab.openPage(browser, { width: 640, height: 360 });
    await beginPage(page, {
      player: 'kiosk',
      sources: cached ? [{ id: 'a', url: CACHE_URL }] : sources,
      delaySeconds: STAGE_DELAY_S,
      afterOutage: 'complete',
      cmcd: 'off',
      holdUntil: null,
      relay: relay.base,
      refresh: null,
      truth: false,
      hls: {},
    });
    await wait(FILL_S);
    const pids = [browser.process()?.pid ?? 0, relay.pid];
    const used = () => pids.reduce((sum, pid) => sum + processorSeconds(pid), 0);
    const before = { used: used(), bytes: origin.bytesSent, sample: (await readPage(page)).sample };
    origin.log.length = 0;
    await wait(seconds);
    const after = { used: used(), bytes: origin.bytesSent, sample: (await readPage(page)).sample };
    const got = origin.log.filter((line) => line.kind === 'segment' && line.outcome === 'ok').map((l) => l.content);
    return {
      bytes: (after.bytes - before.bytes) / (new Set(got).size * 2),
      times: got.length / new Set(got).size,
      cpu: (after.used - before.used) / seconds,
      stallS: ((after.sample?.rebufferMs ?? 0) - (before.sample?.rebufferMs ?? 0)) / 1000,
    };
  } finally {
    await lab.closeBrowser(browser);
    await relay.stop();
    await origin.stop();
    fs.rmSync(root, { recursive: true, force: true });
  }
}

const lab = new Lab();
await lab.start();
const runs: { plain: Run; cached: Run }[] = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const order = round % 2 === 0 ? [false, true] : [true, false];
  const pair: Partial<Record<'plain' | 'cached', Run>> = {};
  for (const cached of order) {
    const run = await measure(lab, cached);
    pair[cached ? 'cached' : 'plain'] = run;
    console.log(
      `${cached ? 'through the cache' : 'relay alone      '}  ${Math.round((run.bytes * 8) / 1000)} kbit/s, each segment ${run.times.toFixed(3)} times, processor ${(run.cpu * 100).toFixed(1)} %, stalls ${run.stallS.toFixed(1)} s`,
    );
  }
  runs.push(pair as { plain: Run; cached: Run });
}
await lab.stop();
const ratio = (key: 'bytes' | 'cpu') => Number(median(runs.map((r) => r.cached[key] / r.plain[key])).toFixed(3));
const result = {
  traffic_ratio: ratio('bytes'),
  segment_times: Math.max(...runs.map((r) => r.cached.times)),
  cpu_ratio: ratio('cpu'),
  stall_s: Math.max(...runs.map((r) => r.cached.stallS)),
  bars: BARS,
};
console.log(JSON.stringify(result, null, 1));
if (values.json) fs.writeFileSync(values.json, JSON.stringify({ ...result, runs }, null, 1));
const missed = result.traffic_ratio > BARS.trafficRatio || result.cpu_ratio > BARS.cpuRatio || result.stall_s > 0;
process.exitCode = missed ? 1 : 0;
