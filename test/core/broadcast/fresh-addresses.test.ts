import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { FreshAddresses } from '../../../electron/core/broadcast/fresh-addresses.ts';
import { createEgress } from '../../../electron/core/network/egress.ts';
import { Watcher } from '../../../electron/core/broadcast/watcher.ts';
import { systemClock } from '../../../electron/core/store/clock.ts';

async function withTokenServer(
  answer: RequestListener,
  body: (addresses: FreshAddresses, asked: () => number) => Promise<void>,
) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const egress = createEgress();
  const refreshUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  const sources = [
    { id: 'a', url: 'http://centre.test/a.m3u8?t=1', refreshUrl },
    { id: 'b', url: 'http://centre.test/b.m3u8' },
  ];
  try {
    await body(new FreshAddresses({ sources, egress, random: () => 0 }), () => asked);
  } finally {
    server.closeAllConnections();
    server.close();
    await egress.stop();
  }
}

const source = (addresses: FreshAddresses, id: 'a' | 'b') =>
  addresses.of({ id, url: `http://centre.test/${id}.m3u8${id === 'a' ? '?t=1' : ''}` });

test('a fresh address takes the place of the one that ran out, and one request serves everybody who wants it', () =>
  withTokenServer(
    (_request, response) => response.end(JSON.stringify({ url: 'https://centre.test/a.m3u8?t=2', expires: 60 })),
    async (addresses, asked) => {
      expect(source(addresses, 'a')).toBe('http://centre.test/a.m3u8?t=1');
      const answers = await Promise.all([addresses.renew('a'), addresses.renew('a')]);
      expect(answers).toEqual(['https://centre.test/a.m3u8?t=2', 'https://centre.test/a.m3u8?t=2']);
      expect(await addresses.renew('a')).toBe('https://centre.test/a.m3u8?t=2');
      expect(asked()).toBe(1);
      expect(source(addresses, 'a')).toBe('https://centre.test/a.m3u8?t=2');
    },
  ));

test('a source without a place to ask, an unknown one and a stopped hall ask nobody', () =>
  withTokenServer(
    (_request, response) => response.end(JSON.stringify({ url: 'https://centre.test/x' })),
    async (addresses, asked) => {
      expect(await addresses.renew('b')).toBeNull();
      expect(await addresses.renew('c')).toBeNull();
      addresses.stop();
      expect(await addresses.renew('a')).toBeNull();
      expect(asked()).toBe(0);
    },
  ));

for (const [what, status, text] of [
  ['an error', 500, '{"url":"https://centre.test/x"}'],
  ['a web page', 200, '<html>Wi-Fi</html>'],
  ['no address', 200, '{"url":"javascript:alert(1)"}'],
  ['an endless answer', 200, `{"url":"https://centre.test/${'x'.repeat(20_000)}"}`],
] as const)
  test(`${what} in place of a fresh address leaves the old one in use`, () =>
    withTokenServer(
      (_request, response) => response.writeHead(status).end(text),
      async (addresses) => {
        expect(await addresses.renew('a')).toBeNull();
        expect(source(addresses, 'a')).toBe('http://centre.test/a.m3u8?t=1');
      },
    ));

test('a watcher whose token runs out reads on at the fresh address, and asks no more when that is refused as well', async () => {
  const asked = { refused: 0, fresh: 0 };
  let isOpen = true;
  const list = '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:2,\ns7.ts\n';
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url.startsWith('/token')) {
      asked.fresh += 1;
      response.end(JSON.stringify({ url: `http://${request.headers.host}/live.m3u8?t=2` }));
    } else if ((url.endsWith('t=2') && isOpen) || url.endsWith('.ts')) response.end(list);
    else {
      asked.refused += 1;
      response.writeHead(403).end();
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const egress = createEgress();
  const sources = [{ id: 'a', url: `${base}/live.m3u8?t=1`, refreshUrl: `${base}/token` }];
  const addresses = new FreshAddresses({ sources, egress, random: () => 0 });
  const watcher = new Watcher({
    sources,
    addresses,
    egress,
    clock: systemClock(),
    random: () => 0,
    pace: 10,
    onChange: () => undefined,
    onError: (cause) => expect.fail(String(cause)),
  });
  try {
    watcher.start();
    await vi.waitFor(() => expect(watcher.state.health).toBe('live'), { timeout: 8_000 });
    expect(asked).toEqual({ refused: 1, fresh: 1 });
    isOpen = false;
    await vi.waitFor(() => expect(watcher.state.health).toBe('unreachable'), { timeout: 8_000 });
    expect(asked.fresh).toBeLessThanOrEqual(2);
  } finally {
    await watcher.stop();
    addresses.stop();
    server.closeAllConnections();
    server.close();
    await egress.stop();
  }
});
