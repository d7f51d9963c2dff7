import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { withCore } from '../../support/with-core.ts';

test('the stage asks for a fresh address and gets it, for later views too; a source without one has none', async () => {
  const tokens = createServer((_request, response) =>
    response.end(JSON.stringify({ url: 'http://127.0.0.1:9/live.m3u8?token=2' })),
  ).listen(0, '127.0.0.1');
  await new Promise((resolve) => tokens.once('listening', resolve));
  const refreshUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`;
  const sources = [
    { id: 'a', url: 'http://127.0.0.1:9/live.m3u8?token=1', refreshUrl },
    { id: 'b', url: 'http://127.0.0.1:9/b.m3u8' },
  ];
  try {
    await withCore({ people: 1, sitting: { sources }, random: () => 0 }, async (world) => {
      const ask = async (sourceId: string) => {
        const answer = await world.ask('stage/fresh-address', { sourceId });
        return 'url' in answer ? answer.url : answer.error;
      };
      expect(await ask('b')).toBeNull();
      expect(await ask('nobody')).toBeNull();
      expect(await ask('a')).toBe('http://127.0.0.1:9/live.m3u8?token=2');
      const { broadcast } = world.core.hall;
      expect(sources.map((source) => broadcast.addressOf(source))).toEqual([
        'http://127.0.0.1:9/live.m3u8?token=2',
        'http://127.0.0.1:9/b.m3u8',
      ]);
      expect(await ask('')).toBe('invalid_input');
    });
  } finally {
    tokens.closeAllConnections();
    tokens.close();
  }
});
