import { createCipheriv, createDecipheriv } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CACHE_POLICY } from '../../../../electron/core/broadcast/cache/cache-policy.ts';
import type { DelayCacheOptions } from '../../../../electron/core/broadcast/cache/cache-options.ts';
import { DelayCache } from '../../../../electron/core/broadcast/cache/delay-cache.ts';
import { FreshAddresses } from '../../../../electron/core/broadcast/fresh-addresses.ts';
import { PlaylistReader } from '../../../../electron/core/broadcast/playlist-reader.ts';
import { createEgress, type Egress } from '../../../../electron/core/network/egress.ts';
import { readPlaylist, type MediaPlaylist, type Segment } from '../../../../electron/shared/hls/read-playlist.ts';
import { fmp4Unavailable, getFmp4 } from '../../../faults/fmp4.ts';
import { getSegment } from '../../../faults/media.ts';
import { Origin, type StreamSpec } from '../../../faults/origin.ts';

// Streams run in real time.
vi.setConfig({ testTimeout: 60_000 });
const DELAY_S = 20;
const STAGE_S = 4;
/** Behind the last packet of what host b serves: four more, empty ones. */
const B_MARK = Buffer.alloc(4 * 188, Buffer.concat([Buffer.from([0x47, 0x1f, 0xff, 0x10]), Buffer.alloc(184, 0xb7)]));
const POLICY = { ...CACHE_POLICY, aboveDelayS: 0, stageDelayS: STAGE_S, keepShownS: 20, freeBytes: 0 };
const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

let root = '';
const stops: (() => Promise<void> | void)[] = [];
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'delay-cache-'));
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  rmSync(root, { recursive: true, force: true });
});

interface World {
  origin: Origin;
  egress: Egress;
  aside: string[];
  make: (more?: Partial<DelayCacheOptions>) => DelayCache;
}

async function open(spec: Partial<StreamSpec> & { hosts?: readonly ('a' | 'b')[]; query?: string }): Promise<World> {
  const { hosts = ['a'], query = '', ...rest } = spec;
  const origin = new Origin({ windowS: 60, ageS: 120, ...rest, list: { single: true, ...rest.list } });
  await origin.start();
  const egress = createEgress();
  stops.push(
    () => egress.stop(),
    () => origin.stop(),
  );
  const reader = new PlaylistReader(egress);
  const sources = hosts.map((host) => ({ id: host, url: `${origin.base(host)}/master.m3u8${query}` }));
  const addresses = new FreshAddresses({ sources, egress });
  const aside: string[] = [];
  const make = (more: Partial<DelayCacheOptions> = {}) => {
    const cache = new DelayCache({
      ready: Promise.resolve(),
      root,
      sittingId: 'goi/sang',
      sources,
      chosen: () => null,
      rendition: null,
      addresses,
      reader,
      language: 'vi',
      delayS: DELAY_S,
      holdUntilMs: 0,
      policy: POLICY,
      clock: { wallMs: () => Date.now(), monoMs: () => performance.now() },
      random: () => 0.5,
      afterOutage: () => 'complete',
      onStepAside: (why) => aside.push(why),
      onError: (cause) => {
        throw cause;
      },
      ...more,
    });
    cache.start();
    stops.push(() => cache.stop());
    return cache;
  };
  return { origin, egress, aside, make };
}

const never = new AbortController().signal;

async function list(cache: DelayCache, name = 'main.m3u8'): Promise<MediaPlaylist> {
  const answer = await cache.answer(name, never);
  if (answer.kind !== 'list') throw new Error(`${name}: ${JSON.stringify(answer)}`);
  const read = readPlaylist(answer.text, { url: `http://broadcast-cache.invalid/${name}` });
  if (!read.ok || read.playlist.kind !== 'media') throw new Error(answer.text);
  return read.playlist;
}

async function bytesOf(cache: DelayCache, segment: Segment): Promise<Buffer> {
  const answer = await cache.answer(new URL(segment.url).pathname.slice(1), never);
  if (answer.kind !== 'bytes') throw new Error(JSON.stringify(answer));
  return answer.body;
}

function encrypt(body: Buffer, key: Buffer, sn: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(sn, 12);
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([cipher.update(body), cipher.final()]);
}

