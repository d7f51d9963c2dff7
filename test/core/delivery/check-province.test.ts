import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkProvince, reachOfTry } from '../../../electron/core/delivery/check-province.ts';
import { createTransport } from '../../../electron/core/delivery/transport.ts';
import { withProvince } from '../../support/province.ts';

async function reach(
  endpoint: string,
  net: { proxy?: string; certificateAuthority?: string } = {},
): Promise<{ reach: string; httpStatus: number | null }> {
  const transport = createTransport({ ...net, limits: { connectMs: 1_000, totalMs: 1_500 } });
  try {
    const check = await checkProvince({ transport, endpoint, viaProxy: net.proxy !== undefined });
    expect(check.tookMs).toBeGreaterThanOrEqual(0);
    return { reach: check.reach, httpStatus: check.httpStatus };
  } finally {
    await transport.close();
  }
}

async function withServer<T>(server: Server, run: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await run((server.address() as AddressInfo).port);
  } finally {
    if ('closeAllConnections' in server) (server as Server & { closeAllConnections(): void }).closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const serving = (listener: RequestListener) =>
  withServer(createServer(listener), (port) => reach(`http://127.0.0.1:${port}/api/`));

const tls = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../fixtures/tls', name), 'utf8');

test('the real intake is recognised, and is not asked about any report it has', async () => {
  await withProvince({}, async ({ endpoint }) => {
    expect(await reach(endpoint)).toEqual({ reach: 'ok', httpStatus: 404 });
  });
});

test('a portal, a redirect, a busy and a broken server are told apart', async () => {
  expect(await serving((_q, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Wi-Fi</h1>'))).toEqual({
    reach: 'not_the_province',
    httpStatus: 200,
  });
  expect((await serving((_q, r) => r.writeHead(404, { 'content-type': 'text/html' }).end('?'))).reach).toBe(
    'not_the_province',
  );
  expect((await serving((_q, r) => r.writeHead(302, { location: 'http://127.0.0.1:9/' }).end())).reach).toBe(
    'redirected',
  );
  expect((await serving((_q, r) => r.writeHead(503).end())).reach).toBe('busy');
  expect((await serving((_q, r) => r.writeHead(500).end())).reach).toBe('server_error');
  expect((await serving((_q, r) => r.writeHead(407).end())).reach).toBe('proxy_login');
});

test('a wrong name, a closed port and a server that says nothing are told apart', async () => {
  expect((await reach('http://khong-co.invalid')).reach).toBe('name_not_found');
  const closed = await withServer(createTcpServer(), async (port) => port);
  expect((await reach(`http://127.0.0.1:${closed}`)).reach).toBe('refused');
  expect((await reach('http://127.0.0.1:9', { proxy: `http://127.0.0.1:${closed}` })).reach).toBe('proxy_failed');
  expect((await serving(() => undefined)).reach).toBe('timeout');
});

test('an unknown certificate is named as that, and is taken with the province’s own authority', async () => {
  const server = () =>
    createTlsServer({ key: tls('loopback-key.pem'), cert: tls('loopback-cert.pem') }, (_q, r) =>
      r.writeHead(404, { 'content-type': 'application/problem+json' }).end('{}'),
    );
  expect((await withServer(server(), (port) => reach(`https://127.0.0.1:${port}`))).reach).toBe('certificate');
  const certificateAuthority = tls('loopback-cert.pem');
  expect(
    (await withServer(server(), (port) => reach(`https://127.0.0.1:${port}`, { certificateAuthority }))).reach,
  ).toBe('ok');
});

test('a failed look at one report is told in the same words', () => {
  expect(reachOfTry('unreachable', null)).toBe('unreachable');
  expect(reachOfTry('refused', 407)).toBe('proxy_login');
  expect(reachOfTry('bad_receipt', 200)).toBe('not_the_province');
});
