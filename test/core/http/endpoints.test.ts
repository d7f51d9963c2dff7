import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ENDPOINTS, STREAMS, type InputOf, type Path } from '../../../electron/contract/endpoints.ts';
import { WindowRole } from '../../../electron/contract/shell.ts';
import type { Handlers } from '../../../electron/core/http/serve-endpoints.ts';
import { splitPath, urlOf } from '../../../electron/shared/endpoint-url.ts';
import type { Answer, call } from '../../../renderer/client/call.ts';
import type { callInHall } from '../../../renderer/client/call-in-hall.ts';
import { withCore } from '../../support/with-core.ts';

/** Of the three windows of a session; the lobby is served by a core of its own. */
const PATHS = (Object.keys(ENDPOINTS) as Path[]).filter((path) => !path.startsWith('lobby/'));
const LOBBY_PATHS = (Object.keys(ENDPOINTS) as Path[]).filter((path) => path.startsWith('lobby/'));
const isGuarded = (path: Path) => 'needs' in ENDPOINTS[path];

test('under api/ the server serves the table of endpoints, and nothing else', async () => {
  await withCore({ people: 1 }, async ({ core }) => {
    const served = core.api.app.routes
      .filter(({ method, path }) => method !== 'ALL' && /\/api(\/|$)/u.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    const table = [
      ...PATHS.map((path) => `POST ${urlOf(path)}`),
      ...STREAMS.filter((path) => !path.startsWith('lobby/')).map((path) => `GET /${path.replace('/', '/api/')}`),
    ];
    expect(served.toSorted()).toEqual(table.toSorted());
    // What is not a route of its own is a page, and no page lies under api/.
    const others = core.api.app.routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('/api/'));
    expect(others.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /print/:name', 'GET /*']);
  });
});

test('a locked console, another window, a foreign page and nobody get nothing, whatever the endpoint', async () => {
  await withCore({ people: 1 }, async ({ origin, tokens, store }) => {
    expect(PATHS.filter((path) => !isGuarded(path) && path.startsWith('console/'))).toEqual([
      'console/unlock',
      'console/set-pin',
      'console/show',
    ]);
    const ask = async (path: Path, headers: Record<string, string>) => {
      const all = { 'content-type': 'application/json', ...headers };
      const response = await fetch(`${origin}${urlOf(path)}`, { method: 'POST', headers: all, body: '{}' });
      return { status: response.status, text: await response.text() };
    };
    for (const path of PATHS) {
      const own = { authorization: `Bearer ${tokens[splitPath(path).window]}` };
      if (isGuarded(path))
        expect({ path, ...(await ask(path, own)) }).toEqual({
          path,
          status: 403,
          text: '{"ok":false,"error":"locked"}',
        });
      for (const role of WindowRole.options.filter((each) => each !== splitPath(path).window))
        expect([path, (await ask(path, { authorization: `Bearer ${tokens[role]}` })).status]).toEqual([path, 401]);
      expect([path, (await ask(path, {})).status]).toEqual([path, 401]);
      expect([path, (await ask(path, { ...own, origin: 'http://example.invalid' })).status]).toEqual([path, 403]);
    }
    expect(store.attendance.getLogHead().events).toBe(0);
  });
});

test('a body that is no JSON, or not what the table says, is answered 400 in plain data and never fails inside', async () => {
  await withCore({ people: 1 }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const everywhere = ['{"a":', 'null', '{"unheard":1}'];
    const more = ['', 'nguyen', '[]', '7', '{"__proto__":{"pin":"1"}}', '\u0000'];
    const ask = async (path: Path, body: string) => {
      const authorization = `Bearer ${world.tokens[splitPath(path).window]}`;
      const headers = { 'content-type': 'application/json', authorization };
      const response = await fetch(`${world.origin}${urlOf(path)}`, { method: 'POST', headers, body });
      return { path, body, status: response.status, answer: (await response.json()) as object };
    };
    // A few at a time: the server takes only so many connections of one program.
    const asked: [Path, string][] = [
      ...PATHS.flatMap((path) => everywhere.map((body): [Path, string] => [path, body])),
      ...more.map((body): [Path, string] => ['console/lock', body]),
      ...more.map((body): [Path, string] => ['desk/sign-in', body]),
    ];
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    while (asked.length > 0)
      answers.push(...(await Promise.all(asked.splice(0, 20).map(([path, body]) => ask(path, body)))));
    expect(answers).toHaveLength(PATHS.length * everywhere.length + 2 * more.length);
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 400,
        answer: { ok: false, error: 'invalid_input', field: expect.any(String) as string },
      });
    expect(world.log.filter(({ event }) => event === 'request_failed')).toEqual([]);
  });
});

test('the desk of a sitting that is over is sent to the sitting the hall is in, and nothing is written', async () => {
  await withCore({ people: 3 }, async (world) => {
    const gone = { sittingId: `${world.document.packageId}/khac` };
    const other = { ok: false, error: 'other_sitting' };
    expect(await world.ask('desk/search', { ...gone, query: 'nguyen' })).toEqual(other);
    expect(await world.ask('desk/browse', gone)).toEqual(other);
    expect(await world.ask('desk/scan', { ...gone, raw: 'BP1|PX-001|XXXXXXXXXX' })).toEqual(other);
    expect(await world.ask('desk/sign-in', { ...gone, personId: 'p0001', method: 'search' })).toEqual(other);
    expect(world.store.attendance.getLogHead().events).toBe(0);
  });
});

test('every question about people or reports, and what is done to the picture of a sitting, must name its sitting', () => {
  const needless: readonly Path[] = [
    'console/people/help/clear',
    'console/people/scanner-test',
    'console/report/list',
    'console/report/places',
    'console/report/check-province',
  ];
  const acts = 'notice|source|back-to-live|after-outage|early-end|(open|end|reopen)-sitting';
  const about = PATHS.filter((path) =>
    new RegExp(`^(desk/(search|browse|sign-in|scan)$|console/((people|report)/|(${acts})$))`, 'u').test(path),
  );
  expect(about.length).toBeGreaterThan(20);
  for (const path of about) {
    const issues = ENDPOINTS[path].input.safeParse({}).error?.issues ?? [];
    const isAsked = issues.some((issue) => issue.path.join('.') === 'sittingId');
    expect([path, isAsked]).toEqual([path, !needless.includes(path)]);
  }
});

test('a window asks only its own endpoints: the address of the page decides which window they belong to', () => {
  const renderer = path.resolve(import.meta.dirname, '../../../renderer');
  const found: string[] = [];
  for (const role of WindowRole.options) {
    const files = readdirSync(path.join(renderer, role), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => /\.tsx?$/u.test(name))) {
      const text = readFileSync(path.join(renderer, role, file), 'utf8');
      for (const endpoint of [...PATHS, ...LOBBY_PATHS])
        if (text.includes(`'${endpoint}'`)) found.push(`${role} ${endpoint}`);
    }
  }
  expect(found.length).toBeGreaterThan(30);
  expect(found.filter((each) => !each.startsWith(`${each.split(' ')[1]!.split('/')[0]!} `))).toEqual([]);
  // Every endpoint is asked by somebody.
  const asked = new Set(found.map((each) => each.split(' ')[1]));
  expect([...PATHS, ...LOBBY_PATHS].filter((endpoint) => !asked.has(endpoint))).toEqual([]);
});

/**
 * Compiled, never run: a missing input, an input that is not in the table, and an answer that the other side does not have are
 * errors of type, for windows and for the server.
 */
export function typesOfTheContract(
  ask: typeof call,
  inHall: typeof callInHall,
  stream: Parameters<typeof callInHall>[0],
): void {
  const sittingId = 's';
  void ask('console/people/left', { sittingId, personId: 'p' });
  // @ts-expect-error -- the sitting is missing
  void ask('console/people/left', { personId: 'p' });
  // @ts-expect-error -- the sitting is missing
  void ask('console/notice', { text: '' });
  // @ts-expect-error -- the sitting is missing
  void ask('console/source', { sourceId: null });
  // @ts-expect-error -- the sitting is missing
  void ask('console/people/list', {});
  // @ts-expect-error -- the sitting is missing
  void ask('console/people/roll-call/close', {});
  // @ts-expect-error -- the sitting is missing
  void ask('console/report/amend', { reportId: 'r' });
  // @ts-expect-error -- the sitting is missing
  void ask('desk/search', { query: 'n' });
  void inHall(stream, 'desk/search', { query: 'n' });
  // @ts-expect-error -- the newest view names it, nobody else
  void inHall(stream, 'desk/search', { query: 'n', sittingId });
  // @ts-expect-error -- there is no such endpoint
  void ask('console/people/remove', { sittingId });
  // @ts-expect-error -- the desk never acts as the secretary
  void ask('desk/sign-in', { sittingId, personId: 'p', method: 'secretary' });

  const answer = null as unknown as Answer<'console/people/undo'>;
  if (answer.ok) void answer.undone;
  // @ts-expect-error -- not before it is known to be a good answer
  void answer.undone;
  // @ts-expect-error -- the server has no such error
  if (!answer.ok && answer.error === 'too_late') void answer;
  const open = null as unknown as Answer<'console/unlock'>;
  // @ts-expect-error -- unlocking needs no open console, so it is never refused for one
  if (!open.ok && open.error === 'locked') void open;

  const handlers: Pick<Handlers<Path>, 'console/people/roll-call/close'> = {
    'console/people/roll-call/close': (input) => {
      const known: InputOf<'console/people/roll-call/close'> = input;
      void known.sittingId;
      // @ts-expect-error -- not part of the input
      void input.title;
      return { ok: true };
    },
  };
  const wrong: typeof handlers = {
    // @ts-expect-error -- no window knows this answer
    'console/people/roll-call/close': () => ({ ok: false, error: 'not_today' }),
  };
  // @ts-expect-error -- an endpoint without a handler
  const missing: Handlers<'desk/scan' | 'desk/search'> = {
    'desk/search': () => ({ ok: true, people: [], more: false }),
  };
  void [wrong, missing];
}
