import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { CHECKS } from '../../electron/contract/checks.ts';
import { codeOf } from '../../electron/core/provisioning/package-trust.ts';
import { makePackage } from '../support/make-package.ts';
import { createIntakeKeyPair } from '../support/province.ts';

const START = path.resolve(import.meta.dirname, '../../dist/shells/start.js');
const KEY = 'A'.repeat(43);

interface Outcome {
  check: string;
  state: string;
  word: string;
  facts: Record<string, string | number>;
}
interface Answer {
  verdict: string;
  tookMs: number;
  checks: Outcome[];
}

/** Runs the kiosk's own start command to its end. */
function runCommand(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ status: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [START, '--check', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    let out = '';
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.on('close', (status) => resolve({ status, out }));
  });
}

async function inFolder(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-check-'));
  try {
    await body(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

const outcomeOf = (answer: Answer, id: string): Outcome | undefined => answer.checks.find(({ check }) => check === id);

test('--check --json in a rehearsal: within two minutes, the stream is decoded by a real browser, status 0', async () => {
  test.setTimeout(180_000);
  await inFolder(async (dir) => {
    const began = Date.now();
    const { status, out } = await runCommand(['--json', '--rehearsal', '--minutes', '20', '--data', dir]);
    expect(Date.now() - began).toBeLessThan(120_000);
    const answer = JSON.parse(out) as Answer;
    // The machine's part alone, which the command says itself.
    expect(answer.tookMs).toBeGreaterThan(0);
    expect(answer.tookMs).toBeLessThan(120_000);
    expect(answer.checks.map(({ check }) => check)).toEqual(Object.keys(CHECKS));
    expect(answer.checks.filter(({ word }) => word === 'not_done')).toEqual([]);
    expect(outcomeOf(answer, 'picture')).toMatchObject({
      state: 'green',
      word: expect.stringMatching(/^(?:good|playing)$/u),
    });
    expect(outcomeOf(answer, 'province')).toMatchObject({ word: 'open' });
    const isReady = answer.checks.every(({ state }) => state !== 'red');
    expect([answer.verdict === 'not_ready', status]).toEqual([!isReady, isReady ? 0 : 4]);
  });
});

test('--check with a real package whose province and stream are not there: status 4, and the causes in Vietnamese', async () => {
  test.setTimeout(180_000);
  await inFolder(async (dir) => {
    const keys = {
      receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: KEY },
      reportPublicJwk: createIntakeKeyPair().publicJwk,
    };
    const now = Date.now() + 3 * 3_600_000;
    const sources = [{ id: 'a', url: 'http://127.0.0.1:1/live.m3u8' }];
    const document = makePackage({ keys }, 'http://127.0.0.1:1', { now, sources, people: 5 });
    const file = path.join(dir, 'goi.json');
    const text = JSON.stringify({ ...document, issuedAt: new Date(Date.now() - 3_600_000).toISOString() });
    writeFileSync(file, text);
    const code = codeOf(createHash('sha256').update(text).digest('hex'));
    const data = path.join(dir, 'data');
    const { status, out } = await runCommand(['--package', file, '--allow-package', code, '--data', data]);
    expect(status).toBe(4);
    expect(out).toContain('Chưa tới được máy chủ của tỉnh (127.0.0.1:1): Máy chủ từ chối kết nối');
    expect(out).toContain('CHƯA SẴN SÀNG');
  });
});

test('--check on a PC without a session says so, status 4', async () => {
  test.setTimeout(120_000);
  await inFolder(async (dir) => {
    const { status, out } = await runCommand(['--json', '--data', dir]);
    expect([status, (JSON.parse(out) as Answer).verdict]).toEqual([4, 'no_session']);
  });
});

test('a fault of the program while it ends starts nothing again: one answer, and its status', async () => {
  test.setTimeout(120_000);
  const boom = `
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text, ...more) => {
      if (String(text).includes('"verdict"')) setImmediate(() => { throw new Error('boom'); });
      return write(text, ...more);
    };`;
  await inFolder(async (dir) => {
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(boom)}`;
    const { status, out } = await runCommand(['--json', '--data', dir], { NODE_OPTIONS });
    expect([out.match(/"verdict"/gu)?.length, status]).toEqual([1, 4]);
  });
});
