import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createMoveMemory } from '../../../electron/core/hall/move-memory.ts';
import { withCore } from '../../support/with-core.ts';

test('a core that starts again still knows where the broadcast moved, and no token is in clear on disk', async () => {
  const servers: http.Server[] = [];
  const serve = async (answer: http.RequestListener): Promise<{ url: string; stop(): void }> => {
    const server = http.createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = (): void => {
      server.close();
      server.closeAllConnections();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
  };
  let listed = 0;
  const there = await serve((_q, s) => {
    listed += 1;
    const lines = ['#EXTM3U', '#EXT-X-TARGETDURATION:2', `#EXT-X-MEDIA-SEQUENCE:${listed}`];
    s.end([...lines, ...Array.from({ length: 40 }, (_, i) => `#EXTINF:2,\ns${listed + i}.ts`), ''].join('\n'));
  });
  const here = await serve((_q, s) => s.writeHead(301, { location: `${there.url}/live.m3u8?pass=moved-secret` }).end());
  const now = Date.now();
  const at = (ms: number): string => new Date(now + ms).toISOString();
  const sitting = { opensAt: at(-120_000), startsAt: at(-60_000), endsAt: at(3_600_000) };
  try {
    await withCore({ people: 1, sources: [{ id: 'a', url: `${here.url}/m.m3u8` }], sitting }, async (world) => {
      // Read, and read again at its new address.
      await world.until('the list moves', () => listed >= 3);
      here.stop();
      const seen = listed;
      await world.restart();
      await world.until('the list is read at its new address', () => listed > seen + 1);
      const { store, document } = world;
      const { addresses } = createMoveMemory(store.settings, document.packageId, () => undefined).read();
      expect(addresses).toEqual([{ from: `${here.url}/m.m3u8`, to: `${there.url}/live.m3u8?pass=moved-secret` }]);
      const files = readdirSync(world.dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
      const inClear = files.filter((file) =>
        readFileSync(path.join(file.parentPath, file.name)).includes('moved-secret'),
      );
      expect(inClear.map(({ name }) => name)).toEqual([]);
    });
  } finally {
    for (const server of servers) server.close();
  }
});