/** Content numbers of what the list holds, read from its dates. */
const contentsOf = (origin: Origin, { segments }: MediaPlaylist): number[] => {
  const zero = origin.dateOf(0);
  return segments.map((segment) => Math.round((segment.programmeMs! - zero) / 2000));
};

test('the line is out for ten seconds, and what the stage is told goes on as if nothing were', async () => {
  const { origin, make } = await open({ fault: ({ t }) => (t >= 0 && t < 10 ? { kind: 'reset' } : null) });
  const cache = make();
  const first = await list(cache);
  const start = contentsOf(origin, first)[0]!;
  expect(origin.edge() - start).toBeGreaterThanOrEqual(8);
  expect(origin.edge() - start).toBeLessThanOrEqual(11);
  await wait(6);
  origin.mark();
  const seen = new Map<number, Segment>();
  let edge = 0;
  let stoodS = 0;
  for (let i = 0; i < 14; i++) {
    await wait(1);
    const now = await list(cache);
    const contents = contentsOf(origin, now);
    expect(contents).toEqual(Array.from(contents, (_, n) => contents[0]! + n));
    stoodS = contents.at(-1)! > edge ? 0 : stoodS + 1;
    // A list moves by whole segments of two seconds.
    expect(stoodS).toBeLessThanOrEqual(2);
    edge = contents.at(-1)!;
    for (const [n, segment] of now.segments.entries()) seen.set(contents[n]!, segment);
  }
  // The delay is still there: the outage was made up for from disk and fetched afterwards.
  expect(origin.edge() - edge).toBeGreaterThanOrEqual((DELAY_S - STAGE_S) / 2 - 2);
  for (const [content, segment] of seen)
    expect((await bytesOf(cache, segment)).equals(getSegment('360', content))).toBe(true);
  // Over the line each segment came once.
  const fetched = origin.log.filter((line) => line.kind === 'segment' && line.outcome === 'ok').map((l) => l.content);
  expect(fetched.length).toBe(new Set(fetched).size);
});

test('the core is killed and started again: the list goes on, and what was on disk is not fetched again', async () => {
  const { origin, make } = await open({});
  const before = make();
  await list(before);
  await wait(3);
  const old = await list(before);
  await before.stop();
  const fetched = origin.log.filter((line) => line.kind === 'segment').length;
  await wait(1);
  const after = make();
  const now = await list(after);
  const [oldEnd, end] = [old, now].map((l) => contentsOf(origin, l).at(-1)!);
  expect(end! - oldEnd!).toBeGreaterThanOrEqual(0);
  expect(end! - oldEnd!).toBeLessThanOrEqual(2);
  expect(now.startSn).toBe(old.startSn);
  expect(now.segments[0]!.url).toBe(old.segments[0]!.url);
  await wait(1);
  // Only what was produced meanwhile.
  expect(origin.log.filter((line) => line.kind === 'segment').length - fetched).toBeLessThanOrEqual(3);
  await after.stop({ purge: true });
  expect(readdirSync(root)).toEqual([]);
});

test('keys and addresses are not on disk, and what is encrypted can be read with the key in memory', async () => {
  const key = Buffer.from('a key of 16 byte');
  const { origin, make } = await open({
    list: { key, encode: (variant, content, sn) => encrypt(getSegment(variant, content ?? 0), key, sn) },
    query: '?pass=secret7',
  });
  const cache = make();
  const now = await list(cache);
  const segment = now.segments[0]!;
  expect(segment.key).toMatchObject({ method: 'AES-128' });
  const [body, content] = [await bytesOf(cache, segment), contentsOf(origin, now)[0]!];
  // The number that the stage counts is another one than the source's; the IV is written out.
  const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(segment.key!.iv!, 'hex'));
  expect(Buffer.concat([decipher.update(body), decipher.final()]).equals(getSegment('360', content))).toBe(true);
  const answer = await cache.answer(new URL(segment.key!.url).pathname.slice(1), never);
  expect(answer.kind === 'bytes' && answer.body.equals(key)).toBe(true);
  const folder = path.join(root, readdirSync(root)[0]!);
  const names = readdirSync(folder);
  expect(names.filter((name) => name.endsWith('.seg')).length).toBeGreaterThan(4);
  for (const name of names) {
    const body = readFileSync(path.join(folder, name));
    expect(body.includes(key) || body.includes('secret7') || body.includes(origin.base('a'))).toBe(false);
  }
});

