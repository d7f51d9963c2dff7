import { expect, test } from 'vitest';
import { CORE_OPTIONS } from '../../electron/core/options.ts';
import { argumentsToRestart, CORE_FLAGS, parseLaunchOptions, USAGE } from '../../electron/shells/launch-options.ts';

const machine = { platform: 'linux', env: {}, home: '/home/ban', cwd: '/srv/kiosk' };
const parse = (...argv: string[]) => parseLaunchOptions(argv, machine);

test('takes the shell’s arguments out and leaves the core’s as they were written', () => {
  expect(
    parse(
      '--package',
      'a b.json',
      '--headless',
      '--minutes=1',
      '--shell',
      'browser',
      '--swap-displays',
      '--people',
      '300',
    ),
  ).toEqual({
    ok: true,
    value: {
      shell: 'browser',
      headless: true,
      browser: null,
      swapDisplays: true,
      dataFolder: '/home/ban/.local/share/venue-kiosk',
      help: false,
      restarts: 0,
      chromiumArgv: [],
      coreArgv: [
        '--data',
        '/home/ban/.local/share/venue-kiosk',
        '--package',
        'a b.json',
        '--minutes=1',
        '--people',
        '300',
      ],
    },
  });
});

test('a data folder is resolved against the folder the kiosk was started in', () => {
  expect(parse('--data', 'd')).toMatchObject({
    value: { dataFolder: '/srv/kiosk/d', coreArgv: ['--data', '/srv/kiosk/d'] },
  });
  expect(parse('--data=/x')).toMatchObject({ value: { dataFolder: '/x' } });
});

test('the data folder is where the system keeps programs’ data', () => {
  const folder = (platform: string, env: Record<string, string>) => {
    const parsed = parseLaunchOptions([], { ...machine, platform, env });
    return parsed.ok ? parsed.value.dataFolder : null;
  };
  expect(folder('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/venue-kiosk');
  expect(folder('darwin', {})).toBe('/home/ban/Library/Application Support/venue-kiosk');
  expect(folder('win32', { LOCALAPPDATA: '/local' })).toBe('/local/venue-kiosk');
});

test('says which argument is wrong', () => {
  expect(parse('--shell', 'dos')).toMatchObject({ sentence: '--shell must be electron or browser, not "dos"' });
  expect(parse('--data')).toMatchObject({ sentence: '--data needs a value' });
  expect(parse('--headless', '--shell', 'electron')).toMatchObject({
    sentence: '--headless runs in the browser shell only',
  });
});

test('switches of Chromium go to Chromium, wherever they stand', () => {
  expect(
    parse(
      '--disable-gpu',
      '--package',
      'a.json',
      '--force-device-scale-factor=1.25',
      '--no-sandbox',
      '--enable-features=A,B',
      '--ozone-platform-hint=auto',
      '--headless',
    ),
  ).toMatchObject({
    ok: true,
    value: {
      headless: true,
      chromiumArgv: [
        '--disable-gpu',
        '--force-device-scale-factor=1.25',
        '--no-sandbox',
        '--enable-features=A,B',
        '--ozone-platform-hint=auto',
      ],
      coreArgv: ['--data', '/home/ban/.local/share/venue-kiosk', '--package', 'a.json'],
    },
  });
});

test('a slip of the finger in one of ours gets a sentence that names what was meant', () => {
  const slips = {
    '--pakage': '--package',
    '--packege=x': '--package',
    '--headles': '--headless',
    '--heedless': '--headless',
    '--swap-display': '--swap-displays',
    '--shel': '--shell',
    '--hepl': '--help',
    '--minuts': '--minutes',
    '--pepole': '--people',
    '--trsut': '--trust',
    '--dat': '--data',
    '--brwoser': '--browser',
    '--dealy': '--delay',
  };
  for (const [slip, meant] of Object.entries(slips))
    expect(parse(slip)).toMatchObject({ ok: false, sentence: expect.stringContaining(`; ${meant} is`) });
});

test('switches that would open the windows to others, or that the kiosk sets itself, are refused', () => {
  for (const name of [
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0',
    '--user-data-dir=/tmp/x',
    '--disable-web-security',
    '--ignore-certificate-errors',
    '--load-extension=/tmp/x',
    '--js-flags=--expose-gc',
    '--app=https://example.com',
    '--kiosk',
    '-x',
  ])
    expect({ name, ok: parse(name).ok }).toEqual({ name, ok: false });
});

test('the shell knows every argument of the core, and the usage tells them all', () => {
  expect(
    Object.keys(CORE_OPTIONS)
      .filter((name) => name !== 'data')
      .toSorted(),
  ).toEqual([...CORE_FLAGS].toSorted());
  for (const name of [...CORE_FLAGS, 'data', 'headless', 'shell', 'browser', 'swap-displays', 'help'])
    expect(USAGE).toContain(`--${name}`);
});

test('Electron tells its next process how often it started in a row', () => {
  const again = argumentsToRestart(['--data', '/x', '--restarted=2'], 3);
  expect(again).toEqual(['--data', '/x', '--restarted=3']);
  expect(parse(...again)).toMatchObject({ value: { restarts: 3, coreArgv: ['--data', '/x'] } });
});
