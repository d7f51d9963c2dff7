import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlaylistReader } from '../../../electron/core/broadcast/playlist-reader.ts';
import { createEgress, type EgressOptions } from '../../../electron/core/network/egress.ts';
import type { Cause, Whose } from '../../../electron/shared/causes.ts';
import { makeCertificate, type MadeCertificate } from '../../support/certificates.ts';

/** A fault made with real sockets, and its right name. */
interface Fault {
  name: string;
  cause: Cause | readonly Cause[];
  whose: Whose | readonly Whose[];
  url(): Promise<string> | string;
  options?(): Promise<EgressOptions> | EgressOptions;
}

const stops: (() => void)[] = [];
let root: MadeCertificate;
let middle: MadeCertificate;
let strange: MadeCertificate;
let other = '';

afterAll(() => {
  for (const stop of stops) stop();
});

beforeAll(async () => {
  root = makeCertificate({ name: 'Test Root CA', authority: true });
  middle = makeCertificate({ name: 'Test Issuing CA', authority: true, issuer: root });
  strange = makeCertificate({ name: 'Strange Root CA', authority: true });
  other = await serveHttp((_request, response) => response.end('here'));
});

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function serveHttp(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer);
  stops.push(() => server.closeAllConnections());
  return `http://127.0.0.1:${await listen(server)}`;
}

/** A raw TCP server: `said` is written as soon as a request comes, null resets the connection. */
async function serveRaw(act: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const port = await listen(
    net.createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      act(socket);
    }),
  );
  stops.push(() => sockets.forEach((socket) => socket.destroy()));
  return port;
}

/** A port that was free a moment ago. */
async function closed(protocol: string): Promise<string> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `${protocol}://127.0.0.1:${port}`;
}

async function serveTls(chain: MadeCertificate[], extra: https.ServerOptions & { date?: Date } = {}): Promise<string> {
  const { date, ...options } = extra;
  const server = https.createServer(
    { cert: chain.map((c) => c.cert).join(''), key: chain[0]!.key, ...options },
    (_request, response) => {
      if (date) response.setHeader('date', date.toUTCString());
      response.end('#EXTM3U\n');
    },
  );
  server.on('tlsClientError', () => undefined);
  stops.push(() => server.closeAllConnections());
  return `https://127.0.0.1:${await listen(server)}`;
}

const status =
  (code: number, body = '', headers: http.OutgoingHttpHeaders = {}) =>
  () =>
    serveHttp((_request, response) => response.writeHead(code, headers).end(body));
const body = (text: string | Buffer, headers: http.OutgoingHttpHeaders = {}) => status(200, text as string, headers);
const raw = (act: (socket: net.Socket) => void) => async () => `http://127.0.0.1:${await serveRaw(act)}`;
const tls =
  (make: () => MadeCertificate[], extra: https.ServerOptions & { date?: Date } = {}) =>
  () =>
    serveTls(make(), extra);
const leaf = (issuer: MadeCertificate, more: Partial<Parameters<typeof makeCertificate>[0]> = {}): MadeCertificate =>
  makeCertificate({ name: 'centre.example', hosts: ['127.0.0.1'], issuer, ...more });
const trusted = (): EgressOptions => ({ certificateAuthority: root.cert });
const aProxy =
  (act: (request: http.IncomingMessage, socket: net.Socket) => void, plain?: http.RequestListener) =>
  async (): Promise<EgressOptions> => {
    const server = http.createServer(plain ?? ((_q, s) => void s.writeHead(502).end()));
    server.on('connect', (request, socket) => {
      socket.on('error', () => undefined);
      act(request, socket as net.Socket);
    });
    stops.push(() => server.closeAllConnections());
    return { proxy: `http://127.0.0.1:${await listen(server)}` };
  };
const says = (line: string) => aProxy((_q, socket) => void socket.end(`HTTP/1.1 ${line}\r\ncontent-length: 0\r\n\r\n`));
const inspectedBy = (issuer: string): Fault => ({
  name: `signed again by ${issuer}`,
  cause: 'certificate_inspected',
  whose: 'this_pc',
  url: tls(() => [leaf(makeCertificate({ name: issuer, authority: true }))]),
});

