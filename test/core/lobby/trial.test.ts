import Database from 'better-sqlite3';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCore, type CoreRun } from '../../support/core-process.ts';
import { makePackage } from '../../support/make-package.ts';
import { createProvinceKeys } from '../../support/with-lobby.ts';

/** A trial of a loaded session: everything is real but the records, and these are thrown away. */

vi.setConfig({ testTimeout: 120_000 });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SESSION = { kind: 'session', packageId: 'hn-that' } as const;
const TRIAL = { kind: 'trial', packageId: 'hn-that' } as const;
const LOBBY = { kind: 'lobby' } as const;

let dir = '';
let data = '';
const runs: CoreRun[] = [];
/** Method and path of everything that the province was asked. */
const asked: string[] = [];
let province: http.Server;
let endpoint = '';
/** What the server's clock is off from that of this PC, ms; null: it has no broadcast and says no time. */
let serverAheadMs: number | null = null;

/** A live list of twelve seconds, by the server's clock. */
function listNow(now: number): string {
  const first = Math.floor(now / 4_000) - 3;
  const segments = [0, 1, 2].map((i) => `#EXTINF:4,\n${first + i}.ts\n`).join('');
  return `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:${first}\n${segments}`;
}

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-trial-'));
  data = path.join(dir, 'data');
  asked.length = 0;
  serverAheadMs = null;
  province = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    if (serverAheadMs !== null) {
      const now = Date.now() + serverAheadMs;
      response.setHeader('date', new Date(now).toUTCString());
      if (request.url === '/live.m3u8') {
        response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' }).end(listNow(now));
        return;
      }
    }
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"type":"about:blank","status":404}');
  });
  await new Promise<void>((resolve) => province.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(province.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const run of runs.splice(0)) await run.kill();
  await new Promise((resolve) => province.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof runCore>[0]> = {}): Promise<CoreRun> {
  const run = await runCore({ argv: ['--data', data, '--lobby'], env: { HOME: dir }, ...options });
  runs.push(run);
  expect(run.first).toMatchObject({ type: 'ready' });
  return run;
}

/** Loads a session of 40 people whose sign-in opens in so many ms. */
async function load(opensIn: number, overrides: Record<string, unknown> = {}): Promise<void> {
  const startsAt = Date.now() + opensIn + MINUTE;
  const document = makePackage(createProvinceKeys('tinh'), endpoint, {
    now: startsAt,
    people: 40,
    sources: [{ id: 'chinh', url: `${endpoint}/live.m3u8` }],
    overrides: { packageId: SESSION.packageId, ...overrides },
  });
  const file = path.join(dir, 'phien.json');
  writeFileSync(file, JSON.stringify(document));
  const run = await start({ argv: ['--data', data, '--package', file] });
  await run.stop();
}

/** Rows of each table of the real records, but for what a start itself writes down. */
function countRows(): Record<string, number> {
  const db = new Database(path.join(data, 'session', 'kiosk.db'), { readonly: true });
  try {
    const names = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
      .pluck()
      .all() as string[];
    const ofStarts = new Set(['change', 'meta', 'setting', 'action', 'signed_head', 'check_run']);
    return Object.fromEntries(
      names
        .filter((name) => !ofStarts.has(name))
        .map((name) => [name, Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())]),
    );
  } finally {
    db.close();
  }
}

/** Bytes of the files of the real records, by name. */
function readRecords(): Record<string, string> {
  const folder = path.join(data, 'session');
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(path.join(folder, name)).toString('base64')]),
  );
}

const json = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;

test('begun in the lobby it signs in real people by name and by card, and leaves nothing in the real records', async () => {
  await load(3 * HOUR);
  const lobby = await start({ opening: LOBBY });
  expect((await lobby.lobbyView()).stored).toMatchObject([{ packageId: SESSION.packageId, canTry: true }]);
  const told = lobby.next('open');
  expect(await json(lobby.post('lobby/try-session', { packageId: SESSION.packageId }))).toEqual({ ok: true });
  expect(await told).toEqual({ type: 'open', opening: TRIAL });
  await lobby.stop();
  const before = countRows();
  const real = readRecords();
  asked.length = 0;

  const trial = await start({ opening: TRIAL });
  expect(trial.first).toMatchObject({ opening: TRIAL });
  await expect.poll(async () => (await trial.deskView()).open, { timeout: 20_000 }).toBe(true);
  const desk = await trial.deskView();
  expect(desk).toMatchObject({ rehearsal: true, summoned: 40, signedIn: 0 });
  const during = desk.sitting!.id;
  expect(await json(trial.post('desk/search', { sittingId: during, query: 'nguyen' }))).toMatchObject({ ok: true });
  const scan = (raw: string) => json(trial.post('desk/scan', { sittingId: during, raw }));
  expect(await scan('BP1|PX-001|CTH00003')).toMatchObject({ ok: true });
  expect((await trial.deskView()).signedIn).toBe(1);
  // A core that comes back in a trial is in the same one.
  await trial.kill();
  const again = await start({ opening: TRIAL, port: trial.port });
  expect((await again.deskView()).signedIn).toBe(1);
  const board = await again.consoleView('123456');
  expect(board.open?.trialUntil).toBeGreaterThan(Date.now() + HOUR);
  expect(board.open).toMatchObject({ delivery: [], provenance: 'rehearsal' });
  expect(await json(again.post('console/trial/begin', {}))).toEqual({ ok: false, error: 'is_trial' });
  const back = again.next('open');
  expect(await json(again.post('console/end-sitting', { sittingId: during }))).toMatchObject({ ok: true });
  expect(await back).toEqual({ type: 'open', opening: LOBBY });
  await again.stop();
  expect(readRecords()).toEqual(real);

  const after = await start({ opening: LOBBY });
  expect(existsSync(path.join(data, 'trial'))).toBe(false);
  await after.stop();
  expect(countRows()).toEqual(before);
  const session = await start({ opening: SESSION });
  expect(await session.deskView()).toMatchObject({ rehearsal: false, signedIn: 0, summoned: 40 });
  // Of the province only whether it can be reached was asked; nothing carried a report.
  const questions = asked.filter((each) => !each.includes('.m3u8'));
  expect(questions.filter((each) => !each.includes('00000000-0000-4000-8000-000000000000'))).toEqual([]);
});

