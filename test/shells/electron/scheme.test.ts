import { afterAll, beforeAll, expect, test } from 'vitest';
import { spawnCore } from '../../../electron/shells/core-process.ts';
import type { CoreProcess } from '../../../electron/shells/core-process.ts';
import { createForwarder, isOwnUrl } from '../../../electron/shells/electron/scheme.ts';
import type { Audience } from '../../../electron/shells/electron/scheme.ts';
import { createTokens } from '../../../electron/shells/tokens.ts';
import { createRecorder, FAKE_CORE, until } from '../../support/shells.ts';
import { FakeSession } from './fake-electron.ts';

const recorder = createRecorder();
const tokens = createTokens();
let core: CoreProcess;
let port = 0;

beforeAll(async () => {
  core = spawnCore(process.execPath, FAKE_CORE);
  core.send({ type: 'start', tokens, port: 0, shell: 'electron', argv: recorder.argv });
  port = (await until('the core listens', () => recorder.newest())).port;
});
afterAll(() => {
  core.kill();
  recorder.remove();
});

const forward = (audience: Audience, request: Request, to: number | null = port) =>
  createForwarder(audience, () => (to === null ? null : { port: to, tokens }))(request);
const lastRequest = () => recorder.read().findLast((r) => r.request !== undefined);

test('adds the window’s token, names the core’s host, and drops what the page sent of itself', async () => {
  for (const role of ['stage', 'desk', 'console'] as const) {
    const answer = await forward(
      role,
      new Request(`kiosk://${role}/?lang=vi`, {
        headers: {
          authorization: 'Bearer guessed',
          cookie: 'kiosk_token=guessed',
          referer: `kiosk://${role}/`,
          origin: `kiosk://${role}`,
        },
      }),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain(`<title>${role}</title>`);
    expect(lastRequest()).toMatchObject({
      request: `/${role}/?lang=vi`,
      holder: role,
      origin: null,
      host: `127.0.0.1:${port}`,
    });
  }
});

test('a window reaches its own part of the core only, whatever it writes in the address', async () => {
  const desk = (address: string) => forward('desk', new Request(address));
  expect((await desk('kiosk://console/')).status).toBe(403);
  for (const address of [
    'kiosk://desk/../console/',
    'kiosk://desk/%2e%2e/console/',
    'kiosk://desk//console/',
    'kiosk://desk/console/',
  ]) {
    await desk(address);
    const asked = new URL(lastRequest()!.request!, 'http://127.0.0.1');
    expect(asked.pathname.startsWith('/desk/')).toBe(true);
    expect(lastRequest()?.holder).toBe('desk');
  }
});

test('a request that another origin made is refused before it reaches the core', async () => {
  const before = recorder.read().length;
  for (const origin of ['kiosk://console', 'https://example.com', 'null'])
    expect((await forward('desk', new Request('kiosk://desk/', { headers: { origin } }))).status).toBe(403);
  expect(recorder.read()).toHaveLength(before);
});

/** The forwarder where Electron puts it, behind a handler that is told what Electron tells. */
function sessionOf(audience: Audience, to = port): FakeSession {
  const session = new FakeSession();
  session.protocol.handle(
    'kiosk',
    createForwarder(audience, () => ({ port: to, tokens })),
  );
  return session;
}

test('an event stream arrives while it is written, and giving it up ends it', async () => {
  const load = sessionOf('stage').load('kiosk://stage/events');
  const { body } = await load.answer;
  const chunks = body![Symbol.asyncIterator]();
  const text = async () => String((await chunks.next()).value);
  expect(await text()).toContain(`data: ${core.pid}`);
  const from = Date.now();
  expect(await text()).toContain('data:');
  expect(Date.now() - from).toBeLessThan(2_000);
  const closed = () => recorder.read().filter((r) => r.closed === '/stage/events').length;
  const before = closed();
  load.abort();
  await until('the core sees it closed', () => closed() > before);
});

test('a request that is given up before its answer ends at the core when the page says so, and others go on', async () => {
  const session = sessionOf('stage');
  const named = (name: string) => session.load('kiosk://stage/hang', { headers: { 'x-request-name': name } });
  const [one, two] = [named('p-1'), named('p-2')];
  const hanging = () => recorder.read().filter((r) => r.request === '/stage/hang').length;
  const closed = () => recorder.read().filter((r) => r.closed === '/stage/hang').length;
  await until('both wait at the core', () => hanging() === 2);
  // The abort alone reaches nobody: that is why the page has to say it.
  one.abort();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(closed()).toBe(0);
  const answer = await session.load('kiosk://stage/abandon-request/p-1', { method: 'POST' }).answer;
  expect(answer.status).toBe(204);
  await expect(one.answer).rejects.toThrow('Failed to fetch');
  await until('the core sees it closed', () => closed() === 1);
  expect(recorder.read().some((r) => r.request?.includes('abandon'))).toBe(false);
  await session.load('kiosk://stage/abandon-request/p-2', { method: 'POST' }).answer;
  await expect(two.answer).rejects.toThrow('Failed to fetch');
  await session.load('kiosk://stage/abandon-request/unknown', { method: 'POST' }).answer;
});

test('a body is passed on as it comes', async () => {
  const pieces = ['Trần ', 'Văn ', 'Mẫu'];
  const body = new ReadableStream({
    async start(controller) {
      for (const piece of pieces) {
        controller.enqueue(new TextEncoder().encode(piece));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      controller.close();
    },
  });
  const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'text/plain' } } as RequestInit;
  const answer = await forward('desk', new Request('kiosk://desk/echo', init));
  expect(await answer.text()).toBe('Trần Văn Mẫu');
});

test('documents to print are fetched with the console’s token', async () => {
  const answer = await forward('print', new Request('kiosk://print/report-1'));
  expect(answer.status).toBe(200);
  expect(lastRequest()).toMatchObject({ request: '/print/report-1', holder: 'console' });
});

test('a core that is away is a network error, so that event streams try again', async () => {
  expect((await forward('desk', new Request('kiosk://desk/'), null)).type).toBe('error');
  expect((await forward('desk', new Request('kiosk://desk/'), 9)).type).toBe('error');
});

test('an address is ours by scheme and whole host', () => {
  expect(isOwnUrl('desk', 'kiosk://desk/a?b')).toBe(true);
  for (const address of ['kiosk://desk.evil/', 'kiosk://console/', 'kiosks://desk/', 'https://desk/', 'desk', ''])
    expect(isOwnUrl('desk', address)).toBe(false);
});
