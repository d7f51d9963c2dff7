import { access, constants, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readSystemFile, type Machine } from '../machine.ts';
import type { Check, Found } from '../check.ts';

const ENTRY = 'venue-kiosk.desktop';
const LOGIN_FILE = '/etc/lightdm/lightdm.conf.d/90-venue-kiosk.conf';
const RUN_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';

/** Whether the kiosk comes back by itself after a power cut, and whether what the entry names is still there. */
export const autostart: Check<'autostart'> = {
  id: 'autostart',
  run({ machine }) {
    if (machine.platform === 'linux') return readDesktopEntry(machine);
    return machine.platform === 'win32' ? readWindows(machine) : { word: 'unknown' };
  },
};

/** XDG autostart in the user's own folder, or a session that is nothing but the kiosk (lockdown). */
async function readDesktopEntry(machine: Machine): Promise<Found<'autostart'>> {
  const login = await readSystemFile(machine, LOGIN_FILE);
  if (login !== null && /^autologin-session=venue-kiosk$/mu.test(login)) return { word: 'on' };
  const config = machine.env['XDG_CONFIG_HOME'] ?? path.join(machine.home, '.config');
  const text = await readFile(path.join(config, 'autostart', ENTRY), 'utf8').catch(() => null);
  if (text === null || /^(?:Hidden=true|X-GNOME-Autostart-enabled=false)/imu.test(text)) return { word: 'off' };
  const program = firstWord(/^Exec=(.+)$/mu.exec(text)?.[1] ?? '');
  return (await isProgram(machine, program))
    ? { word: 'on' }
    : { word: 'broken', facts: { program: program || ENTRY } };
}

/** The program of a command line, which may be quoted. */
function firstWord(command: string): string {
  const found = /^\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))/u.exec(command);
  return (found?.[1]?.replaceAll(/\\(.)/gu, '$1') ?? found?.[2] ?? '').trim();
}

async function isProgram(machine: Machine, name: string): Promise<boolean> {
  if (name === '') return false;
  const folders = path.isAbsolute(name) ? [''] : (machine.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const found = await Promise.all(
    folders.map((folder) =>
      access(path.join(folder, name), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/** Never run on a real Windows: the Run key of this user, as `autostart.cmd` writes it. */
async function readWindows(machine: Machine): Promise<Found<'autostart'>> {
  const said = await machine.run('reg.exe', ['query', RUN_KEY, '/v', 'VenueKiosk']);
  if (said === null) return { word: 'unknown' };
  if (said.status !== 0) return { word: 'off' };
  const program = /REG_SZ\s+"([^"]+)"/u.exec(said.out)?.[1] ?? '';
  return (await isProgram(machine, program)) ? { word: 'on' } : { word: 'broken', facts: { program } };
}
