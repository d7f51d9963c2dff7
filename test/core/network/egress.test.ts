import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { PlaylistReader } from '../../../electron/core/broadcast/playlist-reader.ts';
import { relay } from '../../../electron/core/broadcast/relay.ts';
import { createEgress, type EgressOptions } from '../../../electron/core/network/egress.ts';
import type { KeptMoves } from '../../../electron/core/network/moved-addresses.ts';
import { connectFirst } from '../../../electron/core/network/happy-eyeballs.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

interface Server {
  url: string;
  asked: http.IncomingMessage[];
  stop(): Promise<void>;
}

async function serve(answer: http.RequestListener, port = 0): Promise<Server> {
  const asked: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  stops.push(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop };
}

function client(options: EgressOptions = {}) {
  const egress = createEgress(options);
  stops.push(() => egress.stop());
  const get = async (url: string): Promise<string> => {
    const outcome = await egress.fetch(url, {});
    return outcome.ok ? `${outcome.response.status} ${await outcome.response.text()} ${outcome.url}` : outcome.cause;
  };
  return { egress, get };
}

const list = (first: number, lines: string[] = []): string =>
  ['#EXTM3U', '#EXT-X-TARGETDURATION:2', `#EXT-X-MEDIA-SEQUENCE:${first}`, ...lines, '#EXTINF:2,', 'a.ts', ''].join(
    '\n',
  );

test('a permanent redirect is remembered: when the old host closes, the new one is asked', async () => {
  const there = await serve((q, s) => s.end(`there ${q.url}`));
  const here = await serve((q, s) => s.writeHead(301, { location: there.url + q.url }).end());
  const { get } = client();
  expect(await get(`${here.url}/m.m3u8`)).toBe(`200 there /m.m3u8 ${there.url}/m.m3u8`);
  expect(await get(`${here.url}/v.m3u8`)).toMatch(/^200 there/);
  await here.stop();
  expect(await get(`${here.url}/m.m3u8`)).toBe(`200 there /m.m3u8 ${there.url}/m.m3u8`);
  // Everything moved with its path: what was never asked before has moved as well.
  expect(await get(`${here.url}/new/seg-9.ts`)).toBe(`200 there /new/seg-9.ts ${there.url}/new/seg-9.ts`);
});

test('what moved for good is known to a client that starts again; segments, which are asked for once, are not kept', async () => {
  const there = await serve((q, s) => s.end(`there ${q.url}`));
  const here = await serve((q, s) => s.writeHead(308, { location: `${there.url}/new${q.url}` }).end());
  let kept: KeptMoves = { addresses: [], servers: [] };
  let writes = 0;
  const moves = {
    read: () => kept,
    write: (next: KeptMoves) => {
      kept = structuredClone(next);
      writes += 1;
    },
  };
  const before = client({ moves });
  for (let n = 0; n < 4; n++) {
    await before.get(`${here.url}/m.m3u8?t=1`);
    await before.get(`${here.url}/seg-${n}.ts`);
  }
  expect(kept.addresses).toEqual([{ from: `${here.url}/m.m3u8?t=1`, to: `${there.url}/new/m.m3u8?t=1` }]);
  expect(writes).toBe(1);
  await before.egress.stop();
  await here.stop();
  const after = client({ moves });
  expect(await after.get(`${here.url}/m.m3u8?t=1`)).toMatch(/^200 there/);
  expect(await client().get(`${here.url}/m.m3u8?t=1`)).toBe('refused');
  // A whole server that moved counts as well, and what does not answer any more is forgotten.
  const host = await serve((q, s) => s.writeHead(301, { location: there.url + q.url }).end());
  const third = client({ moves });
  await third.get(`${host.url}/a`);
  await third.get(`${host.url}/b`);
  expect(kept.servers).toEqual([{ from: host.url, to: there.url }]);
  await host.stop();
  expect(await client({ moves }).get(`${host.url}/never/asked`)).toMatch(/^200 there/);
});

test('a temporary redirect is not remembered, and a remembered one is given up when the new host fails', async () => {
  let moved = 302;
  const there = await serve((_q, s) => s.end('there'));
  const here = await serve((_q, s) =>
    moved ? s.writeHead(moved, { location: `${there.url}/` }).end() : s.end('here'),
  );
  const { get } = client();
  expect(await get(`${here.url}/`)).toMatch(/^200 there/);
  moved = 0;
  expect(await get(`${here.url}/`)).toMatch(/^200 here/);
  moved = 301;
  expect(await get(`${here.url}/`)).toMatch(/^200 there/);
  moved = 0;
  await there.stop();
  expect(await get(`${here.url}/`)).toMatch(/^200 here/);
});

test('cookies of a server are sent back to it and to nobody else, by path, and until they run out', async () => {
  let now = 1_800_000_000_000;
  const other = await serve((_q, s) => s.end());
  const server = await serve((q, s) => {
    if (q.url === '/m')
      s.setHeader('set-cookie', [
        'a=1; Path=/',
        'b=2; Path=/deep',
        'c=3; Max-Age=60; Path=/',
        'd=4; Domain=com; Path=/',
        'e=5; Secure; Path=/',
      ]);
    s.end();
  });
  const { get } = client({ now: () => now });
  const sent = async (url: string, to: Server): Promise<string | undefined> => {
    await get(url);
    return to.asked.at(-1)?.headers.cookie;
  };
  expect(await sent(`${server.url}/m`, server)).toBeUndefined();
  expect(await sent(`${server.url}/seg`, server)).toBe('a=1; c=3');
  expect(await sent(`${server.url}/deep/seg`, server)).toBe('b=2; a=1; c=3');
  expect(await sent(other.url.replace('127.0.0.1', 'localhost'), other)).toBeUndefined();
  now += 61_000;
  expect(await sent(`${server.url}/seg`, server)).toBe('a=1');
});

