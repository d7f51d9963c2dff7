import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in of the core's relay with its two headers. An upstream 502 is passed on as "the name does not resolve". */
export async function startRelay(): Promise<{ base: string; stop: () => void }> {
  const server = http.createServer((request, response) => {
    const head = {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'x-final-url, x-relay-failure',
    };
    const target = new URL(request.url ?? '/', 'http://relay').searchParams.get('url') ?? '';
    const upstream = http.get(
      target,
      { headers: request.headers.range ? { range: request.headers.range } : {} },
      (answer) => {
        const failed = answer.statusCode === 502 ? { 'x-relay-failure': 'dns_unavailable' } : {};
        response.writeHead(answer.statusCode ?? 502, { ...head, ...failed, 'x-final-url': target });
        answer.pipe(response);
      },
    );
    upstream.on('error', () => response.writeHead(502, { ...head, 'x-relay-failure': 'refused' }).end());
    response.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}/stage/api/stream?url=`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
