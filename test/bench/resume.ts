/**
 * A killed browser: `node test/bench/resume.ts [--rounds 5] [--json FILE]`; needs `npm run build`. The real core shows a broadcast
 * five minutes late through the cache on disk, its stage plays in a real browser. The browser is killed, another one opens the stage
 * again, and the counter burnt into the frames says where it begins. In turn with that, a core that never had a picture opens a
 * stage: the plain first frame. Ends with status 1 when a place is further off than the bar, or the return takes longer.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { CACHE_URL } from '../../electron/core/broadcast/cache/late-lists.ts';
import { TOKEN_COOKIE } from '../../electron/contract/shell.ts';
import { FRAMES_PER_SECOND, LOOP_FRAMES } from '../../electron/core/rehearsal/hls-frame-counter.ts';
import { Lab } from '../faults/lab.ts';
import { Origin } from '../faults/origin.ts';
import { children, signalAll } from '../faults/processes.ts';
import { median } from '../soak/slope.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';
import type { SeenFrame } from './resume-page.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, json: { type: 'string' } } });
const BARS = { placeS: 0.5, ratio: 1.3 };
const DELAY_S = 300;
/** The stage plays so long before its browser is killed, and so long is waited before the next one. */
const PLAYS_S = 20;
const GONE_S = 1;
const RENDERER = path.resolve(import.meta.dirname, '../../dist/renderer');
const wait = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

interface Opened {
  browser: Browser;
  page: Page;
  /** From the page's beginning to the first frame that moves, ms. */
  firstFrameMs: number;
  first: SeenFrame;
}

/** Code that writes down in the stage's own page when its picture first moves, and which frame is shown. */
async function buildProbe(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: path.join(import.meta.dirname, 'resume-page.ts'), formats: ['iife'], name: 'probe' },
    },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output[0] : null;
  if (!chunk) throw new Error('the probe was not built');
  return chunk.code;
}

async function openStage(lab: Lab, world: CoreWorld, probe: string): Promise<Opened> {
  const browser = await lab.openBrowser();
  // Warm, as far as the machine is concerned: what is compared is the stage.
  await wait(2);
  const context = await browser.createBrowserContext();
  await context.setCookie({
    name: TOKEN_COOKIE,
    value: world.tokens.stage,
    domain: '127.0.0.1',
    path: '/stage/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: false,
  });
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  await page.evaluateOnNewDocument(probe);
  await page.goto(`${world.origin}/stage/`, { waitUntil: 'domcontentloaded', timeout: 120_000 });
  const deadline = Date.now() + 60_000;
  for (;;) {
    const seen = await page.evaluate(() => window.seen());
    if (seen.first) return { browser, page, firstFrameMs: seen.first.atMs, first: seen.first };
    if (Date.now() > deadline) throw new Error('no picture within a minute');
    await wait(0.1);
  }
}

/** A hall that is minutes late, with enough on disk to begin. */
async function withLateHall(body: (world: CoreWorld) => Promise<void>): Promise<void> {
  const origin = new Origin({ windowS: 360, ageS: 900, list: { single: true } });
  await origin.start();
  const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
  await withCore(
    {
      people: 1,
      rendererDir: RENDERER,
      cache: { freeBytes: 0 },
      sources: [{ id: 'a', url: `${origin.base('a')}/master.m3u8` }],
      sitting: { opensAt: at(-60), startsAt: at(-30), endsAt: at(120) },
      package: (document) => ({ ...document, playback: { ...document.playback, delaySeconds: DELAY_S } }),
    },
    async (world) => {
      const headers = { authorization: `Bearer ${world.tokens.stage}` };
      const list = `${world.origin}/stage/api/stream?url=${encodeURIComponent(CACHE_URL.replace('live', 'main'))}`;
      await world.until('the cache can be played', async () => (await fetch(list, { headers })).ok, 60_000);
      await body(world);
    },
  );
  await origin.stop();
}

/** Frames of the loop from one picture to another, in seconds, the nearer way round. */
function apartS(from: number, to: number): number {
  return (
    (((((to - from + LOOP_FRAMES * 1.5) % LOOP_FRAMES) + LOOP_FRAMES) % LOOP_FRAMES) - LOOP_FRAMES / 2) /
    FRAMES_PER_SECOND
  );
}

if (!existsSync(path.join(RENDERER, 'stage/index.html'))) {
  console.error('The windows are not built; run "npm run build" first.');
  process.exit(2);
}
const lab = new Lab();
await lab.start();
const probe = await buildProbe();
const rounds: { plainMs: number; backMs: number; placeOffS: number }[] = [];
for (let n = 0; n < Number(values.rounds); n++) {
  let plainMs = 0;
  await withLateHall(async (world) => {
    const { browser, firstFrameMs } = await openStage(lab, world, probe);
    plainMs = firstFrameMs;
    await lab.closeBrowser(browser);
  });
  await withLateHall(async (world) => {
    const before = await openStage(lab, world, probe);
    await wait(PLAYS_S);
    // Looked up before: it takes a while, and the picture moves.
    const pids = children(before.browser.process()?.pid ?? 0);
    const { newest } = await before.page.evaluate(() => window.seen());
    if (!newest) throw new Error('the stage does not play');
    const killedAt = Date.now();
    await signalAll(pids, 'SIGKILL');
    const shownIndex = newest.index + ((killedAt - newest.wallMs) / 1000) * FRAMES_PER_SECOND;
    await lab.closeBrowser(before.browser);
    await wait(GONE_S);
    const after = await openStage(lab, world, probe);
    await lab.closeBrowser(after.browser);
    const round = {
      plainMs: Math.round(plainMs),
      backMs: Math.round(after.firstFrameMs),
      placeOffS: Number(apartS(shownIndex, after.first.index).toFixed(2)),
    };
    console.log(
      `plain first frame ${round.plainMs} ms, after the kill ${round.backMs} ms, ${round.placeOffS} s from where the picture was`,
    );
    rounds.push(round);
  });
}
await lab.stop();
const ratio = Number(median(rounds.map((r) => r.backMs / r.plainMs)).toFixed(3));
const worstS = Math.max(...rounds.map((r) => Math.abs(r.placeOffS)));
const result = { rounds, ratio, worst_place_s: worstS, bars: BARS, met: ratio <= BARS.ratio && worstS <= BARS.placeS };
console.log(JSON.stringify({ ...result, rounds: rounds.length }, null, 1));
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.met ? 0 : 1;
