import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

/** Why the suite cannot run here, or Electron's program. Asking Electron's package itself would start a download. */
function findElectron(): { program: string } | { reason: string } {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const named = path.join(folder, 'path.txt');
  if (!existsSync(named)) return { reason: "Electron's program was not downloaded" };
  const program = path.join(folder, 'dist', readFileSync(named, 'utf8').trim());
  if (!existsSync(program)) return { reason: `there is no ${program}` };
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return { reason: 'there is no display' };
  return { program };
}

const electron = findElectron();
const reason = 'reason' in electron ? electron.reason : '';
if (reason) console.log(`Electron suite skipped: ${reason}. Nothing here was looked at in Electron itself.`);

// Where Electron must be there (a build machine), a suite that is skipped is a failure.
test('Electron is here where it has to be', () => {
  if (process.env['KIOSK_NEEDS_ELECTRON']) expect(reason).toBe('');
  else test.skip(reason !== '', reason);
});

const MAIN = path.resolve(import.meta.dirname, '../../dist/shells/electron.js');
let folder: string;
let app: ElectronApplication;

test.describe('Electron', () => {
  test.skip(reason !== '', reason);

  test.beforeAll(async () => {
    if ('reason' in electron) return;
    folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-electron-'));
    app = await _electron.launch({
      executablePath: electron.program,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), MAIN, '--data', folder, '--minutes', '2'],
    });
    await expect.poll(() => app.windows().length, { timeout: 30_000 }).toBe(3);
  });

  test.afterAll(async () => {
    if ('reason' in electron) return;
    await app.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  });

  const windowOf = (role: string): Page => app.windows().find((w) => w.url().startsWith(`kiosk://${role}/`))!;

  test('opens one window per role on its own scheme, and the stage plays', async () => {
    for (const role of ['stage', 'desk', 'console']) expect(windowOf(role)).toBeDefined();
    const frames = () =>
      windowOf('stage').evaluate(() =>
        Math.max(
          0,
          ...[...document.querySelectorAll('video')].map((v) => v.getVideoPlaybackQuality().totalVideoFrames),
        ),
      );
    await expect.poll(frames, { timeout: 40_000 }).toBeGreaterThan(50);
  });

  test('pages have no Node, no token, no network and no way to another window', async () => {
    const desk = windowOf('desk');
    const seen = await desk.evaluate(async () => ({
      node: typeof (globalThis as { process?: unknown }).process,
      cookie: document.cookie,
      outside: await fetch('http://127.0.0.1:9/').then(
        () => 'answered',
        () => 'refused',
      ),
      console: await fetch('kiosk://console/').then(
        (r) => r.status,
        () => 'refused',
      ),
      opened: window.open('kiosk://console/') === null,
    }));
    expect(seen).toMatchObject({ node: 'undefined', cookie: '', outside: 'refused', opened: true });
    expect(['refused', 403, 404]).toContain(seen.console);
    await desk.evaluate(() => {
      location.href = 'https://example.com/';
    });
    expect(desk.url()).toBe('kiosk://desk/');
    expect(app.windows()).toHaveLength(3);
  });

  test('refuses every permission that is not in the table', async () => {
    const states = await windowOf('desk').evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const asked = names.map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      );
      return Promise.all(asked);
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
  });

  test('runs every page with the preferences that were set', async () => {
    const sandboxed = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((w) => {
        const contents = w.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
        const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences();
        return { sandbox, contextIsolation, nodeIntegration };
      }),
    );
    expect(sandboxed).toHaveLength(3);
    for (const preferences of sandboxed)
      expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });

  test('opens a crashed window again', async () => {
    await app.evaluate(({ BrowserWindow }) => {
      const desk = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().startsWith('kiosk://desk/'));
      desk?.webContents.forcefullyCrashRenderer();
    });
    await expect
      .poll(
        async () =>
          windowOf('desk')
            ?.evaluate(() => document.readyState)
            .catch(() => null),
        { timeout: 10_000 },
      )
      .toBe('complete');
  });

  test('opens a stage again that hangs, although nobody touches it', async () => {
    const before = windowOf('stage');
    before
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {});
    await expect
      .poll(
        () => {
          const now = app.windows().find((w) => w !== before && w.url().startsWith('kiosk://stage/'));
          return now?.evaluate(() => document.readyState).catch(() => null) ?? null;
        },
        { timeout: 40_000 },
      )
      .toBe('complete');
  });
});