test('the source dies and the other one counts otherwise: nothing is missing and nothing comes twice', async () => {
  const { origin, make } = await open({
    hosts: ['a', 'b'],
    list: { sequenceShiftOnB: 5000 },
    fault: ({ t, host }) => (t >= 0 && host === 'a' ? { kind: 'reset' } : null),
  });
  const cache = make({ delayS: 40 });
  await list(cache);
  await wait(3);
  origin.mark();
  await wait(16);
  expect(cache.sourceId).toBe('b');
  cache.goTo(0);
  const contents = contentsOf(origin, await list(cache));
  expect(contents).toEqual(Array.from(contents, (_, n) => contents[0]! + n));
  expect(origin.edge() - contents.at(-1)!).toBeLessThanOrEqual(2);
});

test('a source put first by hand is what the hall sees next, without a hole; when it dies the other one stands in', async () => {
  let bDead = false;
  const { origin, make } = await open({
    hosts: ['a', 'b'],
    list: { sequenceShiftOnB: 5000 },
    bytes: (body, { host }) => (host === 'b' ? Buffer.concat([body, B_MARK]) : body),
    fault: ({ host }) => (bDead && host === 'b' ? { kind: 'reset' } : null),
  });
  let chosen: string | null = null;
  const cache = make({ delayS: 40, chosen: () => chosen, policy: { ...POLICY, keepShownS: 60 } });
  const before = contentsOf(origin, await list(cache)).at(-1)!;
  await wait(3);
  chosen = 'b';
  await wait(3);
  expect(cache.sourceId).toBe('b');
  cache.goTo(0);
  const now = await list(cache);
  const contents = contentsOf(origin, now);
  expect(contents).toEqual(Array.from(contents, (_, n) => contents[0]! + n));
  // What the stage knew already is of the source before; everything behind it is of the chosen one, though the disk held more.
  const hosts = await Promise.all(
    now.segments.map(async (s) => ((await bytesOf(cache, s)).includes(B_MARK) ? 'b' : 'a')),
  );
  const change = hosts.indexOf('b');
  expect(hosts.slice(change)).toEqual(Array.from(hosts.slice(change), () => 'b'));
  expect(contents[change]! - before).toBeGreaterThanOrEqual(1);
  expect(contents[change]! - before).toBeLessThanOrEqual(4);
  bDead = true;
  await wait(14);
  // Until the other one has brought a segment, a hall that has nothing left is told why.
  for (let i = 0; i < 20 && (await cache.answer('main.m3u8', never)).kind !== 'list'; i++) await wait(0.5);
  expect(cache.sourceId).toBe('a');
  const later = contentsOf(origin, await list(cache));
  expect(later).toEqual(Array.from(later, (_, n) => later[0]! + n));
  // Automatic again: the order of the package.
  bDead = false;
  chosen = null;
  await wait(2);
  expect(cache.sourceId).toBe('a');
});

test('a chosen source that cannot be had costs nothing of what is on disk', async () => {
  const { origin, make } = await open({
    hosts: ['a', 'b'],
    fault: ({ host }) => (host === 'b' ? { kind: 'status', status: 404 } : null),
  });
  let chosen: string | null = null;
  const cache = make({ delayS: 40, chosen: () => chosen });
  await list(cache);
  await wait(4);
  const held = origin.edge();
  chosen = 'b';
  await wait(3);
  expect(cache.sourceId).toBe('b');
  // Everything that was on disk is still there.
  cache.goTo(STAGE_S + 2);
  const contents = contentsOf(origin, await list(cache));
  expect(contents).toEqual(Array.from(contents, (_, n) => contents[0]! + n));
  expect(held - contents.at(-1)!).toBeLessThanOrEqual(2);
  await wait(12);
  expect(cache.sourceId).toBe('a');
  cache.goTo(STAGE_S);
  expect(origin.edge() - contentsOf(origin, await list(cache)).at(-1)!).toBeLessThanOrEqual(2);
});

