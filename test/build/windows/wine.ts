import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Where the installer puts the kiosk. */
export const PROGRAM = 'C:\\Program Files\\Venue Kiosk';

/** A Windows 10 of its own under Wine: one folder, nothing of this computer's settings. */
export class Wine {
  readonly #home: string;
  readonly #running = new Set<ChildProcess>();

  constructor(folder: string) {
    this.#home = path.join(folder, 'home');
    fs.mkdirSync(this.#home, { recursive: true });
  }

  get #prefix(): string {
    return path.join(this.#home, 'wine');
  }

  get #env(): Record<string, string | undefined> {
    return {
      PATH: process.env['PATH'],
      HOME: this.#home,
      LANG: 'C.UTF-8',
      WINEPREFIX: this.#prefix,
      WINEARCH: 'win64',
      WINEDEBUG: '-all',
      // Neither is asked for at the first start.
      WINEDLLOVERRIDES: 'mscoree=;mshtml=',
    };
  }

  /** Makes it; Node there refuses to start on an older Windows. */
  setUp(): void {
    for (const args of [
      ['wineboot', '-i'],
      ['winecfg', '-v', 'win10'],
    ])
      this.run(args, 180_000);
  }

  /** Where a Windows path lies on this computer. */
  unix(file: string): string {
    const drive = file.slice(0, 1).toLowerCase();
    return path.join(this.#prefix, 'dosdevices', `${drive}:`, ...file.slice(2).split('\\'));
  }

  /** A drive letter for a folder of this computer, as for a stick. */
  setDrive(letter: string, folder: string): void {
    fs.mkdirSync(folder, { recursive: true });
    fs.symlinkSync(folder, path.join(this.#prefix, 'dosdevices', `${letter.toLowerCase()}:`));
  }

  /** Runs a program to its end; output goes nowhere, because pipes fail there. Its exit status, or null when it took too long. */
  run(args: readonly string[], timeoutMs = 60_000, env: Record<string, string> = {}): number | null {
    const ended = spawnSync('wine', args, {
      env: { ...this.#env, ...env },
      stdio: 'ignore',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      cwd: this.#home,
    });
    return ended.status;
  }

  /** Starts a program that goes on. */
  start(args: readonly string[]): ChildProcess {
    const child = spawn('wine', args, { env: this.#env, stdio: 'ignore', cwd: this.#home });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }

  /** Ends all that runs in it. */
  stop(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    spawnSync('wineserver', ['-k'], { env: this.#env, stdio: 'ignore', timeout: 30_000 });
    spawnSync('wineserver', ['-w'], { env: this.#env, stdio: 'ignore', timeout: 30_000 });
  }
}

/** Where the shell keeps data when it is not said otherwise. */
export function dataFolder(wine: Wine): string {
  const user = fs.readdirSync(wine.unix('C:\\users')).find((name) => name !== 'Public') ?? '';
  return `C:\\users\\${user}\\AppData\\Local\\venue-kiosk`;
}