const FAULTS: Fault[] = [
  // Names and ways.
  {
    name: 'a name that does not exist',
    cause: ['name_not_found', 'dns_unavailable'],
    whose: ['unknown', 'line'],
    url: () => 'http://no-such-host.invalid/m.m3u8',
  },
  {
    name: 'a name that does not exist, and others answer',
    cause: ['name_not_found', 'dns_unavailable'],
    whose: ['server', 'line'],
    url: () => 'http://no-such-host.invalid/m.m3u8',
    options: () => ({ others: [other] }),
  },
  { name: 'a port where nobody listens', cause: 'refused', whose: 'server', url: () => closed('http') },
  {
    name: 'a port where nobody listens, TLS',
    cause: 'refused',
    whose: 'server',
    url: () => closed('https'),
  },
  {
    name: 'no way to the address',
    cause: ['no_connection', 'no_route'],
    whose: ['server', 'line'],
    url: () => 'http://[2001:db8::1]/m.m3u8',
    options: () => ({ others: [other] }),
  },
  {
    name: 'no way to the address, nor to any other',
    cause: ['no_connection', 'no_route'],
    whose: 'line',
    url: () => 'http://[2001:db8::1]/m.m3u8',
    options: () => ({ others: ['http://[2001:db8::2]/'] }),
  },
  // Connections.
  { name: 'reset at once', cause: 'reset', whose: 'unknown', url: raw((s) => s.resetAndDestroy()) },
  {
    name: 'reset at once, and others answer',
    cause: 'reset',
    whose: 'server',
    url: raw((s) => s.resetAndDestroy()),
    options: () => ({ others: [other] }),
  },
  {
    name: 'closed without an answer',
    cause: 'reset',
    whose: 'server',
    url: raw((s) => s.end()),
    options: () => ({ others: [other] }),
  },
  {
    name: 'accepted and never answered',
    cause: 'no_answer',
    whose: 'server',
    url: raw(() => undefined),
    options: () => ({ others: [other] }),
  },
  {
    name: 'an answer that is no HTTP',
    cause: 'bad_answer',
    whose: 'server',
    url: raw((s) => s.end('SSH-2.0-OpenSSH_9\r\n')),
  },
  {
    name: 'headers without end',
    cause: 'bad_answer',
    whose: 'server',
    url: raw((s) => s.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(200_000)}\r\n`)),
  },
  {
    name: 'cut in the middle of the list',
    cause: ['reset', 'truncated'],
    whose: ['unknown', 'server'],
    url: raw((s) => s.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n#EXTM3U\n')),
  },
  {
    name: 'reset in the middle of the list',
    cause: ['reset', 'truncated'],
    whose: ['unknown', 'server'],
    url: raw((s) => {
      s.write('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n#EXTM3U\n');
      setTimeout(() => s.resetAndDestroy(), 50);
    }),
  },
  // Statuses.
  { name: '401', cause: 'login_needed', whose: 'server', url: status(401) },
  { name: '403', cause: 'denied', whose: 'server', url: status(403) },
  {
    name: '403 for want of a cookie',
    cause: 'cookies',
    whose: 'server',
    url: status(403, '<Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message>'),
  },
  { name: '404', cause: 'missing', whose: 'server', url: status(404) },
  { name: '410', cause: 'missing', whose: 'server', url: status(410) },
  { name: '405', cause: 'blocked_method', whose: 'server', url: status(405) },
  { name: '501', cause: 'blocked_method', whose: 'server', url: status(501) },
  { name: '407 from the way', cause: 'proxy_login', whose: 'line', url: status(407) },
  { name: '408', cause: 'no_answer', whose: ['unknown', 'server'], url: status(408) },
  { name: '429', cause: 'busy', whose: 'server', url: status(429) },
  { name: '451', cause: 'denied', whose: 'server', url: status(451) },
  { name: '418', cause: 'bad_answer', whose: 'server', url: status(418) },
  { name: '500', cause: 'server_error', whose: 'server', url: status(500) },
  { name: '502', cause: 'server_error', whose: 'server', url: status(502) },
  { name: '503', cause: 'busy', whose: 'server', url: status(503) },
  { name: '504', cause: 'no_answer', whose: ['unknown', 'server'], url: status(504) },
  { name: '511: the portal says so', cause: 'portal', whose: 'line', url: status(511) },
  // Bodies.
  { name: 'empty', cause: 'empty', whose: 'server', url: body('') },
  { name: 'a list without segments', cause: 'empty', whose: 'server', url: body('#EXTM3U\n#EXT-X-TARGETDURATION:2\n') },
  {
    name: 'a page of a portal',
    cause: 'portal',
    whose: 'line',
    url: body('<!DOCTYPE html><title>Đăng nhập Wi-Fi</title>', { 'content-type': 'text/html' }),
  },
  { name: 'a page in capitals', cause: 'portal', whose: 'line', url: body('\n<HTML><BODY>Wi-Fi</BODY></HTML>') },
  { name: 'text', cause: 'not_playlist', whose: 'server', url: body('It works!') },
  { name: 'JSON', cause: 'not_playlist', whose: 'server', url: body('{"error":"no stream"}') },
  { name: 'a segment in place of a list', cause: 'not_playlist', whose: 'server', url: body(Buffer.alloc(1880, 0x47)) },
  {
    name: 'gzip that is none',
    cause: 'bad_encoding',
    whose: 'server',
    url: body('#EXTM3U\n', { 'content-encoding': 'gzip' }),
  },
  {
    name: 'gzip that is cut',
    cause: ['bad_encoding', 'empty'],
    whose: 'server',
    url: body(gzipSync('#EXTM3U\n'.repeat(5000)).subarray(0, 60), { 'content-encoding': 'gzip' }),
  },
  { name: 'a list of 20 MB', cause: 'too_large', whose: 'server', url: body(`#EXTM3U\n${'#x\n'.repeat(7_000_000)}`) },
  {
    name: 'a list of 100 MB in 100 kB of gzip',
    cause: 'too_large',
    whose: 'server',
    url: body(gzipSync(Buffer.alloc(100_000_000, '#EXTM3U\n')), { 'content-encoding': 'gzip' }),
  },
  // Redirects.
  {
    name: 'a redirect to itself',
    cause: 'redirect_loop',
    whose: 'server',
    url: () => serveHttp((q, s) => void s.writeHead(302, { location: q.url ?? '/' }).end()),
  },
  {
    name: 'redirects in a ring',
    cause: 'redirect_loop',
    whose: 'server',
    url: () => serveHttp((q, s) => void s.writeHead(301, { location: q.url === '/a' ? '/b' : '/a' }).end()),
  },
  {
    name: 'a redirect to a file',
    cause: 'redirect_loop',
    whose: 'server',
    url: status(302, '', { location: 'file:///etc/passwd' }),
  },
  // Certificates.
  {
    name: 'expired',
    cause: 'certificate_expired',
    whose: 'server',
    url: tls(() => [leaf(root, { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') })]),
    options: trusted,
  },
  {
    name: 'not yet valid',
    cause: 'certificate_not_yet_valid',
    whose: 'server',
    url: tls(() => [leaf(root, { notBefore: new Date('2090-01-01'), notAfter: new Date('2091-01-01') })]),
    options: trusted,
  },
  {
    name: 'expired by the wrong date of this PC',
    cause: 'clock_wrong',
    whose: 'this_pc',
    url: tls(() => [leaf(root, { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') })], {
      date: new Date('2020-06-01'),
    }),
    options: trusted,
  },
  {
    name: 'not yet valid by the wrong date of this PC',
    cause: 'clock_wrong',
    whose: 'this_pc',
    url: tls(() => [leaf(root, { notBefore: new Date('2090-01-01'), notAfter: new Date('2091-01-01') })], {
      date: new Date('2090-06-01'),
    }),
    options: trusted,
  },
  {
    name: 'the leaf alone',
    cause: 'certificate_incomplete',
    whose: 'server',
    url: tls(() => [leaf(middle)]),
    options: trusted,
  },
  {
    name: 'a root that nobody knows, whole chain',
    cause: 'certificate_unknown_root',
    whose: 'server',
    url: tls(() => [leaf(strange), strange]),
  },
  {
    name: 'a root that nobody knows, leaf alone',
    cause: 'certificate_unknown_root',
    whose: 'server',
    url: tls(() => [leaf(strange)]),
  },
  {
    name: 'signed by itself',
    cause: 'certificate_unknown_root',
    whose: 'server',
    url: tls(() => [makeCertificate({ name: 'box.local', hosts: ['127.0.0.1'] })]),
  },
  {
    name: 'for another name',
    cause: 'certificate_wrong_name',
    whose: 'server',
    url: tls(() => [leaf(root, { hosts: ['other.example'] })]),
    options: trusted,
  },
  ...[
    'Kaspersky Anti-Virus Personal Root Certificate',
    'avast! Web/Mail Shield Root',
    'ESET SSL Filter CA',
    'Bitdefender Personal CA.Net-Defender',
    'Fortinet CA',
    'BkavCA Web Shield',
  ].map(inspectedBy),
  {
    name: 'plain HTTP where TLS is spoken',
    cause: 'tls_handshake',
    whose: 'server',
    url: async () => (await serveHttp((_q, s) => s.end())).replace('http:', 'https:'),
  },
  {
    name: 'no version of TLS in common',
    cause: 'tls_handshake',
    whose: 'server',
    url: async () => {
      const url = raw((s) => void s.once('data', () => s.end(Buffer.from([21, 3, 1, 0, 2, 2, 70]))));
      return (await url()).replace('http:', 'https:');
    },
  },
  // Proxies.
  {
    name: 'a proxy that is switched off',
    cause: 'proxy_unreachable',
    whose: 'line',
    url: () => 'http://centre.example/m.m3u8',
    options: async () => ({ proxy: await closed('http') }),
  },
  {
    name: 'a proxy that is switched off, TLS',
    cause: 'proxy_unreachable',
    whose: 'line',
    url: () => 'https://centre.example/m.m3u8',
    options: async () => ({ proxy: await closed('http') }),
  },
  {
    name: 'a proxy whose name does not exist',
    cause: ['proxy_unreachable', 'dns_unavailable'],
    whose: 'line',
    url: () => 'https://centre.example/m.m3u8',
    options: () => ({ proxy: 'http://no-such-proxy.invalid:3128' }),
  },
  {
    name: 'a proxy that wants a login, TLS',
    cause: 'proxy_login',
    whose: 'line',
    url: () => 'https://centre.example/m.m3u8',
    options: says('407 Proxy Authentication Required'),
  },
  {
    name: 'a proxy that wants a login',
    cause: 'proxy_login',
    whose: 'line',
    url: () => 'http://centre.example/m.m3u8',
    options: aProxy(
      () => undefined,
      (_q, s) => void s.writeHead(407).end(),
    ),
  },
  {
    name: 'a proxy that forbids the centre',
    cause: 'proxy_refused',
    whose: 'line',
    url: () => 'https://centre.example/m.m3u8',
    options: says('403 Forbidden'),
  },
  {
    name: 'a proxy that does not reach the centre',
    cause: 'no_connection',
    whose: 'unknown',
    url: () => 'https://centre.example/m.m3u8',
    options: says('504 Gateway Timeout'),
  },
  {
    name: 'a proxy that accepts and says nothing',
    cause: ['no_answer', 'no_connection', 'proxy_unreachable'],
    whose: ['unknown', 'line'],
    url: () => 'https://centre.example/m.m3u8',
    options: aProxy(() => undefined),
  },
  {
    name: 'a proxy that hangs up',
    cause: 'reset',
    whose: ['unknown', 'line'],
    url: () => 'https://centre.example/m.m3u8',
    options: aProxy((_q, socket) => socket.destroy()),
  },
];

const has = <T>(wanted: T | readonly T[], found: T): boolean =>
  Array.isArray(wanted) ? wanted.includes(found) : wanted === found;

test(
  `${FAULTS.length} faults are named right, and none is blamed on the line that is not the line's`,
  { timeout: 120_000 },
  async () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(60);
    const wrong: string[] = [];
    let blamed = 0;
    const queue = [...FAULTS];
    const work = async (): Promise<void> => {
      for (let fault = queue.shift(); fault; fault = queue.shift()) {
        const url = new URL('/m.m3u8', await fault.url()).href;
        const egress = createEgress(await fault.options?.());
        const read = await new PlaylistReader(egress).read(url, { signal: AbortSignal.timeout(30_000) });
        await egress.stop();
        const found = read.ok ? 'nothing wrong' : `${read.cause} (${read.whose})`;
        const right = !read.ok && has(fault.cause, read.cause) && has(fault.whose, read.whose);
        if (!right) wrong.push(`${fault.name}: ${found}`);
        if (!read.ok && read.whose === 'line' && !has(fault.whose, 'line')) blamed += 1;
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
    expect(wrong).toEqual([]);
    expect(blamed).toBe(0);
  },
);
