import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { CACHE_URL } from '../../electron/core/broadcast/cache/late-lists.ts';
import { beginPage, readPage, type Lab } from './lab.ts';
import { Origin, type StreamSpec } from './origin.ts';
import type { PageOptions, PageReport } from './page/page.ts';
import { startRelay } from './relay.ts';
import type { Row } from './row.ts';
import { buildRows } from './rows.ts';
import { judge, type Measured } from './verdict.ts';

const wait = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

/** Bare hls.js gets this long to come back after the fault. */
const BARE_AFTER_S = 45;

export interface RunOptions {
  player: 'kiosk' | 'bare';
  /** Shorter rows for the test suite, seconds. */
  delaySeconds?: number;
  beforeS?: number;
  /** Where the row is looked up; by default the matrix. */
  rows?: (origin: () => Origin) => Row[];
}

/** Plays one row on an origin of its own and says what the hall saw. */
export async function runRow(lab: Lab, shared: Browser, number: number, options: RunOptions): Promise<Measured> {
  let made: Origin | null = null;
  const row = (options.rows ?? buildRows)(() => made!).find((r) => r.row === number);
  if (!row) throw new Error(`no row ${number}`);
  const origin = (made = new Origin(specOf(row)));
  await origin.start();
  if (row.stream?.list?.absolute) origin.spec.list.absolute = origin.base('a');
  const browser = row.alone ? await lab.openBrowser() : shared;
  const cacheRoot = row.cacheDelayS === undefined ? null : fs.mkdtempSync(path.join(os.tmpdir(), 'fault-cache-'));
  const cache =
    cacheRoot === null ? {} : { cache: { root: cacheRoot, sources: sourcesOf(row, origin), delayS: row.cacheDelayS! } };
  let relay = row.relay || cacheRoot !== null ? await startRelay(cache) : null;
  const restart = async (afterS: number): Promise<void> => {
    const port = relay?.port;
    await relay?.kill();
    await wait(afterS);
    relay = await startRelay({ ...cache, ...(port === undefined ? {} : { port }) });
  };
  try {
    return await play(lab, browser, row, origin, options, relay?.base ?? null, restart);
  } finally {
    if (row.alone) await lab.closeBrowser(browser);
    await relay?.stop();
    await origin.stop();
    if (cacheRoot !== null) fs.rmSync(cacheRoot, { recursive: true, force: true });
  }
}

async function play(
  lab: Lab,
  browser: Browser,
  row: Row,
  origin: Origin,
  options: RunOptions,
  relay: string | null,
  restartRelay: (afterS: number) => Promise<void>,
): Promise<Measured> {
  const delaySeconds = row.delaySeconds ?? options.delaySeconds ?? 75;
  const beforeS = row.beforeS ?? options.beforeS ?? 30;
  const pageOptions: PageOptions = {
    player: options.player,
    sources:
      row.cacheDelayS !== undefined && options.player === 'kiosk'
        ? [{ id: 'a', url: CACHE_URL }]
        : sourcesOf(row, origin),
    delaySeconds,
    afterOutage: row.afterOutage ?? 'complete',
    cmcd: row.cmcd ?? 'off',
    holdUntil: row.holdS === undefined ? null : Date.now() + row.holdS * 1000,
    relay: options.player === 'kiosk' ? relay : null,
    refresh: row.refresh ? `${origin.base('a')}/fresh` : null,
    hls: options.player === 'bare' ? (row.bareConfig ?? {}) : {},
  };
  let page: Page = await lab.openPage(browser, row.ladder ? { width: 1280, height: 720 } : { width: 480, height: 270 });
  let reopenedAfterMs: number | null = null;
  let beganAt = Date.now();
  const context = {
    page,
    origin,
    player: options.player,
    browserPid: browser.process()?.pid ?? 0,
    restartRelay,
    reopen: async () => {
      reopenedAfterMs = Date.now() - beganAt;
      page = await lab.openPage(browser, { width: 480, height: 270 }, page.browserContext());
      await beginPage(page, { ...pageOptions, holdUntil: null });
    },
  };
  if (beforeS === 0) origin.mark();
  await beginPage(page, pageOptions);
  await wait(beforeS);
  let before: PageReport = await readPage(page);
  const fillingSince = Date.now();
  const cushionS = row.cushionS ?? (row.beforeS === undefined && options.beforeS === undefined ? delaySeconds - 8 : 0);
  const filled = () => before.buffered >= cushionS || Date.now() - fillingSince > 60_000;
  while (options.player === 'kiosk' && !filled()) {
    await wait(2);
    before = await readPage(page);
  }
  if (beforeS > 0) origin.mark();
  const faultAtMs = beforeS * 1000 + (Date.now() - fillingSince);
  beganAt = Date.now();
  await row.act?.(context);
  await wait(Math.max(0, row.faultS - (Date.now() - beganAt) / 1000));
  await row.undo?.(context);
  const faultEndedAt = Date.now();
  // A page that was slow to begin is further behind the edge than it was told.
  const behindS = Math.max(delaySeconds, cushionS > 0 ? (before.sample?.delayS ?? 0) : 0);
  await wait(row.afterS ?? (options.player === 'kiosk' ? behindS + 10 : BARE_AFTER_S));
  const report = await readPage(page);
  const measured = judge({
    row,
    origin,
    report,
    before,
    player: options.player,
    faultAtMs,
    faultEndedMs: faultAtMs + (faultEndedAt - beganAt),
    endedMs: faultAtMs + (Date.now() - beganAt),
    reopenedAfterMs,
  });
  await page.evaluate(() => window.bench.end()).catch(() => undefined);
  await page
    .browserContext()
    .close()
    .catch(() => undefined);
  return measured;
}

function specOf(row: Row): StreamSpec {
  const { list, ...rest } = row.stream ?? {};
  return { windowS: 240, ageS: 600, list: { single: !row.ladder, ...list }, ...rest };
}

function sourcesOf(row: Row, origin: Origin): { id: string; url: string }[] {
  const query = row.refresh ? '?pass=1' : '';
  const first = { id: 'a', url: `${origin.base('a')}${row.sourcePath ?? '/master.m3u8'}${query}` };
  return row.backup ? [first, { id: 'b', url: `${origin.base('b')}/master.m3u8` }] : [first];
}
