import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { makeCertificate } from '../../support/certificates.ts';
import { withCheckBed } from '../../support/check-bed.ts';
import { withProvince } from '../../support/province.ts';

/** Each fault is made with a real server, a real port or a real certificate. */

const authority = makeCertificate({ name: 'Thử Nghiệm Authority', authority: true });
const antivirus = makeCertificate({ name: 'Kaspersky Anti-Virus Personal Root Certificate', authority: true });

async function serve(server: net.Server, body: (port: number) => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body((server.address() as AddressInfo).port);
  } finally {
    if (server instanceof http.Server || server instanceof https.Server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function tlsServer(issuer: typeof authority, wish: Partial<Parameters<typeof makeCertificate>[0]> = {}): https.Server {
  const made = makeCertificate({ name: 'tinh.example', issuer, hosts: ['127.0.0.1', 'localhost'], ...wish });
  return https.createServer({ cert: made.cert + issuer.cert, key: made.key }, (_request, response) =>
    response.end('ok'),
  );
}

test('a TLS server that an antivirus signs again is refused, and the antivirus is named', async () => {
  await serve(tlsServer(antivirus), async (port) => {
    await withCheckBed({ endpoint: `https://127.0.0.1:${port}` }, async ({ run }) => {
      const found = await run('certificates');
      expect(found).toMatchObject({ state: 'red', word: 'inspected_refused' });
      expect(found.facts['who']).toContain('Kaspersky');
    });
  });
});

test('where this PC trusts the antivirus the connection is open, and it is named all the same', async () => {
  await serve(tlsServer(antivirus), async (port) => {
    const endpoint = `https://127.0.0.1:${port}`;
    await withCheckBed({ endpoint, certificateAuthority: antivirus.cert }, async ({ run }) => {
      const found = await run('certificates');
      expect(found).toMatchObject({ state: 'yellow', word: 'inspected' });
      expect(found.facts['who']).toContain('Kaspersky');
    });
  });
});

test('an unknown root, an expired certificate and another name are red with their cause; a trusted one is green', async () => {
  const past = { notBefore: new Date(Date.now() - 9e9), notAfter: new Date(Date.now() - 86_400_000) };
  const cases: [https.Server, string | undefined, string, string][] = [
    [tlsServer(authority), undefined, 'fails', 'certificate_'],
    [tlsServer(authority, past), authority.cert, 'fails', 'certificate_expired'],
    [tlsServer(authority, { hosts: ['khac.example'] }), authority.cert, 'fails', 'certificate_wrong_name'],
    [tlsServer(authority, { notAfter: new Date(Date.now() + 5 * 86_400_000) }), authority.cert, 'expires_soon', ''],
    [tlsServer(authority), authority.cert, 'trusted', ''],
  ];
  for (const [server, certificateAuthority, word, cause] of cases)
    await serve(server, async (port) => {
      await withCheckBed({ endpoint: `https://127.0.0.1:${port}`, certificateAuthority }, async ({ run }) => {
        const found = await run('certificates');
        expect([word, cause, found.word, String(found.facts['cause'] ?? '').startsWith(cause)]).toEqual([
          word,
          cause,
          word,
          true,
        ]);
      });
    });
});

test('a name that nobody knows is red; numbers need no names', async () => {
  await withCheckBed({ endpoint: 'http://khong-co-that.invalid' }, async ({ run }) => {
    const found = await run('names');
    expect(found).toMatchObject({ state: 'red', word: 'fails', facts: { host: 'khong-co-that.invalid' } });
    expect(['name_not_found', 'dns_unavailable']).toContain(found.facts['cause']);
  });
  await withCheckBed({}, async ({ run }) => expect((await run('names')).word).toBe('none_needed'));
  await withCheckBed({ endpoint: 'http://localhost:9' }, async ({ run }) =>
    expect((await run('names')).word).toBe('found'),
  );
});

test('a resolver that takes its time is yellow', async () => {
  await withCheckBed({ endpoint: 'http://localhost:9' }, async ({ run, context }) => {
    const { resolveName } = context.network;
    context.network.resolveName = async (name) => {
      await new Promise((resolve) => setTimeout(resolve, 1_700));
      return resolveName(name);
    };
    expect(await run('names')).toMatchObject({ state: 'yellow', word: 'slow' });
  });
});

test('a proxy that is not there, one that wants a login, and one that works', async () => {
  const taken = net.createServer();
  let gone = 0;
  await serve(taken, async (port) => void (gone = port));
  await withCheckBed({ endpoint: 'http://tinh.invalid', proxy: `http://127.0.0.1:${gone}` }, async ({ run }) => {
    expect(await run('proxy')).toMatchObject({ state: 'red', facts: { cause: 'proxy_unreachable' } });
  });
  for (const [status, word] of [
    [407, 'fails'],
    [200, 'works'],
  ] as const) {
    const proxy = http.createServer((_request, response) => response.writeHead(status).end());
    proxy.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${status} x\r\n\r\n`));
    await serve(proxy, async (port) => {
      await withCheckBed({ endpoint: 'http://tinh.invalid', proxy: `http://127.0.0.1:${port}` }, async ({ run }) => {
        expect((await run('proxy')).word).toBe(word);
      });
    });
  }
});

