import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { createCentral } from '../../../electron/core/rehearsal/central.ts';
import type { Central, CentralOptions } from '../../../electron/core/rehearsal/central.ts';
import { getRehearsalMedia } from '../../../electron/core/rehearsal/hls-media.ts';
import { readPackets } from '../../../electron/core/rehearsal/hls-packets.ts';
import { mediaDir } from './central-media.ts';

const startsAt = Date.parse('2026-03-04T08:00:00+07:00');
const running: Central[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((c) => c.stop()));
});

async function withCentral(options: Partial<CentralOptions> & { now?: number } = {}) {
  const time = { now: options.now ?? startsAt + 70_000 };
  const central = createCentral({
    mediaDir,
    streamStartsAtMs: startsAt,
    endsAtMs: startsAt + 600_000,
    clock: () => time.now,
    ...options,
  });
  running.push(central);
  const { port, masterUrl } = await central.start();
  const get = (file: string, init?: RequestInit) => fetch(new URL(file, masterUrl), init);
  return { central, port, masterUrl, get, time };
}

test('the master playlist names two renditions and every address in it answers', async () => {
  const { masterUrl, get } = await withCentral();
  const answer = await fetch(masterUrl);
  expect(answer.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
  expect(answer.headers.get('cache-control')).toBe('max-age=1');
  const text = await answer.text();
  expect(text).toMatch(/RESOLUTION=1280x720.*CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"\n720\/index\.m3u8/);
  expect(text).toMatch(/RESOLUTION=640x360.*CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"\n360\/index\.m3u8/);
  for (const name of ['720', '360']) {
    const playlist = await (await get(`${name}/index.m3u8`)).text();
    expect(playlist.split('\n').slice(0, 4)).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:6',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-MEDIA-SEQUENCE:0',
    ]);
    const segments = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(segments).toHaveLength(35);
    for (const segment of [segments[0], segments[34]]) {
      const body = await get(`${name}/${segment!}`);
      expect(body.status).toBe(200);
      expect(body.headers.get('content-type')).toBe('video/mp2t');
      expect([...readPackets(await body.bytes())].some((p) => p.streamId === 0xe0)).toBe(true);
    }
  }
});

test('nothing is there before the start, and errors can be read by any page', async () => {
  const { get, time } = await withCentral({ now: startsAt - 1 });
  for (const file of ['master.m3u8', '720/index.m3u8', '720/0.ts', '../../etc/passwd', '720/-1.ts', '720/0.m2ts']) {
    const answer = await get(file);
    expect([file, answer.status]).toEqual([file, 404]);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  }
  time.now = startsAt + 2000;
  expect((await get('master.m3u8')).status).toBe(200);
  expect((await get('720/0.ts')).status).toBe(200);
  expect((await get('720/1.ts')).status).toBe(404);
});

test('a segment stays for a minute after it left the playlist, then goes', async () => {
  const { get, time } = await withCentral({ windowSeconds: 20, now: startsAt + 20_000 });
  time.now = startsAt + 80_000;
  expect((await get('360/0.ts')).status).toBe(200);
  time.now = startsAt + 82_000;
  expect((await get('360/0.ts')).status).toBe(404);
});

test('HEAD, pre-flight and forbidden methods are answered as a browser expects', async () => {
  const { get } = await withCentral();
  const head = await get('720/3.ts', { method: 'HEAD' });
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(10_000);
  expect(await head.text()).toBe('');
  const preflight = await get('720/3.ts', { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, '*']);
  const post = await get('720/3.ts', { method: 'POST', body: 'x' });
  expect([post.status, post.headers.get('access-control-allow-origin')]).toEqual([405, '*']);
});

test('a restarted server gives the same playlist and the same bytes, on the same port when it can', async () => {
  const one = await withCentral({ now: startsAt + 333_333 });
  const before = [await (await one.get('720/index.m3u8')).text(), await (await one.get('720/160.ts')).bytes()];
  await one.central.stop();
  const two = await withCentral({ now: startsAt + 333_333, port: one.port });
  expect(two.port).toBe(one.port);
  // The client's pooled connection to the first server may still be dying.
  await vi.waitFor(() => two.get('master.m3u8'));
  expect([await (await two.get('720/index.m3u8')).text(), await (await two.get('720/160.ts')).bytes()]).toEqual(before);
});

test('a taken port is replaced by another', async () => {
  const one = await withCentral();
  const two = await withCentral({ port: one.port });
  expect(two.port).not.toBe(one.port);
  expect((await two.get('master.m3u8')).status).toBe(200);
});

test('it counts what it served and stops with connections still open', async () => {
  const { central, get, port } = await withCentral();
  await (await get('master.m3u8')).text();
  await (await get('720/index.m3u8')).text();
  await (await get('720/1.ts')).bytes();
  await (await get('720/999.ts')).text();
  expect(central.served()).toEqual({ segments: 1, playlists: 2 });
  const agent = new http.Agent({ keepAlive: true });
  await new Promise((resolve) =>
    http.get({ port, path: '/live/master.m3u8', agent }, (r) => r.resume().on('end', resolve)),
  );
  await central.stop();
  await central.stop();
  await expect(get('master.m3u8')).rejects.toThrow('fetch failed');
  agent.destroy();
});

test('the committed media is at most 4 MB and as its index says', () => {
  const files = fs.readdirSync(mediaDir);
  const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(mediaDir, file)).size, 0);
  expect(bytes).toBeLessThan(4_000_000);
  const { index, renditions } = getRehearsalMedia(mediaDir);
  expect(renditions.map((r) => [r.width, r.height, r.segments.length])).toEqual([
    [1280, 720, 30],
    [640, 360, 30],
  ]);
  expect([index.segmentMs, index.loopMs, index.frameRate]).toEqual([2000, 60_000, 25]);
});

const steps = (ticks: number[]) => new Set(ticks.slice(1).map((t, i) => t - ticks[i]!));
const ffprobe = spawnSync('ffprobe', ['-version']).status === 0;
test.runIf(ffprobe)('an independent reader finds H.264 and AAC with no gap over the seam', async () => {
  const { get } = await withCentral();
  const parts: Uint8Array[] = [];
  for (let n = 28; n < 32; n += 1) parts.push(await (await get(`720/${n}.ts`)).bytes());
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'central-')), 'seam.mpegts');
  fs.writeFileSync(file, Buffer.concat(parts));
  const fields = 'stream=codec_name,profile,width,height,sample_rate:packet=codec_type,dts,flags';
  const { stdout, stderr } = await promisify(execFile)('ffprobe', [
    '-v',
    'warning',
    '-show_entries',
    fields,
    '-of',
    'json',
    file,
  ]);
  fs.rmSync(path.dirname(file), { recursive: true });
  expect(stderr).toBe('');
  const found = JSON.parse(stdout) as {
    streams: { codec_name: string }[];
    packets: { codec_type: string; dts: number; flags: string }[];
  };
  expect(found.streams).toMatchObject([
    { codec_name: 'h264', profile: 'High', width: 1280, height: 720 },
    { codec_name: 'aac', profile: 'LC', sample_rate: '32000' },
  ]);
  const dts = (type: string) => found.packets.filter((p) => p.codec_type === type).map((p) => p.dts);
  expect(steps(dts('video'))).toEqual(new Set([3600]));
  expect(steps(dts('audio'))).toEqual(new Set([2880]));
  expect(dts('video')).toHaveLength(200);
  expect(dts('audio')).toHaveLength(250);
  expect(found.packets.filter((p) => p.codec_type === 'video' && p.flags.startsWith('K'))).toHaveLength(4);
});
