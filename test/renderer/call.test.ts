import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { call, callPatiently } from '../../renderer/client/call.ts';

afterEach(() => vi.unstubAllGlobals());

/** A core that answers each request with the next of these; the last one stays. */
async function withCoreThatSays(says: [status: number, body: string][], body: (asked: () => number) => Promise<void>) {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    const [status, text] = says[Math.min(asked, says.length - 1)]!;
    asked += 1;
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  vi.stubGlobal('document', { baseURI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk/` });
  try {
    await body(() => asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const FAILED: [number, string] = [500, '{"ok":false,"error":"internal"}'];
const signIn = { sittingId: 's1', personId: 'p1', method: 'search' } as const;

test('a core that failed inside counts as not answering: nothing was recorded', () =>
  withCoreThatSays([FAILED, [200, 'no JSON'], [403, '{"ok":false,"error":"closed"}']], async () => {
    expect(await call('desk/sign-in', signIn)).toEqual({ ok: false, error: 'unreachable' });
    expect(await call('desk/sign-in', signIn)).toEqual({ ok: false, error: 'unreachable' });
    expect(await call('desk/sign-in', signIn)).toEqual({ ok: false, error: 'closed' });
  }));

test('a patient call tries again after such a failure, and stops at an answer', () =>
  withCoreThatSays([FAILED, FAILED, [200, '{"ok":true}']], async (asked) => {
    expect(await callPatiently('desk/sign-in', signIn, [0, 5, 5, 5])).toEqual({ ok: true });
    expect(asked()).toBe(3);
    expect(await callPatiently('desk/sign-in', signIn, [0])).toEqual({ ok: true });
  }));
