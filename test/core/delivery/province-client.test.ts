import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { PublicJwk } from '../../../electron/contract/common.ts';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { checkReturn, sendOnce } from '../../../electron/core/delivery/province-client.ts';
import { verifyReceipt } from '../../../electron/core/delivery/receipts.ts';
import { createTransport } from '../../../electron/core/delivery/transport.ts';
import { sendNaively } from '../../support/naive-client.ts';
import { createFaults } from '../../support/province-faults.ts';
import type { FaultName } from '../../support/province-faults.ts';
import { withProvince } from '../../support/province.ts';

const tls = (name: string): string => readFileSync(path.join(import.meta.dirname, '../../fixtures/tls', name), 'utf8');

async function listening(server: Server, run: (port: number) => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await run((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('a delivered report comes back with its verified receipt, and again with the same one', () =>
  withProvince({}, async (bed) => {
    const request = bed.requestOf(await bed.seal());
    const first = await sendOnce(request, bed.client);
    const second = await sendOnce(request, bed.client);
    if (!first.ok || !second.ok) throw new Error('not delivered');
    expect([first.httpStatus, second.httpStatus]).toEqual([201, 200]);
    expect(first.receipt).toMatchObject({ reportId: request.reportId, revision: 1, sha256: request.sha256 });
    expect(second.receipt).toEqual(first.receipt);
  }));

const EXPECTED: { fault: FaultName; failure: string; stored: number; fools: boolean }[] = [
  { fault: 'drop_before', failure: 'unreachable', stored: 0, fools: false },
  { fault: 'drop_after_commit', failure: 'unreachable', stored: 1, fools: false },
  { fault: 'busy', failure: 'busy', stored: 0, fools: false },
  { fault: 'unavailable', failure: 'busy', stored: 0, fools: false },
  { fault: 'captive_portal', failure: 'no_receipt', stored: 0, fools: true },
  { fault: 'wrong_key_receipt', failure: 'bad_receipt', stored: 0, fools: true },
  { fault: 'other_report_receipt', failure: 'bad_receipt', stored: 0, fools: true },
  { fault: 'truncated_receipt', failure: 'bad_receipt', stored: 1, fools: true },
  { fault: 'redirect', failure: 'redirected', stored: 0, fools: false },
  { fault: 'slow', failure: 'timeout', stored: 0, fools: false },
  { fault: 'reset', failure: 'unreachable', stored: 0, fools: false },
];

test.each(EXPECTED)(
  '$fault is a failure of the kind $failure, and the next try delivers once',
  async ({ fault, failure, stored }) => {
    const script: (FaultName | null)[] = [fault, null];
    const faults = createFaults(() => script.shift() ?? null, { slowMs: 2_000 });
    await withProvince({ faults, limits: { totalMs: 600 } }, async (bed) => {
      const request = bed.requestOf(await bed.seal());
      const first = await sendOnce(request, bed.client);
      expect(first).toMatchObject({ ok: false, failure });
      expect(bed.intake.listReports()).toHaveLength(stored);
      const second = await sendOnce(request, bed.client);
      expect(second).toMatchObject({ ok: true, httpStatus: stored ? 200 : 201 });
      expect(bed.intake.listReports()).toHaveLength(1);
    });
  },
);

test('control: a client that takes any 2xx for success is fooled by exactly the four false answers', async () => {
  const fooled: string[] = [];
  for (const { fault } of EXPECTED) {
    const faults = createFaults(() => fault, { slowMs: 1_000 });
    await withProvince({ faults, limits: { totalMs: 400 } }, async (bed) => {
      const request = bed.requestOf(await bed.seal());
      if ((await sendNaively(request, bed.client)).ok) fooled.push(fault);
    });
  }
  expect(fooled).toEqual(EXPECTED.filter((e) => e.fools).map((e) => e.fault));
});

test('what the province asks to wait is passed on', () =>
  withProvince({ faults: createFaults(() => 'busy', { slowMs: 0 }) }, async (bed) => {
    const outcome = await sendOnce(bed.requestOf(await bed.seal()), bed.client);
    expect(outcome).toMatchObject({ ok: false, failure: 'busy', httpStatus: 429, retryAfterMs: 3_000 });
  }));

test('each kind of bad status has its own code, and a cause where the way is to blame and not the report', async () => {
  const cases: [number, string, string?][] = [
    [202, 'no_receipt'],
    [204, 'no_receipt'],
    [302, 'redirected', 'redirect_loop'],
    [308, 'redirected', 'redirect_loop'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [407, 'refused', 'proxy_login'],
    [408, 'timeout', 'no_answer'],
    [409, 'conflict'],
    [413, 'refused'],
    [422, 'refused'],
    [429, 'busy', 'busy'],
    [500, 'server_error', 'server_error'],
    [502, 'server_error', 'server_error'],
    [503, 'busy', 'busy'],
    [507, 'server_error', 'server_error'],
    [511, 'server_error', 'portal'],
  ];
  let status = 0;
  const answering: RequestListener = (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status).end());
  };
  await listening(createServer(answering), async (port) => {
    await withProvince({}, async (bed) => {
      const request = { ...bed.requestOf(await bed.seal()), endpoint: `http://127.0.0.1:${port}` };
      for (const [given, failure, cause = null] of cases) {
        status = given;
        expect(await sendOnce(request, bed.client)).toMatchObject({
          ok: false,
          failure,
          cause,
          httpStatus: given,
        });
      }
    });
  });
});

test('an endless answer is cut off', async () => {
  const endless: RequestListener = (request, response) => {
    request.resume();
    response.writeHead(200);
    const pour = (): void => {
      while (response.write(Buffer.alloc(16 * 1024, 0x41))) if (response.destroyed) return;
      response.once('drain', pour);
    };
    pour();
  };
  await listening(createServer(endless), async (port) => {
    await withProvince({}, async (bed) => {
      const request = { ...bed.requestOf(await bed.seal()), endpoint: `http://127.0.0.1:${port}/` };
      expect(await sendOnce(request, bed.client)).toMatchObject({ ok: false, failure: 'no_receipt' });
    });
  });
});

test('a try that is stopped says so and is no failure', () =>
  withProvince({ faults: createFaults(() => 'slow', { slowMs: 3_000 }) }, async (bed) => {
    const stop = new AbortController();
    const sending = sendOnce(bed.requestOf(await bed.seal()), { ...bed.client, signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    expect(await sending).toEqual({ ok: false, stopped: true });
  }));

test('the next key of the province is as good as the current one, another key is not, and a key keeps to its algorithm', async () => {
  const subject = { reportId: '019c3581-6b40-7995-8c7f-5997dcae3a0e', revision: 1, sha256: 'ab'.repeat(32) };
  const content = { format: 'report-receipt/1', ...subject, receivedAt: '2026-02-07T04:31:00.000Z', serial: '1' };
  const make = async (alg: string, options: { kid?: string; typ?: string; change?: object } = {}) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    const jws = await new CompactSign(Buffer.from(JSON.stringify({ ...content, ...options.change }), 'utf8'))
      .setProtectedHeader({ alg, typ: options.typ ?? JOSE_TYPE.receipt, ...(options.kid ? { kid: options.kid } : {}) })
      .sign(pair.privateKey);
    const jwk = PublicJwk.parse({ ...(await exportJWK(pair.publicKey)), ...(options.kid ? { kid: options.kid } : {}) });
    return { jws, jwk };
  };
  const current = await make('EdDSA', { kid: 'nay' });
  for (const alg of ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'PS256', 'RS256']) {
    const next = await make(alg);
    expect(await verifyReceipt(next.jws, subject, [current.jwk, next.jwk])).toMatchObject({ ok: true });
    expect(await verifyReceipt(next.jws, subject, [current.jwk])).toMatchObject({ ok: false, error: 'bad_signature' });
  }
  const es = await make('ES256');
  expect(await verifyReceipt(es.jws, subject, [{ ...es.jwk, alg: 'ES512' }])).toMatchObject({ error: 'bad_signature' });
  const wrongType = await make('EdDSA', { typ: JOSE_TYPE.reportReturn });
  expect(await verifyReceipt(wrongType.jws, subject, [wrongType.jwk])).toMatchObject({ error: 'wrong_type' });
  for (const change of [
    { sha256: 'cd'.repeat(32) },
    { revision: 2 },
    { reportId: '019c3581-6b40-7995-8c7f-5997dcae3a0f' },
  ]) {
    const other = await make('EdDSA', { change });
    expect(await verifyReceipt(other.jws, subject, [other.jwk])).toMatchObject({ error: 'other_report' });
  }
  const extra = await make('EdDSA', { change: { serial: '' } });
  expect(await verifyReceipt(extra.jws, subject, [extra.jwk])).toMatchObject({ error: 'bad_content' });
  const unsigned = `${Buffer.from('{"alg":"none","typ":"report-receipt+jws"}').toString('base64url')}.${Buffer.from(JSON.stringify(content)).toString('base64url')}.`;
  expect(await verifyReceipt(unsigned, subject, [current.jwk])).toMatchObject({ error: 'bad_signature' });
  expect(await verifyReceipt('a.b.c', subject, [current.jwk])).toMatchObject({ error: 'not_a_signature' });
});

test('a return reaches the kiosk only when it is signed by the province', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    const ask = { endpoint: bed.endpoint, reportId: sealed.reportId };
    expect(await checkReturn(ask, bed.client)).toMatchObject({ ok: false, failure: 'refused', httpStatus: 404 });
    await sendOnce(bed.requestOf(sealed), bed.client);
    expect(await checkReturn(ask, bed.client)).toEqual({ ok: true, returned: null });
    await bed.intake.askReturn(sealed.reportId, 'Thiếu ý kiến của chủ trì');
    const answer = await checkReturn(ask, bed.client);
    expect(answer).toMatchObject({
      ok: true,
      returned: { notice: { revision: 1, reason: 'Thiếu ý kiến của chủ trì' } },
    });
    const stranger = await generateKeyPair('EdDSA', { extractable: true });
    const otherKeys = [PublicJwk.parse(await exportJWK(stranger.publicKey))];
    expect(await checkReturn(ask, { ...bed.client, receiptKeys: otherKeys })).toMatchObject({
      ok: false,
      failure: 'bad_receipt',
    });
  }));

