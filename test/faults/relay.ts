import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { PlaylistReader } from '../../electron/core/broadcast/playlist-reader.ts';
import { relay } from '../../electron/core/broadcast/relay.ts';
import { createEgress, type Egress } from '../../electron/core/network/egress.ts';

/** The core's own relay on a port of its own, open to the bench's page. An upstream 502 is passed on as "names are not resolved". */
export async function startRelay(): Promise<{
  base: string;
  egress: Egress;
  reader: PlaylistReader;
  stop: () => void;
}> {
  const egress = createEgress();
  const reader = new PlaylistReader(egress);
  const server = http.createServer((request, response) => {
    void (async () => {
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const asked = new Request(`http://relay${request.url ?? '/'}`, {
        headers: request.headers.range ? { range: request.headers.range } : {},
        signal: gone.signal,
      });
      const answer = await relay(reader, asked, () => response.destroy());
      const failed = answer.status === 502 && !answer.headers.has('x-relay-failure');
      response.writeHead(answer.status, {
        ...Object.fromEntries(answer.headers),
        ...(failed ? { 'x-relay-failure': 'dns_unavailable' } : {}),
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
      });
      if (!answer.body) response.end();
      else
        Readable.fromWeb(answer.body as ReadableStream)
          .on('error', () => response.destroy())
          .pipe(response);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}/stage/api/stream`,
    egress,
    reader,
    stop: () => {
      server.closeAllConnections();
      server.close();
      void egress.stop();
    },
  };
}