test('a proxy of this PC that the package does not name is said, without its password', async () => {
  await withCheckBed({}, async (bed) => {
    bed.context.machine = { ...bed.machine, env: { https_proxy: 'http://ai:matkhau@10.0.0.1:3128' } };
    const found = await bed.run('proxy');
    expect(found).toMatchObject({ state: 'yellow', word: 'not_used', facts: { proxy: '10.0.0.1:3128' } });
    // Whoever set on this PC that none is used has seen it.
    bed.context.network.isChosen = true;
    expect(await bed.run('proxy')).toMatchObject({ state: 'green', word: 'none' });
  });
});

test.each([
  'http://ai:mat/khau@10.0.0.1:3128',
  'http://ai:mat#khau@10.0.0.1:3128/',
  'http://ai:mat?khau@10.0.0.1:3128',
  'ai:mat khau@10.0.0.1:3128',
  'ai:mat@khau@10.0.0.1:3128',
])('nor any part of it where it was not written as an address asks (%s)', async (https_proxy) => {
  await withCheckBed({}, async (bed) => {
    bed.context.machine = { ...bed.machine, env: { https_proxy } };
    expect(await bed.run('proxy')).toMatchObject({ word: 'not_used', facts: { proxy: '10.0.0.1:3128' } });
  });
});

test('the way to a real province is open, PUT and all; nothing is stored there', async () => {
  await withProvince({}, async ({ endpoint, intake }) => {
    await withCheckBed({ endpoint }, async ({ run }) => {
      expect(await run('province')).toMatchObject({ state: 'green', word: 'open' });
      expect(intake.listReports()).toEqual([]);
    });
  });
});

test('a device on the way that takes questions and blocks PUT is red', async () => {
  await withProvince({}, async ({ endpoint }) => {
    const gate = http.createServer((request, response) => {
      if (request.method === 'PUT') return void response.writeHead(405, { 'content-type': 'text/html' }).end('<p>no');
      http.get(`${endpoint}${request.url}`, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
    });
    await serve(gate, async (port) => {
      await withCheckBed({ endpoint: `http://127.0.0.1:${port}` }, async ({ run }) => {
        expect(await run('province')).toMatchObject({ state: 'red', word: 'method_blocked' });
      });
    });
  });
});

test('a refused port, a page in place of the province, and an overloaded one', async () => {
  await withCheckBed({ endpoint: 'http://127.0.0.1:1' }, async ({ run }) => {
    expect(await run('province')).toMatchObject({ state: 'red', word: 'fails', facts: { cause: 'refused' } });
  });
  const page = http.createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('hi'),
  );
  await serve(page, async (port) => {
    await withCheckBed({ endpoint: `http://127.0.0.1:${port}` }, async ({ run }) =>
      expect(await run('province')).toMatchObject({ state: 'red', word: 'fails' }),
    );
  });
  const busy = http.createServer((_request, response) => response.writeHead(503).end());
  await serve(busy, async (port) => {
    await withCheckBed({ endpoint: `http://127.0.0.1:${port}` }, async ({ run }) =>
      expect(await run('province')).toMatchObject({ state: 'yellow', word: 'busy' }),
    );
  });
});

