import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AutostartState } from '../../contract/api-settings.ts';

const ENTRY = 'venue-kiosk.desktop';
export const RUN_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
export const RUN_NAME = 'VenueKiosk';

/** The PC on which the entry is looked for. */
export interface EntryMachine {
  platform: string;
  /** XDG_CONFIG_HOME and PATH are read. */
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** A program of the system; null when it is not there or took too long. */
  run(command: string, args: readonly string[]): Promise<{ status: number; out: string } | null>;
}

/** Where the XDG entry of this user lies. */
export function entryFile({ env, home }: Pick<EntryMachine, 'env' | 'home'>): string {
  return path.join(env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'autostart', ENTRY);
}

/** The one reader of the autostart entry: what the system has is the setting. `program`: what the entry starts, or its own name. */
export async function readAutostart(machine: EntryMachine): Promise<{ state: AutostartState; program: string }> {
  if (machine.platform === 'linux') return readEntry(machine);
  return machine.platform === 'win32' ? readRunKey(machine) : { state: 'unknown', program: '' };
}

async function readEntry(machine: EntryMachine): Promise<{ state: AutostartState; program: string }> {
  const text = await readFile(entryFile(machine), 'utf8').catch(() => null);
  if (text === null || /^(?:Hidden=true|X-GNOME-Autostart-enabled=false)/imu.test(text))
    return { state: 'off', program: '' };
  return judge(machine, firstWord(/^Exec=(.+)$/mu.exec(text)?.[1] ?? ''), ENTRY);
}

/** Never run on a real Windows: the Run key of this user. */
async function readRunKey(machine: EntryMachine): Promise<{ state: AutostartState; program: string }> {
  const said = await machine.run('reg.exe', ['query', RUN_KEY, '/v', RUN_NAME]);
  if (said === null) return { state: 'unknown', program: '' };
  if (said.status !== 0) return { state: 'off', program: '' };
  return judge(machine, firstWord(/REG_SZ\s+(.+)$/mu.exec(said.out)?.[1] ?? '', false), RUN_NAME);
}

async function judge(machine: EntryMachine, program: string, entry: string) {
  const state: AutostartState = (await isProgram(machine, program)) ? 'on' : 'broken';
  return { state, program: program || entry };
}

async function isProgram({ env }: EntryMachine, name: string): Promise<boolean> {
  if (name === '') return false;
  const folders = path.isAbsolute(name) ? [''] : (env['PATH'] ?? '').split(path.delimiter);
  const found = folders.map((folder) => access(path.join(folder, name), constants.X_OK).then(() => true));
  return (await Promise.allSettled(found)).some(({ status }) => status === 'fulfilled');
}

/** The program of an Exec line, or of the Run key, where a backslash is a letter like others. */
function firstWord(command: string, escapes = true): string {
  const text = escapes ? command.replaceAll('\\\\', '\\') : command;
  const found = escapes ? /^\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))/u.exec(text) : /^\s*(?:"([^"]*)"|(\S+))/u.exec(text);
  const word = found?.[1] ?? found?.[2] ?? '';
  return (escapes ? word.replaceAll(/\\(.)/gu, '$1').replaceAll('%%', '%') : word).trim();
}
