import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findBrowser, listBrowserPlaces } from '../../../electron/shells/browser/find-browser.ts';
import { kioskFlags, printFlags } from '../../../electron/shells/browser/flags.ts';
import { prepareProfile } from '../../../electron/shells/browser/profile.ts';
import { watchWake } from '../../../electron/shells/browser/wake-watch.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-launch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('looks for Edge before Chrome before Chromium, in the folders of the system', () => {
  const windows = listBrowserPlaces({
    platform: 'win32',
    env: { 'ProgramFiles(x86)': 'C:\\P86', ProgramFiles: 'C:\\P' },
  });
  expect(windows[0]).toBe('C:\\P86\\Microsoft\\Edge\\Application\\msedge.exe');
  expect(windows.at(-1)).toBe('C:\\P\\Chromium\\Application\\chrome.exe');
  const chromium = path.join(folder, 'chromium');
  const chrome = path.join(folder, 'google-chrome');
  const machine = { platform: 'linux', env: { PATH: folder } };
  expect(findBrowser(machine)).toBe(null);
  writeFileSync(chromium, '');
  expect(findBrowser(machine)).toBe(null);
  chmodSync(chromium, 0o755);
  expect(findBrowser(machine)).toBe(chromium);
  mkdirSync(chrome);
  expect(findBrowser(machine)).toBe(chromium);
});

test('gives up the sandbox for the superuser alone, and makes displays up only when there is none', () => {
  const flags = (headless: boolean, root: boolean) => kioskFlags({ profile: folder, headless, root }).join(' ');
  expect(flags(false, false)).toContain('--kiosk');
  expect(flags(false, false)).not.toMatch(/--no-sandbox|--headless|--screen-info|--remote-debugging-port/);
  expect(flags(false, true)).toContain('--no-sandbox');
  expect(flags(true, false)).toContain('--screen-info={0,0 1366x768 label=desk}{1366,0 1920x1080 label=stage}');
  expect(printFlags({ profile: folder, root: false }).join(' ')).not.toMatch(/--kiosk|--no-sandbox/);
});

test('writes our settings into the profile and keeps the browser’s own, also after a file was cut off', async () => {
  const file = path.join(folder, 'profile', 'Default', 'Preferences');
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
  await prepareProfile(path.join(folder, 'profile'));
  expect(read()['translate']).toEqual({ enabled: false });
  expect(statSync(path.join(folder, 'profile')).mode & 0o777).toBe(0o700);
  writeFileSync(file, JSON.stringify({ ...read(), intl: { accept_languages: 'fr' }, media: { device_id_salt: 'x' } }));
  await prepareProfile(path.join(folder, 'profile'));
  expect(read()['intl']).toMatchObject({ accept_languages: 'vi,en' });
  expect(read()['media']).toEqual({ device_id_salt: 'x' });
  writeFileSync(file, '{"intl": {"acc');
  await prepareProfile(path.join(folder, 'profile'));
  expect(read()['translate']).toEqual({ enabled: false });
});

test('notices that the PC slept, and not that a tick came a little late', () => {
  vi.useFakeTimers();
  try {
    let now = 0;
    let woke = 0;
    const stop = watchWake(
      () => (woke += 1),
      () => now,
      1_000,
    );
    now = 20_000;
    vi.advanceTimersByTime(1_000);
    expect(woke).toBe(0);
    now += 3_600_000;
    vi.advanceTimersByTime(1_000);
    expect(woke).toBe(1);
    stop();
    now += 3_600_000;
    vi.advanceTimersByTime(10_000);
    expect(woke).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});