/** A server whose clock is off by so much. */
function dated(offMs: number): http.Server {
  return http.createServer((_request, response) => {
    response.sendDate = false;
    response.writeHead(204, { date: new Date(Date.now() + offMs).toUTCString() }).end();
  });
}

test('real Date headers: right, a little off, an hour wrong, and servers that differ', async () => {
  for (const [offMs, state, word] of [
    [0, 'green', 'right'],
    [20_000, 'yellow', 'slightly_off'],
    [3_600_000, 'red', 'wrong'],
  ] as const)
    await serve(dated(offMs), async (port) => {
      await withCheckBed({ endpoint: `http://127.0.0.1:${port}` }, async ({ run }) =>
        expect(await run('clock')).toMatchObject({ state, word }),
      );
    });
  await serve(dated(0), async (province) =>
    serve(dated(7_200_000), async (centre) => {
      const sources = [{ id: 'a', url: `http://127.0.0.1:${centre}/live.m3u8` }];
      await withCheckBed({ endpoint: `http://127.0.0.1:${province}`, sources }, async ({ run }) =>
        expect(await run('clock')).toMatchObject({ state: 'yellow', word: 'hosts_differ' }),
      );
    }),
  );
});

test('secure servers that this PC refuses because of its own clock: the check says so', async () => {
  const root = makeCertificate({ name: 'Gốc thử', authority: true });
  const options = { certificateAuthority: root.cert };
  const year = (at: number) => ({ notBefore: new Date(`${at}-01-01`), notAfter: new Date(`${at + 1}-01-01`) });
  const server = (dates: { notBefore: Date; notAfter: Date }, date: Date | null) => {
    const own = makeCertificate({ name: 'may chu thu', issuer: root, hosts: ['127.0.0.1'], ...dates });
    return https.createServer({ cert: own.cert, key: own.key }, (_request, response) => {
      response.sendDate = false;
      response.writeHead(204, date ? { date: date.toUTCString() } : {}).end();
    });
  };
  // The server's own date is within the dates of its certificate: this PC is ahead, or behind.
  for (const at of [2020, 2090])
    await serve(server(year(at), new Date(`${at}-06-01`)), async (port) =>
      withCheckBed({ endpoint: `https://127.0.0.1:${port}`, ...options }, async ({ run }) =>
        expect(await run('clock')).toMatchObject({
          state: 'red',
          word: 'refuses_certificates',
          facts: { host: `127.0.0.1:${port}`, nowAt: expect.any(Number) },
        }),
      ),
    );
  // No date of the server: only a clock that does not fit the package either is called wrong.
  const issuedAt = '2026-09-01T00:00:00.000Z';
  const issued = { package: { issuedAt } };
  await serve(server(year(2020), null), async (port) => {
    const endpoint = `https://127.0.0.1:${port}`;
    const at = (time: string) => ({ endpoint, ...options, now: () => Date.parse(time) });
    await withCheckBed({ ...at('2026-07-01T00:00:00Z'), ...issued }, async ({ run }) =>
      expect(await run('clock')).toMatchObject({ state: 'red', word: 'likely_wrong' }),
    );
    await withCheckBed({ ...at('2026-09-01T06:00:00Z'), ...issued }, async ({ run }) =>
      expect(await run('clock')).toMatchObject({ state: 'yellow', word: 'nobody_says' }),
    );
  });
});

test('a clock that was never set is red even without a network; nobody to ask is yellow', async () => {
  await withCheckBed({ now: () => Date.UTC(2001, 0, 1) }, async ({ run }) =>
    expect(await run('clock')).toMatchObject({ state: 'red', word: 'unset' }),
  );
  await withCheckBed({}, async ({ run }) =>
    expect(await run('clock')).toMatchObject({ state: 'yellow', word: 'nobody_says' }),
  );
});
