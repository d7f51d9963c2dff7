import http from 'node:http';
import { expect, test } from 'vitest';
import { withCore } from '../../support/with-core.ts';

/** Raw requests, because fetch would not let a test lie about Host. */
function ask(
  port: number,
  options: { path: string; method?: string; headers?: Record<string, string>; body?: string; noHost?: boolean },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        path: options.path,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
        setHost: !options.noHost,
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

test('requests that are not from our own windows are refused, whatever they pretend', async () => {
  await withCore({ people: 2 }, async ({ core, tokens, sittingId }) => {
    const { port } = core;
    const own = `127.0.0.1:${port}`;
    const origin = `http://${own}`;
    const good = {
      host: own,
      cookie: `kiosk_token=${tokens.desk}`,
      origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
    };
    const post = (headers: Record<string, string>, path = '/desk/api/search') =>
      ask(port, { path, method: 'POST', headers, body: JSON.stringify({ sittingId, query: 'nguyen' }) });
    expect(await post(good)).toBe(200);

    const hosts = [
      'localhost',
      `localhost:${port}`,
      '0.0.0.0',
      `127.0.0.1.evil.test:${port}`,
      `127.attacker.example:${port}`,
      `[::1]:${port}`,
    ];
    hosts.push(
      `127.0.0.1.:${port}`,
      `127.0.0.1:${port + 1}`,
      '127.0.0.1',
      `user@127.0.0.1:${port}`,
      'a'.repeat(4_000),
      `127.1:${port}`,
    );
    const surfaces = [
      '/desk/',
      '/desk/api/search',
      '/desk/api/events',
      '/stage/api/stream?url=http%3A%2F%2F127.0.0.1%3A9',
      '/assets/x.js',
    ];
    const statuses = new Map<string, number>();
    for (const host of hosts) {
      for (const path of surfaces) {
        const method = path.endsWith('/search') ? 'POST' : 'GET';
        statuses.set(
          `${host.slice(0, 40)} ${path}`,
          await ask(port, { path, method, headers: { ...good, host }, ...(method === 'POST' ? { body: '{}' } : {}) }),
        );
      }
    }
    // A user name before the address is refused by the HTTP parser already.
    expect([...statuses].filter(([host, status]) => status !== (host.startsWith('user@') ? 400 : 421))).toEqual([]);
    expect(statuses.size).toBe(60);

    const { origin: _o, ...noOrigin } = good;
    const { 'sec-fetch-site': _s, ...noSite } = good;
    const { cookie: _c, ...noCookie } = good;
    const wrong: [string, Record<string, string>, number][] = [
      ['no token', noCookie, 401],
      ["another window's token", { ...good, cookie: `kiosk_token=${tokens.console}` }, 401],
      ['a short token', { ...good, cookie: 'kiosk_token=x' }, 401],
      ['a wrong bearer beside a right cookie', { ...good, authorization: 'Bearer wrong' }, 401],
      ['foreign origin', { ...good, origin: 'http://evil.test' }, 403],
      ['null origin', { ...good, origin: 'null' }, 403],
      ['no origin', noOrigin, 403],
      ['another site', { ...good, 'sec-fetch-site': 'cross-site' }, 403],
      ['same site only', { ...good, 'sec-fetch-site': 'same-site' }, 403],
      ['no fetch metadata', noSite, 403],
      ['not JSON', { ...good, 'content-type': 'text/plain' }, 400],
    ];
    for (const [what, headers, status] of wrong) expect([what, await post(headers)]).toEqual([what, status]);
    // A desk's token opens no route of the console, open or not.
    for (const path of [
      '/console/api/unlock',
      '/console/api/end-sitting',
      '/console/api/send-now',
      '/stage/api/playback',
    ]) {
      expect([path, await post(good, path)]).toEqual([path, 401]);
    }
    const board = { ...good, cookie: `kiosk_token=${tokens.console}` };
    expect(await post(board, '/console/api/quit')).toBe(403);
    expect(
      await ask(port, {
        path: '/desk/api/search',
        method: 'POST',
        headers: good,
        body: JSON.stringify({ sittingId, query: 'a'.repeat(70_000) }),
      }),
    ).toBe(413);
  });
});
