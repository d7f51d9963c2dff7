import fs from 'node:fs';
import path from 'node:path';
import { must, type Rows } from '../proof/rows.ts';
import { dataFolder, PROGRAM, type Wine } from './wine.ts';

interface Bench {
  wine: Wine;
  rows: Rows;
  /** A folder of this computer. */
  temp: string;
}

const RUN_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';

/** The installed program and scripts, each started as a person would. */
export async function proveScripts(bench: Bench): Promise<void> {
  await proveLauncher(bench);
  await proveAutostart(bench);
  await proveLockdown(bench);
}

async function proveLauncher({ wine, rows }: Bench): Promise<void> {
  await rows.row('its program starts the shell, which says in a file that there is no browser here', () => {
    const status = wine.run([`${PROGRAM}\\venue-kiosk.exe`], 120_000, { VENUE_KIOSK_QUIET: '1' });
    const log = wine.unix(`${dataFolder(wine)}\\shell.log`);
    must(fs.existsSync(log), 'there is no shell.log');
    const said = fs.readFileSync(log, 'utf8').trim();
    must(status === 69 && said.includes('No browser found'), `status ${status}: ${said}`);
    return `status ${status}, ${said.slice(0, 40)}`;
  });
}

async function proveAutostart({ wine, rows }: Bench): Promise<void> {
  await rows.row('autostart is set, seen and taken back', () => {
    const ask = (what: string) => wine.run(['cmd', '/c', `${PROGRAM}\\autostart\\autostart.cmd`, what]);
    const before = ask('status');
    const on = ask('on');
    const there = wine.run(['reg', 'query', RUN_KEY, '/v', 'VenueKiosk']);
    const seen = ask('status');
    const off = ask('off');
    const gone = wine.run(['reg', 'query', RUN_KEY, '/v', 'VenueKiosk']);
    const all = [before, on, there, seen, off, gone];
    must(all.join() === '1,0,0,0,0,1', `statuses ${all.join()} instead of 1,0,0,0,0,1`);
    return 'Run key of the user';
  });
}

async function proveLockdown({ wine, rows, temp }: Bench): Promise<void> {
  await rows.row('lockdown is set, seen and taken back, and a value of the owner is restored', () => {
    const sticky = 'HKCU\\Control Panel\\Accessibility\\StickyKeys';
    wine.run(['reg', 'add', sticky, '/v', 'Flags', '/t', 'REG_SZ', '/d', '510', '/f']);
    const ask = (what: string) => wine.run(['cmd', '/c', `${PROGRAM}\\lockdown\\lockdown.cmd`, what], 120_000);
    const read = () =>
      [sticky, 'HKLM\\System\\CurrentControlSet\\Control\\Keyboard Layout', 'HKCU\\Software\\Microsoft\\Windows'].map(
        (key) => {
          const file = path.join(temp, 'values.reg');
          fs.rmSync(file, { force: true });
          wine.run(['reg', 'export', key, `Z:${file.replaceAll('/', '\\')}`, '/y']);
          // Empty keys that were made on the way are no settings.
          return fs.existsSync(file)
            ? fs
                .readFileSync(file, 'utf16le')
                .split('\r\n')
                .filter((line) => line.includes('='))
                .join('\n')
            : '';
        },
      );
    const before = read();
    const first = ask('status');
    const on = ask('on');
    const seen = ask('status');
    const set = read();
    must([first, on, seen].join() === '1,0,0', `statuses ${[first, on, seen].join()} instead of 1,0,0`);
    must(
      set[0]?.includes('"506"') && set[1]?.includes('Scancode Map') && set[2]?.includes('DisableTaskMgr'),
      'values are not there',
    );
    const off = ask('off');
    const last = ask('status');
    must([off, last].join() === '0,1', `statuses ${[off, last].join()} instead of 0,1`);
    must(read().join() === before.join(), 'the registry is not as before');
    return 'registry as before';
  });
}
