import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDisplay } from '../../../electron/shells/browser/check-display.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Nobody has that many displays. */
const NOWHERE = ':9377';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-display-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = (env: Record<string, string>, change: { headless?: boolean; browser?: string | null } = {}) =>
  checkDisplay(
    { platform: 'linux', env },
    { headless: false, browser: process.execPath, wantedBrowser: null, ...change },
  );

async function listening(place: string | number, body: (server: Server) => Promise<void>): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(place, resolve));
  try {
    await body(server);
  } finally {
    server.close();
  }
}

test('a display that is not named, or named and not there, is said at once with what to do; headless asks for none', async () => {
  expect(await check({})).toMatchObject({ ok: false, noDisplay: true, end: { status: 69 } });
  for (const env of [
    { DISPLAY: NOWHERE },
    { DISPLAY: 'what' },
    { DISPLAY: '127.0.0.1:3000' },
    { WAYLAND_DISPLAY: 'wayland-77', XDG_RUNTIME_DIR: folder },
  ]) {
    const answer = await check(env);
    expect({ env, ...answer }).toMatchObject({ env, ok: false, noDisplay: true, end: { status: 69 } });
    if (answer.ok) continue;
    expect(answer.end.sentence).toContain('--headless');
    expect(answer.end.vi).toContain('--headless');
  }
  expect(await check({}, { headless: true })).toEqual({ ok: true, browser: process.execPath });
});

test('a display that answers is enough, of X or of Wayland, whatever else is named', async () => {
  const socket = path.join(folder, 'wayland-0');
  await listening(socket, async () => {
    expect(await check({ WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: folder })).toMatchObject({ ok: true });
    expect(await check({ WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: folder, DISPLAY: NOWHERE })).toMatchObject({
      ok: true,
    });
  });
  await listening(6_743, async () => {
    expect(await check({ DISPLAY: '127.0.0.1:743.0' })).toMatchObject({ ok: true });
    expect(await check({ DISPLAY: '127.0.0.1:743', WAYLAND_DISPLAY: 'gone' })).toMatchObject({ ok: true });
  });
});

test('no browser is said as such, with or without a display', async () => {
  for (const headless of [true, false])
    expect(await check({}, { headless, browser: null })).toMatchObject({
      ok: false,
      noDisplay: false,
      end: { status: 69, sentence: expect.stringContaining('No browser found') as string },
    });
});

/** A program of this checkout with these variables; how it ended, what it said, and after how long (ms). */
async function run(file: string, args: string[], env: Record<string, string>) {
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, file), ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, said, tookMs: performance.now() - began };
}

test(
  'kiosk and rehearsal say so and end, instead of starting a browser again and again',
  { timeout: 60_000 },
  async () => {
    const browser = path.join(folder, 'bin', 'chromium');
    mkdirSync(path.dirname(browser));
    writeFileSync(browser, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const env = { PATH: path.dirname(browser), TMPDIR: folder };
    const data = ['--data', path.join(folder, 'data')];
    const programs = [
      ['electron/shells/start.ts', ['--shell', 'browser', ...data], 69],
      ['test/rehearsal/run.ts', ['--out', path.join(folder, 'out')], 1],
    ] as const;
    for (const [file, args, status] of programs) {
      for (const display of [{}, { DISPLAY: NOWHERE }]) {
        const ended = await run(file, [...args], { ...env, ...display });
        expect(ended).toMatchObject({ status });
        expect(ended.said).toMatch(/màn hình.*--headless.* \/ .*display.*--headless/u);
        expect(ended.said).not.toContain('did not start');
        expect(ended.tookMs).toBeLessThan(20_000);
      }
      const ended = await run(file, [...args], { ...env, PATH: folder, DISPLAY: NOWHERE });
      expect(ended.status).toBe(status);
      expect(ended.said).toContain('Không tìm thấy trình duyệt');
    }
  },
);
