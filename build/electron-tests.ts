/**
 * The browser tests of the Electron shell: `npm run test:electron`. Where Electron's program or a display is missing, this fails with
 * the reason; in `npm test` the same tests are skipped there.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const playwright = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
);
const { status } = spawnSync(
  process.execPath,
  [playwright, 'test', '--config=build/playwright.config.ts', 'electron.spec.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, KIOSK_NEEDS_ELECTRON: '1' } },
);
process.exitCode = status ?? 1;