test('an https province with its own authority is trusted by that authority alone', async () => {
  const server = createTlsServer(
    { key: tls('loopback-key.pem'), cert: tls('loopback-cert.pem') },
    (_request, response) => {
      response.writeHead(204).end();
    },
  );
  await listening(server, async (port) => {
    const url = `https://127.0.0.1:${port}/`;
    const without = createTransport();
    const withAuthority = createTransport({ certificateAuthority: tls('loopback-cert.pem') });
    expect(await without.exchange({ method: 'GET', url, headers: {} })).toMatchObject({
      ok: false,
      error: 'unreachable',
    });
    expect(await withAuthority.exchange({ method: 'GET', url, headers: {} })).toMatchObject({ ok: true, status: 204 });
    await Promise.all([without.close(), withAuthority.close()]);
  });
});

test('a proxy named in the package carries the report: as a tunnel to https, forwarded to http', async () => {
  const seen: string[] = [];
  const open = new Set<Socket>();
  const proxy = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${new URL(incoming.url ?? '').pathname.split('/')[2]}`);
    const onward = httpRequest(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  proxy.on('connect', (request, client: Socket) => {
    seen.push('CONNECT');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  const secure = createTlsServer(
    { key: tls('loopback-key.pem'), cert: tls('loopback-cert.pem') },
    (_request, response) => {
      response.writeHead(204).end();
    },
  );
  await listening(proxy, (proxyPort) =>
    listening(secure, (securePort) =>
      withProvince({}, async (bed) => {
        const transport = createTransport({
          proxy: `http://127.0.0.1:${proxyPort}`,
          certificateAuthority: tls('loopback-cert.pem'),
        });
        const outcome = await sendOnce(bed.requestOf(await bed.seal()), { ...bed.client, transport });
        expect(outcome).toMatchObject({ ok: true, httpStatus: 201 });
        const secured = await transport.exchange({
          method: 'GET',
          url: `https://127.0.0.1:${securePort}/`,
          headers: {},
        });
        expect(secured).toMatchObject({ ok: true, status: 204 });
        expect(seen).toEqual(['PUT reports', 'CONNECT']);
        await transport.close();
        for (const socket of open) socket.destroy();
      }),
    ),
  );
});

test('nobody listening, and a name that does not exist, are "unreachable"', () =>
  withProvince({}, async (bed) => {
    const request = bed.requestOf(await bed.seal());
    for (const endpoint of ['http://127.0.0.1:9', 'http://khong-co.invalid']) {
      expect(await sendOnce({ ...request, endpoint }, bed.client)).toMatchObject({
        ok: false,
        failure: 'unreachable',
        httpStatus: null,
      });
    }
  }));