test('a list that a cache keeps serving is asked for past the cache', async () => {
  let stuckAge = 2;
  const server = await serve((q, s) => {
    if (q.headers['cache-control'] === 'no-cache') return void s.end(list(50));
    s.writeHead(200, { age: String((stuckAge += 4)) }).end(list(7));
  });
  const reader = new PlaylistReader(client().egress);
  const starts: unknown[] = [];
  for (let n = 0; n < 4; n++) {
    const read = await reader.read(`${server.url}/m.m3u8`, {});
    starts.push(read.ok && read.playlist.kind === 'media' ? read.playlist.startSn : read);
  }
  expect(starts).toEqual([7, 50, 50, 50]);
  // Known to be stuck, the cache is passed by at once.
  expect(server.asked).toHaveLength(5);
});

test('a fresh list with an Age is left alone', async () => {
  let first = 7;
  const server = await serve((_q, s) => void s.writeHead(200, { age: '30' }).end(list(first++)));
  const reader = new PlaylistReader(client().egress);
  for (let n = 0; n < 4; n++) await reader.read(`${server.url}/m.m3u8`, {});
  expect(server.asked.every((request) => request.headers['cache-control'] === undefined)).toBe(true);
});

test('a list that imports variables is read through its master, also by a core that has just been started', async () => {
  const server = await serve((q, s) => {
    const master = '#EXTM3U\n#EXT-X-DEFINE:NAME="tk",VALUE="7"\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n';
    const media = list(1, ['#EXT-X-DEFINE:IMPORT="tk"', '#EXTINF:2,', 'b.ts?t={$tk}']);
    s.end(q.url?.startsWith('/m.m3u8') ? master : media);
  });
  const reader = new PlaylistReader(client().egress);
  const ask = async (more: string) => {
    const asked = new Request(`http://k/stage/api/stream?url=${encodeURIComponent(`${server.url}/v.m3u8`)}${more}`);
    const answer = await relay(reader, asked, () => undefined);
    return `${answer.status} ${answer.headers.get('x-relay-failure') ?? ''} ${await answer.text()}`;
  };
  expect(await ask('')).toBe('502 not_playlist ');
  expect(await ask(`&master=${encodeURIComponent(`${server.url}/m.m3u8`)}`)).toContain('b.ts?t=7');
  expect(await ask('')).toContain('b.ts?t=7');
});

test('a list that needs no mending goes through the relay byte for byte; negative numbers come out countable and go on', async () => {
  let text: string | Buffer = Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,caf\xe9\na.ts', 'latin1');
  const server = await serve(
    (_q, s) => void s.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' }).end(text),
  );
  const reader = new PlaylistReader(client().egress);
  const ask = async () => {
    const answer = await relay(
      reader,
      new Request(`http://k/s?url=${encodeURIComponent(`${server.url}/v.m3u8`)}`),
      () => undefined,
    );
    return Buffer.from(await answer.arrayBuffer());
  };
  expect(await ask()).toEqual(text);
  text = list(-2);
  expect(String(await ask())).toContain('#EXT-X-MEDIA-SEQUENCE:4294967294\n');
  text = list(0);
  expect(String(await ask())).toContain('#EXT-X-MEDIA-SEQUENCE:4294967296\n');
});

test('a segment larger than any can be is refused by its length, or cut off when it has grown too large; memory does not grow', async () => {
  const zeros = Buffer.alloc(4_000_000);
  const server = await serve((q, s) => {
    if (q.url === '/length') return void s.writeHead(200, { 'content-length': 300_000_000 }).end();
    s.writeHead(200, q.url === '/gzip' ? { 'content-encoding': 'gzip' } : {});
    if (q.url === '/gzip') return void s.end(gzipSync(Buffer.alloc(200_000_000)));
    const more = (): void => {
      while (!s.destroyed && s.write(zeros));
      if (!s.destroyed) s.once('drain', more);
    };
    more();
    return undefined;
  });
  const reader = new PlaylistReader(client().egress);
  const ask = async (path: string) => {
    let cut = false;
    const answer = await relay(
      reader,
      new Request(`http://k/s?url=${encodeURIComponent(server.url + path)}`),
      () => (cut = true),
    );
    let bytes = 0;
    if (answer.body) for await (const part of answer.body) bytes += part.byteLength;
    return { failure: answer.headers.get('x-relay-failure'), cut, bytes };
  };
  expect(await ask('/length')).toEqual({ failure: 'too_large', cut: false, bytes: 0 });
  for (const path of ['/endless', '/gzip']) {
    const { failure, cut, bytes } = await ask(path);
    expect([path, failure, cut]).toEqual([path, null, true]);
    expect(bytes).toBeLessThan(40 * 1024 * 1024);
  }
});

test('an address that does not answer costs a quarter of a second, and a slow one is waited for', async () => {
  const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  stops.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const began = performance.now();
  const connected = await new Promise<boolean>((resolve) =>
    connectFirst(
      {
        hostname: 'two.example',
        port,
        timeoutMs: 5_000,
        resolveName: (_name, done) =>
          done(null, [
            { address: '2001:db8::1', family: 6 },
            { address: '127.0.0.1', family: 4 },
          ]),
      },
      (_error, socket) => {
        socket?.destroy();
        resolve(socket !== null);
      },
    ),
  );
  expect(connected).toBe(true);
  expect(performance.now() - began).toBeLessThan(3_000);
});
