import { expect, test } from 'vitest';
import { parseLaunchOptions } from '../../electron/shells/launch-options.ts';

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