test('ENDLIST that is taken back: unseen where it was taken back in time, play goes on where it was not', async () => {
  const isEnded = (t: number): boolean => (t >= 2 && t < 5) || (t >= 14 && t < 32);
  let t0 = 0;
  // ENDLIST stands while nothing new is listed; then the list goes on where the programme is by now.
  const standsAt = (content: number): boolean => content <= t0 + 8;
  const { origin, make } = await open({
    shape: (media, { t }) => {
      if (!isEnded(t)) return;
      media.ended = true;
      if (t >= 14) media.segments = media.segments.filter(({ content }) => standsAt(content));
    },
  });
  const cache = make({ delayS: 14 });
  await list(cache);
  origin.mark();
  t0 = origin.edge();
  const seen: boolean[] = [];
  for (let i = 0; i < 13; i++) {
    await wait(1);
    seen.push((await list(cache)).ended);
  }
  expect(seen).not.toContain(true);
  let ended = false;
  for (let i = 0; i < 17 && !ended; i++) {
    await wait(1);
    ended = (await list(cache)).ended;
  }
  expect(ended).toBe(true);
  const atEnd = contentsOf(origin, await list(cache));
  expect(atEnd.at(-1)).toBeGreaterThanOrEqual(t0 + 7);
  while (origin.t() < 36) await wait(0.5);
  const after = await list(cache);
  const contents = contentsOf(origin, after);
  expect(after.ended).toBe(false);
  expect(contents.at(-1)).toBeGreaterThan(atEnd.at(-1)!);
  expect(contents).toEqual(Array.from(contents, (_, n) => contents[0]! + n));
});

test('the end reaches the stage when all was shown, and not before', async () => {
  const { origin, make } = await open({ endListAtT: 6 });
  const cache = make({ delayS: 12 });
  await list(cache);
  origin.mark();
  await wait(8);
  expect((await list(cache)).ended).toBe(false);
  await wait(9);
  const now = await list(cache);
  expect([now.ended, contentsOf(origin, now).at(-1)]).toEqual([true, origin.edge()]);
});

test('nothing is shown before the delay exists, unless the hall should have begun', async () => {
  const { make } = await open({ windowS: 8 });
  const held = make({ holdUntilMs: Date.now() + 60_000 });
  await wait(2);
  expect(await held.answer('main.m3u8', never)).toMatchObject({ kind: 'refused', cause: 'missing' });
  await held.stop({ purge: true });
  expect((await list(make())).segments.length).toBeGreaterThan(1);
});

test('byte ranges, fMP4 and sound of its own go through the cache as well', async () => {
  const part = (content: number) => ({ start: (content % 10) * 400_000, length: getSegment('360', content).length });
  const ranges = await open({
    list: {
      ranges: (_variant, content) => part(content),
      encode: (variant, content) => {
        const from = (content ?? 0) - ((content ?? 0) % 10);
        const file = Buffer.alloc(4_000_000, 0x47);
        for (let n = from; n < from + 10; n++) getSegment(variant, n).copy(file, part(n).start);
        return file;
      },
    },
  });
  const ranged = ranges.make();
  const cut = await list(ranged);
  expect(cut.segments[0]!.range).toBeNull();
  expect((await bytesOf(ranged, cut.segments[1]!)).equals(getSegment('360', contentsOf(ranges.origin, cut)[1]!))).toBe(
    true,
  );
  await ranged.stop({ purge: true });
  const sound = await open({ list: { audio: true, encode: (_variant, content) => getSegment('360', content ?? 0) } });
  const cache = sound.make();
  const [main, own] = [await list(cache), await list(cache, 'sound.m3u8')];
  expect(Math.abs(own.segments.at(-1)!.programmeMs! - main.segments.at(-1)!.programmeMs!)).toBeLessThanOrEqual(2000);
  await cache.stop({ purge: true });
  if (fmp4Unavailable() === null) {
    const fmp4 = await open({ list: { map: true, extension: 'm4s', encode: getFmp4 } });
    const mapped = fmp4.make();
    const segment = (await list(mapped)).segments[0]!;
    const init = await mapped.answer(new URL(segment.map!.url).pathname.slice(1), never);
    expect(init.kind === 'bytes' && init.body.equals(getFmp4('360', null))).toBe(true);
    await mapped.stop({ purge: true });
  }
  const drm = await open({
    mangle: (text) => text.replace('METHOD=AES-128', 'METHOD=SAMPLE-AES'),
    list: { key: Buffer.alloc(16) },
  });
  drm.make();
  await wait(1);
  expect(drm.aside).toEqual(['encryption']);
});
