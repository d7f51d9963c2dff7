import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AutostartState } from '../../contract/api-settings.ts';

/** What the entry depends on; tests give their own. */
export interface AutostartMachine {
  platform: string;
  /** XDG_CONFIG_HOME and PATH are read. */
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Program and arguments that start this kiosk again. */
  command: readonly string[];
}

const ENTRY = 'venue-kiosk.desktop';
const RUN_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const RUN_NAME = 'VenueKiosk';

/**
 * Whether the kiosk starts with this user's desktop: an XDG autostart entry on Linux, the user's own Run key on Windows. Nothing
 * is remembered elsewhere: what the system has is the setting.
 */
export class Autostart {
  readonly #machine: AutostartMachine;

  constructor(machine: AutostartMachine) {
    this.#machine = machine;
  }

  async read(): Promise<AutostartState> {
    const { platform } = this.#machine;
    if (platform === 'linux') return this.#readEntry();
    return platform === 'win32' ? this.#readRunKey() : 'unknown';
  }

  /** Sets it and answers what is there afterwards. Throws with the system's error when it cannot be written. */
  async set(on: boolean): Promise<AutostartState> {
    const { platform } = this.#machine;
    if (platform === 'linux') await this.#writeEntry(on);
    else if (platform === 'win32') await this.#writeRunKey(on);
    return this.read();
  }

  get #entry(): string {
    const { env, home } = this.#machine;
    return path.join(env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'autostart', ENTRY);
  }

  async #readEntry(): Promise<AutostartState> {
    const text = await readFile(this.#entry, 'utf8').catch(() => null);
    if (text === null || /^(?:Hidden=true|X-GNOME-Autostart-enabled=false)/imu.test(text)) return 'off';
    const program = firstWord(/^Exec=(.+)$/mu.exec(text)?.[1] ?? '');
    return (await this.#isProgram(program)) ? 'on' : 'broken';
  }

  async #writeEntry(on: boolean): Promise<void> {
    if (!on) return rm(this.#entry, { force: true });
    await mkdir(path.dirname(this.#entry), { recursive: true });
    const lines = [
      '[Desktop Entry]',
      'Type=Application',
      'Version=1.0',
      'Name=Venue kiosk',
      'Name[vi]=Điểm cầu',
      `Exec=${this.#machine.command.map(quoteForEntry).join(' ')}`,
      'Terminal=false',
      'X-GNOME-Autostart-enabled=true',
    ];
    return writeFile(this.#entry, `${lines.join('\n')}\n`);
  }

  async #readRunKey(): Promise<AutostartState> {
    const said = await run('reg.exe', ['query', RUN_KEY, '/v', RUN_NAME]).catch(() => null);
    if (said === null) return 'off';
    return (await this.#isProgram(firstWord(/REG_SZ\s+(.+)$/mu.exec(said)?.[1] ?? '', false))) ? 'on' : 'broken';
  }

  async #writeRunKey(on: boolean): Promise<void> {
    const value = this.#machine.command.map((word) => `"${word}"`).join(' ');
    if (on) await run('reg.exe', ['add', RUN_KEY, '/v', RUN_NAME, '/t', 'REG_SZ', '/d', value, '/f']);
    // One that is not there cannot be deleted, and needs not be.
    else await run('reg.exe', ['delete', RUN_KEY, '/v', RUN_NAME, '/f']).catch(() => undefined);
  }

  async #isProgram(name: string): Promise<boolean> {
    if (name === '') return false;
    const folders = path.isAbsolute(name) ? [''] : (this.#machine.env['PATH'] ?? '').split(path.delimiter);
    const found = folders.map((folder) => access(path.join(folder, name), constants.X_OK).then(() => true));
    return (await Promise.allSettled(found)).some(({ status }) => status === 'fulfilled');
  }
}

/** A word of an Exec line by the Desktop Entry specification: reserved characters in quotes, and `%` doubled. */
function quoteForEntry(word: string): string {
  const escaped = word.replaceAll('%', '%%');
  if (/^[\w./:=@%+,-]+$/u.test(escaped)) return escaped;
  // Each escape is escaped once more, because the whole line is a string value of the file.
  const quoted = escaped.replaceAll(/["`$\\]/gu, (letter) => `\\${letter}`);
  return `"${quoted.replaceAll('\\', '\\\\')}"`;
}

/** The program of an Exec line, or of the Run key, where a backslash is a letter like others. */
function firstWord(command: string, escapes = true): string {
  const text = escapes ? command.replaceAll('\\\\', '\\') : command;
  const found = escapes ? /^\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))/u.exec(text) : /^\s*(?:"([^"]*)"|(\S+))/u.exec(text);
  const word = found?.[1] ?? found?.[2] ?? '';
  return (escapes ? word.replaceAll(/\\(.)/gu, '$1').replaceAll('%%', '%') : word).trim();
}

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { windowsHide: true, timeout: 10_000 }, (error, out) =>
      error ? reject(error) : resolve(out),
    );
  });
}
