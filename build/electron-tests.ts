/**
 * The browser tests of the Electron shell, and on Linux its escape matrix: `npm run test:electron`. Where Electron's program or a display is
 * missing, this fails with the reason; in `npm test` the same tests are skipped there.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const playwright = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
);
function run(args: string[]): number {
  const env = { ...process.env, KIOSK_NEEDS_ELECTRON: '1' };
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
}

const tests = run([playwright, 'test', '--config=build/playwright.config.ts', 'electron.spec.ts']);
// It makes a display of its own.
const escape = process.platform === 'linux' ? run(['test/escape/run.ts', '--shell=electron', '--short']) : 0;
process.exitCode = tests === 0 ? escape : tests;