test('begun on the console by the technician alone, never in a running sitting, and it goes back to the session', async () => {
  await load(2 * HOUR, { access: { technicianPin: '123456', chairPin: '654321' } });
  const session = await start({ opening: SESSION });
  await (await session.post('console/unlock', { pin: '654321', role: 'chair' })).arrayBuffer();
  expect(await json(session.post('console/trial/begin', {}))).toEqual({ ok: false, error: 'technician_only' });
  await session.consoleView('123456');
  const told = session.next('open');
  expect(await json(session.post('console/trial/begin', {}))).toEqual({ ok: true });
  expect(await told).toEqual({ type: 'open', opening: TRIAL });
  await session.stop();
  const trial = await start({ opening: TRIAL });
  expect((await trial.consoleView('123456')).rehearsal).toBe(true);
  const back = trial.next('open');
  expect(await json(trial.post('console/trial/end', {}))).toEqual({ ok: true });
  expect(await back).toEqual({ type: 'open', opening: SESSION });
  await trial.stop();
  const again = await start({ opening: SESSION });
  const view = await again.consoleView('123456');
  await json(again.post('console/open-sitting', { sittingId: view.sitting!.id }));
  expect(await json(again.post('console/trial/begin', {}))).toEqual({ ok: false, error: 'sitting_running' });
  expect(existsSync(path.join(data, 'trial'))).toBe(false);
  expect(await json(again.post('console/trial/end', {}))).toEqual({ ok: false, error: 'no_trial' });
});

test('a power cut in a trial: the next start is the session itself, and nothing of the trial is left', async () => {
  await load(2 * HOUR);
  const lobby = await start({ opening: LOBBY });
  await json(lobby.post('lobby/try-session', { packageId: SESSION.packageId }));
  await lobby.stop();
  const trial = await start({ opening: TRIAL });
  await trial.kill();
  expect(existsSync(path.join(data, 'trial', 'kiosk.db'))).toBe(true);
  const next = await start();
  expect(next.first).toMatchObject({ opening: SESSION });
  expect(await next.deskView()).toMatchObject({ rehearsal: false });
  expect(existsSync(path.join(data, 'trial'))).toBe(false);
});

test('it is over before sign-in opens: too late to begin, and one whose time has come leads to the session', async () => {
  await load(9 * MINUTE);
  const lobby = await start({ opening: LOBBY });
  const opensAt = (await lobby.lobbyView()).stored[0]!.sittings[0]!.startsAt - MINUTE;
  expect(await json(lobby.post('lobby/try-session', { packageId: SESSION.packageId }))).toEqual({
    ok: false,
    error: 'too_late',
    opensAt,
  });
  expect(await json(lobby.post('lobby/try-session', { packageId: 'hn-khac' }))).toEqual({ ok: false, error: 'gone' });
  await lobby.stop();
  await load(40 * MINUTE, { issuedAt: new Date().toISOString() });
  const second = await start({ opening: LOBBY });
  expect(await json(second.post('lobby/try-session', { packageId: SESSION.packageId }))).toEqual({ ok: true });
  await second.stop();
  const note = path.join(data, 'trial', 'trial.json');
  const prepared = JSON.parse(readFileSync(note, 'utf8')) as { until: number };
  expect(prepared.until).toBeLessThan(Date.now() + 36 * MINUTE);
  // Its time came while the core was gone.
  writeFileSync(note, JSON.stringify({ ...prepared, until: Date.now() - 1 }));
  const late = await start({ opening: TRIAL, port: second.port });
  expect(late.first).toMatchObject({ opening: SESSION });
  expect(await late.deskView()).toMatchObject({ rehearsal: false });
});

test.each([
  ['an hour ahead of that', -HOUR],
  ['a day ahead of that', -24 * HOUR],
  ['six hours behind that', 6 * HOUR],
])('with the PC’s clock %s of the centre a trial begins at once, and its sign-in works', async (_name, ahead) => {
  serverAheadMs = ahead;
  await load(3 * HOUR);
  const lobby = await start({ opening: LOBBY });
  expect(await json(lobby.post('lobby/try-session', { packageId: SESSION.packageId }))).toEqual({ ok: true });
  await lobby.stop();
  asked.length = 0;
  const trial = await start({ opening: TRIAL });
  // The centre's time is known before anything is decided by it.
  await expect.poll(() => asked.includes('GET /live.m3u8'), { timeout: 20_000 }).toBe(true);
  await expect.poll(async () => (await trial.deskView()).open, { timeout: 15_000 }).toBe(true);
  const sittingId = (await trial.deskView()).sitting!.id;
  expect(await json(trial.post('desk/scan', { sittingId, raw: 'BP1|PX-001|CTH00003' }))).toMatchObject({ ok: true });
  expect((await trial.consoleView('123456')).open?.trialUntil).toBeGreaterThan(Date.now() + HOUR);
});
