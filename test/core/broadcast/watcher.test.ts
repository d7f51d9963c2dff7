import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createEgress } from '../../../electron/core/network/egress.ts';
import { PlaylistReader } from '../../../electron/core/broadcast/playlist-reader.ts';
import { relay } from '../../../electron/core/broadcast/relay.ts';
import type { WatchState } from '../../../electron/core/broadcast/watch-state.ts';
import { Watcher } from '../../../electron/core/broadcast/watcher.ts';
import { systemClock } from '../../../electron/core/store/clock.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

async function serve(handler: { answer: Handler }): Promise<string> {
  const server = http.createServer((request, response) => handler.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function media(sequence: number, options: { ended?: boolean; dates?: boolean } = {}): string {
  const lines = ['#EXTM3U', '#EXT-X-TARGETDURATION:1', `#EXT-X-MEDIA-SEQUENCE:${sequence}`];
  for (let i = 0; i < 5; i += 1) {
    if (options.dates !== false)
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(1_800_000_000_000 + (sequence + i) * 1000).toISOString()}`);
    lines.push('#EXTINF:1.0,', `s${sequence + i}.ts`);
  }
  if (options.ended) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

function watch(
  urls: string[],
  notBeforeMs: number | null = null,
): { state: () => WatchState; seen: string[]; watcher: Watcher } {
  const egress = createEgress();
  const seen: string[] = [];
  const watcher = new Watcher({
    sources: urls.map((url, i) => ({ id: `s${i}`, url })),
    egress,
    clock: systemClock(),
    random: () => 0,
    notBeforeMs,
    onError: (cause) => {
      throw cause;
    },
    onChange: (state) => {
      if (seen.at(-1) !== state.health) seen.push(state.health);
    },
  });
  watcher.start();
  stops.push(
    () => egress.stop(),
    () => watcher.stop(),
  );
  return { state: () => watcher.state, seen, watcher };
}

async function until(what: string, check: () => boolean, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!check()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a moving playlist is live, ENDLIST ends it, and the answer to a fault in between is never "ended"', async () => {
  let sequence = 1;
  const handler: { answer: Handler } = { answer: (_q, s) => s.end(media((sequence += 1))) };
  const url = await serve(handler);
  const { state, seen } = watch([`${url}/live.m3u8`]);
  await until('live', () => state().health === 'live');
  handler.answer = (_q, s) => s.writeHead(503).end();
  await until('unreachable', () => state().health === 'unreachable');
  expect(state().lastFailure).toBe('http 503');
  handler.answer = (_q, s) => s.end('<html>Đăng nhập Wi-Fi</html>');
  await until('portal seen', () => state().lastFailure === 'not a playlist');
  handler.answer = (_q, s) => s.end(media((sequence += 1)));
  await until('live again', () => state().health === 'live');
  expect(state().endlistAt).toBeNull();
  handler.answer = (_q, s) => s.end(media(sequence, { ended: true }));
  await until('ended', () => state().health === 'ended');
  expect(state().endlistAt).not.toBeNull();
  expect(seen).toEqual(['live', 'unreachable', 'live', 'ended']);
});

test('a playlist that stands still is stale after 12 seconds, not ended', async () => {
  const url = await serve({ answer: (_q, s) => s.end(media(7)) });
  const { state } = watch([`${url}/live.m3u8`]);
  await until('live', () => state().health === 'live');
  await until('stale', () => state().health === 'stale', 16_000);
  expect(state().endlistAt).toBeNull();
});

test("a dead first source hands over to the second, and the stream's wants are named", async () => {
  let sequence = 1;
  const url = await serve({
    answer: (_q, s) =>
      s.setHeader('date', new Date(Date.now() + 90_000).toUTCString()).end(media((sequence += 1), { dates: false })),
  });
  const { state } = watch(['http://127.0.0.1:59999/live.m3u8', `${url}/live.m3u8`]);
  await until('the second source', () => state().health === 'live', 20_000);
  expect(state()).toMatchObject({ sourceId: 's1' });
  await until('its wants', () => state().missing.length === 5);
  const wants = ['short_window', 'no_date_time', 'short_segments', 'no_cache_lifetime', 'no_cors'];
  expect(state().missing).toEqual(wants);
  expect(Math.abs((state().clockOffsetMs ?? 0) - 90_000)).toBeLessThan(3_000);
});

test('the ENDLIST of the morning, still on the server, does not end the afternoon', async () => {
  const url = await serve({ answer: (_q, s) => s.end(media(1, { ended: true })) });
  const edge = 1_800_000_000_000 + 6_000;
  const { state } = watch([`${url}/live.m3u8`], edge + 3_600_000);
  await until('the old list to be read', () => state().lastFailure !== null);
  expect(state()).toMatchObject({ health: 'waiting', lastFailure: 'earlier broadcast', endlistAt: null });
  const own = watch([`${url}/live.m3u8`], edge - 3_600_000);
  await until('its own end', () => own.state().health === 'ended');
});

test('ENDLIST on one source is not the end while another goes on, unless the stage plays the one that ended', async () => {
  let sequence = 1;
  const ended = await serve({ answer: (_q, s) => s.end(media(1, { ended: true })) });
  const alive = await serve({ answer: (_q, s) => s.end(media((sequence += 1))) });
  const { state, watcher } = watch([`${ended}/live.m3u8`, `${alive}/live.m3u8`]);
  await until('the living source', () => state().health === 'live');
  expect(state()).toMatchObject({ sourceId: 's1', endlistAt: null });
  watcher.setStageSource('s0');
  await until('the end on the stage’s own source', () => state().health === 'ended');
  expect(state()).toMatchObject({ sourceId: 's0', endlistIsOurs: true });
});

test('a list that had ended before it was first looked at is not called ours', async () => {
  const url = await serve({ answer: (_q, s) => s.end(media(1, { ended: true, dates: false })) });
  const { state } = watch([`${url}/live.m3u8`]);
  await until('ended', () => state().health === 'ended');
  expect(state().endlistIsOurs).toBe(false);
});

test('the relay passes bytes, ranges and statuses on, names the final address, and names network failures', async () => {
  const asked: string[] = [];
  const url = await serve({
    answer: (q, s) => {
      asked.push(
        `${q.url} ${q.headers.range ?? ''} ${String(q.headers['cmcd-session'] ?? '')} ${q.headers.cookie ?? ''}`,
      );
      if (q.url === '/moved') return void s.writeHead(302, { location: '/seg.ts' }).end();
      if (q.url === '/gone') return void s.writeHead(404).end('gone');
      return void s
        .writeHead(206, { 'content-type': 'video/mp2t', 'content-range': 'bytes 0-3/9', 'set-cookie': 'a=b' })
        .end('abcd');
    },
  });
  const egress = createEgress();
  stops.push(() => egress.stop());
  const ask = (target: string, headers: Record<string, string> = {}) =>
    relay(
      new PlaylistReader(egress),
      new Request(`http://127.0.0.1/stage/api/stream?url=${encodeURIComponent(target)}`, { headers }),
      () => undefined,
    );
  const moved = await ask(`${url}/moved`, {
    range: 'bytes=0-3',
    'cmcd-session': 'sid="x"',
    cookie: 'kiosk_token=secret',
  });
  expect({
    status: moved.status,
    text: await moved.text(),
    final: moved.headers.get('x-final-url'),
    range: moved.headers.get('content-range'),
  }).toEqual({
    status: 206,
    text: 'abcd',
    final: `${url}/seg.ts`,
    range: 'bytes 0-3/9',
  });
  expect(moved.headers.get('set-cookie')).toBeNull();
  expect(asked[1]).toBe('/seg.ts bytes=0-3 sid="x" ');
  expect((await ask(`${url}/gone`)).status).toBe(404);
  const refused = await ask('http://127.0.0.1:59999/x.ts');
  expect([refused.status, refused.headers.get('x-relay-failure')]).toEqual([502, 'refused']);
  const nowhere = await ask('http://no-such-host.invalid/x.ts');
  expect([nowhere.status, nowhere.headers.get('x-relay-failure')]).toEqual([502, 'name_not_found']);
  expect((await ask('file:///etc/passwd')).status).toBe(400);
});
