import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

async function withUpstream(answer: RequestListener, body: (url: string, world: CoreWorld) => Promise<void>) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await withCore({ people: 1 }, (world) => body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, world));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const ask = (world: CoreWorld, url: string) =>
  fetch(`${world.origin}/stage/api/stream?url=${encodeURIComponent(url)}`, {
    headers: { authorization: `Bearer ${world.tokens.stage}` },
  });

test('what a server calls a page comes out of the relay as bytes that no window would run; media keeps its type', () =>
  withUpstream(
    (request, response) => {
      const type = new URL(request.url ?? '', 'http://x').searchParams.get('type');
      response.writeHead(200, type ? { 'content-type': type } : {}).end('<script>1</script>');
    },
    async (url, world) => {
      const typeOf = async (type: string) => {
        const answer = await ask(world, `${url}/?type=${encodeURIComponent(type)}`);
        expect(await answer.text()).toBe('<script>1</script>');
        expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
        expect(answer.headers.get('content-disposition')).toBe('attachment');
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        return answer.headers.get('content-type');
      };
      for (const type of ['text/html', 'text/html; charset=utf-8', 'image/svg+xml', 'application/xhtml+xml', ''])
        expect([type, await typeOf(type)]).toEqual([type, 'application/octet-stream']);
      for (const type of ['application/vnd.apple.mpegurl', 'audio/mpegurl', 'video/mp2t', 'audio/aac', 'text/vtt'])
        expect(await typeOf(type)).toBe(type);
    },
  ));

test('a segment that breaks off breaks off in the window too, with and without a length, and nothing is printed', () =>
  withUpstream(
    (request, response) => {
      const length = request.url === '/length' ? { 'content-length': 1_000_000 } : {};
      response.writeHead(200, { 'content-type': 'video/mp2t', ...length });
      response.write(Buffer.alloc(100_000));
      setTimeout(() => response.destroy(), request.url === '/soon' ? 0 : 50);
    },
    async (url, world) => {
      const said = (['error', 'info', 'log', 'warn'] as const).map((name) =>
        vi.spyOn(console, name).mockImplementation(() => undefined),
      );
      try {
        for (const path of ['/length', '/chunked', '/soon']) {
          const ended = await ask(world, url + path)
            .then((answer) => answer.arrayBuffer())
            .then(
              () => 'whole',
              () => 'broken off',
            );
          expect([path, ended]).toEqual([path, 'broken off']);
        }
        // The kiosk's server goes on.
        expect((await ask(world, 'file:///etc/passwd')).status).toBe(400);
        expect(said.flatMap((spy) => spy.mock.calls)).toEqual([]);
      } finally {
        for (const spy of said) spy.mockRestore();
      }
    },
  ));
