import type { CDPSession, Page } from 'puppeteer-core';
import { during, type Row, type RowFacts } from './row.ts';

const NONE = { stallS: 0, skippedS: 0 };

/** Rows 1-14: the line, the origin and the playlist. */
export const LINE_ROWS: Row[] = [
  {
    row: 1,
    name: 'origin answers 503 for 30 s',
    faultS: 30,
    stream: { fault: during(30, () => ({ kind: 'status', status: 503 })) },
    bar: NONE,
    bare: 'dead',
  },
  {
    row: 2,
    name: 'connections reset for 20 s',
    faultS: 20,
    stream: { fault: during(20, () => ({ kind: 'reset' })) },
    bar: NONE,
    bare: 'dead',
  },
  {
    row: 3,
    name: 'connections reset for 60 s',
    faultS: 60,
    stream: { fault: during(60, () => ({ kind: 'reset' })) },
    bar: NONE,
    bare: 'dead',
  },
  {
    row: 4,
    name: 'black hole for 20 s',
    faultS: 20,
    stream: { fault: during(20, () => ({ kind: 'silence' })) },
    bar: NONE,
    bare: 'hurt',
  },
  {
    row: 5,
    name: 'black hole for 60 s',
    faultS: 60,
    stream: { fault: during(60, () => ({ kind: 'silence' })) },
    bar: NONE,
    bare: 'hurt',
  },
  {
    row: 6,
    name: 'black hole for 180 s',
    faultS: 180,
    stream: { windowS: 300, fault: during(180, () => ({ kind: 'silence' })) },
    afterS: 45,
    bar: { stallS: 108, skippedS: 0, recoveredS: 3 },
    bare: 'dead',
  },
  {
    row: 7,
    name: 'bodies trickle at 300 B/s for 60 s',
    faultS: 60,
    stream: { fault: during(60, () => ({ kind: 'slow', bytesPerSecond: 300, of: 'proper' })) },
    bar: NONE,
    bare: 'hurt',
  },
  {
    row: 8,
    name: 'cable out for 60 s',
    faultS: 60,
    alone: true,
    act: ({ page }) => setOffline(page, true),
    undo: ({ page }) => setOffline(page, false),
    bar: NONE,
    bare: 'hurt',
  },
  {
    row: 9,
    name: 'names do not resolve for 20 s (relay)',
    faultS: 20,
    relay: true,
    stream: { fault: during(20, () => ({ kind: 'status', status: 502 })) },
    bar: NONE,
  },
  {
    row: 10,
    name: 'playlist frozen for 30 s, then goes on',
    faultS: 30,
    stream: { shape: (list, { t }) => freeze(list.segments, t, 0, 30) },
    bar: NONE,
    bare: 'hurt',
  },
  {
    row: 11,
    name: "one rendition's playlist frozen",
    faultS: 60,
    ladder: true,
    stream: {
      shape: (list, { t, variant }) => (variant === '720' ? freeze(list.segments, t, 0, Infinity) : undefined),
    },
    bar: NONE,
    bare: 'hurt',
  },
  {
    row: 12,
    name: 'playlist frozen for 40 s (control: hls.js with liveMaxUnchangedPlaylistRefresh 3)',
    faultS: 40,
    stream: { shape: (list, { t }) => freeze(list.segments, t, 0, 40) },
    bareConfig: { liveMaxUnchangedPlaylistRefresh: 3 },
    bar: NONE,
    bare: 'dead',
  },
  {
    row: 13,
    name: 'playlist stops for ever without ENDLIST',
    faultS: 100,
    afterS: 10,
    stream: { shape: (list, { t }) => freeze(list.segments, t, 0, Infinity) },
    gone: true,
    bar: { stallS: Infinity, skippedS: 0 },
    check: slateInTime,
  },
  {
    row: 14,
    name: 'playlist stops, then 404 on everything',
    faultS: 100,
    afterS: 10,
    stream: {
      shape: (list, { t }) => freeze(list.segments, t, 0, Infinity),
      fault: ({ t }) => (t >= 15 ? { kind: 'status', status: 404 } : null),
    },
    gone: true,
    bar: { stallS: Infinity, skippedS: 0 },
    check: slateInTime,
  },
  {
    row: 15,
    name: 'ENDLIST',
    faultS: 80,
    afterS: 12,
    stream: { endListAtT: 2 },
    ends: true,
    bar: NONE,
    check: ({ events, movedAtMs }) => {
      const told = events.find((e) => e.type === 'last_frame_shown');
      if (!told) return ['the last frame was not told'];
      const lateMs = told.atMs - movedAtMs;
      return lateMs > -500 && lateMs < 2500 ? [] : [`the end was told ${Math.round(lateMs)} ms after the last frame`];
    },
  },
];

/** Cuts the list to what it was when the fault began. */
function freeze(segments: { dateMs: number }[], t: number, from: number, to: number): void {
  if (t < from || t >= to) return;
  const newest = Date.now() - (t - from) * 1000;
  while (segments.length > 1 && segments.at(-1)!.dateMs + 2000 > newest) segments.pop();
}

const cables = new WeakMap<Page, CDPSession>();

/** Pulls the page's network cable, or plugs it in again. */
async function setOffline(page: Page, offline: boolean): Promise<void> {
  const session = cables.get(page) ?? (await page.createCDPSession());
  cables.set(page, session);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  if (!offline) await session.send('Network.disable');
}

function slateInTime({ pictures, events, movedAtMs }: RowFacts): string[] {
  const slate = pictures.findLast((p) => p.visible === 'none');
  const wrongs: string[] = [];
  if (!slate || slate.atMs < 1000) wrongs.push('no slate after the buffer drained');
  else if (slate.atMs - movedAtMs > 2000)
    wrongs.push(`slate ${Math.round(slate.atMs - movedAtMs)} ms after the last frame`);
  if (events.some((e) => e.type === 'last_frame_shown')) wrongs.push('a false end was told');
  return wrongs;
}
