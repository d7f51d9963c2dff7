import { afterAll, beforeAll, expect, test } from 'vitest';
import { spawnCore } from '../../../electron/shells/core-process.ts';
import type { CoreProcess } from '../../../electron/shells/core-process.ts';
import { createForwarder, isOwnUrl } from '../../../electron/shells/electron/scheme.ts';
import type { Audience } from '../../../electron/shells/electron/scheme.ts';
import { createTokens } from '../../../electron/shells/tokens.ts';
import { createRecorder, FAKE_CORE, until } from '../../support/shells.ts';

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

test('an event stream arrives while it is written, and giving it up ends it', async () => {
  const giveUp = new AbortController();
  const answer = await forward('stage', new Request('kiosk://stage/events', { signal: giveUp.signal }));
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  const first = decoder.decode((await reader.read()).value);
  expect(first).toContain(`data: ${core.pid}`);
  const from = Date.now();
  expect(decoder.decode((await reader.read()).value)).toContain('data:');
  expect(Date.now() - from).toBeLessThan(2_000);
  giveUp.abort();
  await expect(
    (async () => {
      for (;;) if ((await reader.read()).done) return;
    })(),
  ).rejects.toThrow(/abort/i);
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
