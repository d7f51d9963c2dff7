import { expect, test } from '@playwright/test';
import type { Browser, Page } from 'puppeteer-core';
import { beginPage, Lab, readPage } from '../faults/lab.ts';
import { Origin, type StreamSpec } from '../faults/origin.ts';
import type { PageOptions, PageReport } from '../faults/page/page.ts';

/** The stage player in a real browser on a real stream: what the console and the timetable ask of it. */

let lab: Lab;
let browser: Browser;
const origins: Origin[] = [];

test.beforeAll(async () => {
  lab = new Lab();
  await lab.start();
  browser = await lab.openBrowser();
});

test.afterAll(async () => {
  await lab.stop();
  await Promise.all(origins.map((origin) => origin.stop()));
});

async function openOrigin(spec: Partial<StreamSpec> = {}): Promise<Origin> {
  const origin = new Origin({ windowS: 120, ageS: 600, list: { single: true }, ...spec });
  await origin.start();
  origins.push(origin);
  return origin;
}

async function openStage(origin: Origin, delaySeconds: number, holdUntil: number | null = null): Promise<Page> {
  const page = await lab.openPage(browser, { width: 480, height: 270 });
  await beginPage(page, optionsFor(origin, delaySeconds, holdUntil));
  return page;
}

function optionsFor(origin: Origin, delaySeconds: number, holdUntil: number | null = null): PageOptions {
  return {
    player: 'kiosk',
    sources: [{ id: 'a', url: `${origin.base('a')}/master.m3u8` }],
    delaySeconds,
    afterOutage: 'complete',
    cmcd: 'off',
    holdUntil,
    relay: null,
    refresh: null,
    hls: {},
  };
}

async function until(
  page: Page,
  what: string,
  condition: (report: PageReport) => boolean,
  seconds = 20,
): Promise<PageReport> {
  for (let i = 0; i < seconds * 4; i++) {
    const report = await readPage(page);
    if (condition(report)) return report;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what}: not within ${seconds} s: ${JSON.stringify((await readPage(page)).sample)}`);
}

const plays = (report: PageReport) => report.sample?.state === 'playing' && report.truth.contentS > 1;

test('the hall is as far behind the edge as the province wants, and "back to live" takes it near', async () => {
  const page = await openStage(await openOrigin(), 40);
  const before = await until(page, 'playing', plays);
  expect(before.sample!.delayS).toBeGreaterThan(36);
  expect(before.sample!.delayS).toBeLessThan(45);
  expect(before.sample!.muted).toBe(false);
  await page.evaluate(() => window.bench.player!.backToLive());
  const after = await until(page, 'near the edge', (r) => (r.sample?.delayS ?? 99) < 14 && r.truth.standsMs < 600);
  expect(after.sample!.delayS).toBeGreaterThan(5);
  expect(after.sample!.skippedMs).toBe(0);
});

test('a window of 16 s bounds the delay and the picture comes at once', async () => {
  const page = await openStage(await openOrigin({ windowS: 16 }), 75);
  const report = await until(page, 'playing', plays, 10);
  expect(report.sample!.delayS).toBeLessThan(16);
  expect(report.sample!.startupMs).toBeLessThan(5000);
});

test('before the scheduled beginning the picture waits for its cushion, at the beginning it waits no longer', async () => {
  const page = await openStage(
    await openOrigin({ ageS: 6, list: { single: true, event: true } }),
    75,
    Date.now() + 9000,
  );
  await new Promise((resolve) => setTimeout(resolve, 6000));
  const held = await readPage(page);
  expect(held.sample!.playedMs).toBe(0);
  expect(held.pictures.at(-1)!.visible).toBe('none');
  const shown = await until(page, 'playing', plays, 12);
  expect(shown.sample!.delayS).toBeGreaterThan(12);
});

test('another address for the source is taken without a black moment', async () => {
  const page = await openStage(await openOrigin(), 20);
  await until(page, 'playing', plays);
  const other = await openOrigin();
  await page.evaluate((url) => window.bench.player!.setSources([{ id: 'b', url }]), `${other.base('a')}/master.m3u8`);
  const report = await until(
    page,
    'on the other source',
    (r) => r.sample?.sourceId === 'b' && r.sample.state === 'playing',
  );
  expect(report.sample!.failovers).toBe(1);
  expect(report.truth.blackS).toBeLessThan(0.5);
});

test('a browser that refuses sound gets a silent picture first, and it is said that it is muted', async () => {
  const strict = await lab.openBrowser({ autoplay: false });
  const page = await lab.openPage(strict, { width: 480, height: 270 });
  // Not by `evaluate`: that counts as a touch by somebody.
  const session = await page.createCDPSession();
  const options = JSON.stringify(optionsFor(await openOrigin(), 20));
  await session.send('Runtime.evaluate', { expression: `window.bench.begin(${options})`, userGesture: false });
  const report = await until(page, 'playing', plays);
  expect(report.sample!.muted).toBe(true);
  await page.mouse.click(100, 100);
  await until(page, 'sound after a touch', (r) => r.sample?.muted === false && r.truth.standsMs < 600);
});

test('the level of the sound is measured, the default output can be chosen and a device that is not there cannot', async () => {
  const page = await openStage(await openOrigin(), 20);
  const report = await until(page, 'a level', (r) => (r.sample?.audioLevel ?? 0) > 0.005);
  expect(report.sample!.audioLevel).toBeLessThanOrEqual(1);
  expect(await page.evaluate(() => window.bench.player!.setSink(null))).toBe(true);
  expect(await page.evaluate(() => window.bench.player!.setSink('no such device'))).toBe(false);
});

test('the end is told once, after the last frame; a broadcast that goes on after all is shown again', async () => {
  const origin = await openOrigin();
  const page = await openStage(origin, 8);
  await until(page, 'playing', plays);
  origin.spec.endListAtT = 0;
  origin.mark();
  const ended = await until(page, 'the end', (r) => r.events.some((e) => e.type === 'last_frame_shown'), 25);
  expect(ended.sample?.bufferS ?? 0).toBeLessThan(2);
  await until(page, 'slate', (r) => r.pictures.at(-1)?.visible === 'none');
  delete origin.spec.endListAtT;
  const again = await until(page, 'shown again', (r) => r.sample?.state === 'playing' && r.truth.standsMs < 600, 20);
  expect(again.events.filter((e) => e.type === 'last_frame_shown')).toHaveLength(1);
});

test('stopping ends everything: no request comes after it', async () => {
  const origin = await openOrigin();
  const page = await openStage(origin, 20);
  await until(page, 'playing', plays);
  await page.evaluate(() => window.bench.end());
  await new Promise((resolve) => setTimeout(resolve, 500));
  const asked = origin.log.length;
  await new Promise((resolve) => setTimeout(resolve, 5000));
  expect(origin.log.length).toBe(asked);
  expect(await page.evaluate(() => document.querySelectorAll('video').length)).toBe(0);
});
