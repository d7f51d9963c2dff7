import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AutostartState } from '../../contract/api-settings.ts';
import { entryFile, readAutostart, RUN_KEY, RUN_NAME } from './autostart-entry.ts';

/** What the entry depends on; tests give their own. */
export interface AutostartMachine {
  platform: string;
  /** XDG_CONFIG_HOME and PATH are read. */
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Program and arguments that start this kiosk again. */
  command: readonly string[];
}

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
    const ask = (program: string, args: readonly string[]) =>
      run(program, args).then(
        (out) => ({ status: 0, out }),
        () => ({ status: 1, out: '' }),
      );
    return (await readAutostart({ ...this.#machine, run: ask })).state;
  }

  /** Sets it and answers what is there afterwards. Throws with the system's error when it cannot be written. */
  async set(on: boolean): Promise<AutostartState> {
    const { platform } = this.#machine;
    if (platform === 'linux') await this.#writeEntry(on);
    else if (platform === 'win32') await this.#writeRunKey(on);
    return this.read();
  }

  async #writeEntry(on: boolean): Promise<void> {
    if (!on) return rm(entryFile(this.#machine), { force: true });
    await mkdir(path.dirname(entryFile(this.#machine)), { recursive: true });
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
    return writeFile(entryFile(this.#machine), `${lines.join('\n')}\n`);
  }

  async #writeRunKey(on: boolean): Promise<void> {
    const value = this.#machine.command.map((word) => `"${word}"`).join(' ');
    if (on) await run('reg.exe', ['add', RUN_KEY, '/v', RUN_NAME, '/t', 'REG_SZ', '/d', value, '/f']);
    // One that is not there cannot be deleted, and needs not be.
    else await run('reg.exe', ['delete', RUN_KEY, '/v', RUN_NAME, '/f']).catch(() => undefined);
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

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { windowsHide: true, timeout: 10_000 }, (error, out) =>
      error ? reject(error) : resolve(out),
    );
  });
}
