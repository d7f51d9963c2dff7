import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { withCheckBed } from '../../support/check-bed.ts';

const MEGABIT = 1_000_000;

interface Centre {
  url: string;
  stop(): Promise<void>;
}

/** A centre with two renditions of 1 and 4 Mbit/s, whose line carries so many bits a second. */
async function startCentre(
  options: { bitsPerSecond?: number; status?: number; segmentStatus?: number } = {},
): Promise<Centre> {
  const { bitsPerSecond = Infinity, status = 200, segmentStatus = 200 } = options;
  const list = ['#EXTM3U', '#EXT-X-TARGETDURATION:2', '#EXT-X-MEDIA-SEQUENCE:7'];
  for (let i = 0; i < 6; i += 1) list.push('#EXTINF:2.0,', `s${i}.ts`);
  const master =
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000000\nlow.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=4000000\ntop.m3u8\n';
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const name = request.url ?? '';
    asked.push(name);
    if (name.endsWith('/live.m3u8')) return void response.writeHead(status).end(master);
    if (name.endsWith('.m3u8')) return void response.end(list.join('\n'));
    if (segmentStatus !== 200) return void response.writeHead(segmentStatus).end();
    const bytes = Buffer.alloc((4 * MEGABIT * 2) / 8);
    if (bitsPerSecond === Infinity) return void response.end(bytes);
    // Ten pieces a second, as a slow line brings them.
    const piece = Math.max(1, Math.floor(bitsPerSecond / 8 / 10));
    let at = 0;
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + piece));
      at += piece;
      if (at >= bytes.length) {
        clearInterval(timer);
        response.end();
      }
    }, 100);
    response.on('close', () => clearInterval(timer));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live.m3u8`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function judge(
  centres: Centre[],
  body: (bed: Parameters<Parameters<typeof withCheckBed>[1]>[0]) => Promise<void>,
) {
  const sources = centres.map(({ url }, i) => ({ id: `s${i}`, url }));
  try {
    await withCheckBed({ sources }, body);
  } finally {
    await Promise.all(centres.map((centre) => centre.stop()));
  }
}

test('a line that carries the top rendition one and a half times, and a picture that is decoded: green', async () => {
  await judge([await startCentre()], async ({ run, context }) => {
    expect(await run('picture')).toMatchObject({ state: 'green', word: 'good', facts: { needed: 6 } });
    context.stage.decode = () => Promise.resolve(null);
    expect(await run('picture')).toMatchObject({ state: 'yellow', word: 'undecoded' });
    context.stage.decode = (all) => Promise.resolve(all.map(({ id }) => ({ id, frames: 0, widthPx: 0, heightPx: 0 })));
    expect(await run('picture')).toMatchObject({ state: 'red', word: 'not_decodable' });
  });
});

test(
  'a real slow server: below one and a half is yellow, below the least rendition is red',
  { timeout: 40_000 },
  async () => {
    await judge([await startCentre({ bitsPerSecond: 4.5 * MEGABIT })], async ({ run }) => {
      const found = await run('picture');
      expect(found).toMatchObject({ state: 'yellow', word: 'slow' });
      expect(Number(found.facts['mbps'])).toBeLessThan(6);
    });
    await judge([await startCentre({ bitsPerSecond: 0.4 * MEGABIT })], async ({ run }) =>
      expect(await run('picture')).toMatchObject({ state: 'red', word: 'too_slow' }),
    );
  },
);

test('not sent yet, refused, one of two gone, and a segment that is missing', async () => {
  await judge([await startCentre({ status: 404 })], async ({ run }) =>
    expect(await run('picture')).toMatchObject({ state: 'yellow', word: 'not_begun' }),
  );
  await judge([await startCentre({ status: 403 })], async ({ run }) =>
    expect(await run('picture')).toMatchObject({ state: 'red', word: 'fails', facts: { cause: 'denied' } }),
  );
  const gone = await startCentre();
  await gone.stop();
  await judge([await startCentre(), { ...gone, stop: () => Promise.resolve() }], async ({ run }) =>
    expect(await run('picture')).toMatchObject({ state: 'yellow', word: 'some_fail', facts: { cause: 'refused' } }),
  );
  await judge([await startCentre({ segmentStatus: 500 })], async ({ run }) =>
    expect(await run('picture')).toMatchObject({ state: 'red', word: 'fails', facts: { cause: 'server_error' } }),
  );
});

test('while the hall watches nothing more is fetched', async () => {
  await judge([await startCentre({ status: 500 })], async ({ run, context }) => {
    context.stage.isPlaying = () => true;
    expect(await run('picture')).toMatchObject({ state: 'green', word: 'playing' });
  });
});
