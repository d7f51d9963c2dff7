import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';

const START = path.resolve(import.meta.dirname, '../../dist/shells/start.js');

interface Ended {
  status: number | null;
  out: string;
  err: string;
}

function launch(args: string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, [START, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.on('close', (status) => resolve({ status, out, err })));
  return { child, ended };
}

/** Processes whose command line or environment names the folder, by number. */
function listProcesses(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        if (/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return false;
        return ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(folder));
      } catch {
        return false;
      }
    });
}

let folder: string;
test.beforeEach(() => {
  expect(existsSync(START), 'run "npm run build" first').toBe(true);
  folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-launch-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 }));

test('a package that is not there ends with its sentence and status 2, and writes nothing', async () => {
  const data = path.join(folder, 'data');
  const { status, err } = await launch(['--headless', '--data', data, '--package', path.join(folder, 'no.json')]).ended;
  expect(status).toBe(2);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toContain('no.json');
  expect(existsSync(data)).toBe(false);
});

test('a wrong argument and a missing shell each end with one sentence', async () => {
  const wrong = await launch(['--shell', 'telnet']).ended;
  expect(wrong.status).toBe(2);
  expect(wrong.err.trim()).toBe('--shell must be electron or browser, not "telnet". See --help.');
  const browser = await launch(['--headless', '--browser', path.join(folder, 'none')]).ended;
  expect(browser.status).toBe(69);
  expect(browser.err).toContain('There is no program at');
});

test('help tells every argument of the kiosk', async () => {
  const { status, out } = await launch(['--help']).ended;
  expect(status).toBe(0);
  for (const name of ['--package', '--data', '--headless', '--shell', '--swap-displays']) expect(out).toContain(name);
});

for (const [signal, status] of [
  ['SIGTERM', 0],
  ['SIGKILL', null],
] as const) {
  test(`${signal} to the kiosk leaves no process behind`, async () => {
    const env = { ...process.env, KIOSK_TEST_MARK: folder };
    const { child, ended } = launch(['--headless', '--data', folder, '--minutes', '2'], env);
    const profile = path.join(folder, 'browser', 'profile');
    await expect
      .poll(
        () => existsSync(path.join(profile, 'DevToolsActivePort')) || existsSync(path.join(profile, 'Local State')),
        { timeout: 20_000 },
      )
      .toBe(true);
    await expect.poll(() => listProcesses(folder).length).toBeGreaterThan(5);
    child.kill(signal);
    expect((await ended).status).toBe(status);
    await expect.poll(() => listProcesses(folder), { timeout: 10_000 }).toEqual([]);
  });
}
