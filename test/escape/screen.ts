import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { startXvfb, type Display } from '../build/proof/display.ts';
import { NotHere, waitFor } from '../build/proof/rows.ts';
import { SCREEN } from './attempts.ts';

/** Smaller ones are hints and cursors of a browser, not ways out. */
const SMALLEST = { width: 60, height: 60 };

/** A display of Xvfb with openbox, and what is on it by X alone. */
export class Screen {
  #display: Display | null = null;
  #manager: ChildProcess | null = null;
  readonly #config: string | null;

  /** `config`: of openbox; null for the system's own, with keys. */
  constructor(config: string | null) {
    this.#config = config;
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, DISPLAY: this.#display?.name };
  }

  async start(): Promise<void> {
    for (const program of ['Xvfb', 'openbox', 'xdotool', 'xwininfo', 'xprop'])
      if (spawnSync(program, ['-h']).error)
        throw new NotHere(`${program} is not here; Debian has xvfb, openbox, xdotool and x11-utils`);
    this.#display = await startXvfb(`${SCREEN.width}x${SCREEN.height}`);
    const options = this.#config === null ? [] : ['--sm-disable', '--config-file', this.#config];
    this.#manager = spawn('openbox', options, { env: this.env, stdio: 'ignore' });
    const isThere = () =>
      /window id/u.test(this.#ask('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK']) ?? '') ? true : null;
    await waitFor('the window manager', isThere, 20_000);
  }

  /** Commands of xdotool, one after the other. */
  act(steps: readonly string[]): void {
    this.#ask(
      'xdotool',
      steps.flatMap((step) => step.split(' ')),
    );
  }

  /** Lets go of what an attempt may have left pressed. */
  letGo(): void {
    this.act(['ctrl', 'alt', 'shift', 'super'].map((key) => `keyup ${key}`));
  }

  /** Windows and menus that can be seen, by their X number, with name and size. */
  visible(): Map<string, string> {
    const seen = new Map<string, string>();
    const list = this.#ask('xwininfo', ['-root', '-children']) ?? '';
    for (const [, id = '', name = '', width, height] of list.matchAll(/^\s+(0x[0-9a-f]+) (.*?)\s+(\d+)x(\d+)[+-]/gmu)) {
      if (Number(width) < SMALLEST.width || Number(height) < SMALLEST.height) continue;
      const isSeen = /Map State: IsViewable/u.test(this.#ask('xwininfo', ['-id', id]) ?? '');
      if (isSeen) seen.set(id, `${name.replace(/:.*/u, '')} ${width}×${height}`);
    }
    return seen;
  }

  /** Windows of programs, in the window manager's list. */
  windows(): string[] {
    return (this.#ask('xprop', ['-root', '_NET_CLIENT_LIST']) ?? '').match(/0x[0-9a-f]+/gu) ?? [];
  }

  /** The window that keys go to, by its X number and title; null for none. */
  active(): { id: string; title: string } | null {
    const id = /0x[0-9a-f]+/u.exec(this.#ask('xprop', ['-root', '_NET_ACTIVE_WINDOW']) ?? '')?.[0];
    if (id === undefined || Number(id) === 0) return null;
    return { id, title: this.#ask('xdotool', ['getwindowname', String(Number(id))])?.trim() ?? '' };
  }

  activate(id: string): void {
    this.#ask('xdotool', ['windowactivate', String(Number(id))]);
  }

  titleOf(id: string): string {
    return this.#ask('xdotool', ['getwindowname', String(Number(id))])?.trim() ?? '';
  }

  picture(file: string): void {
    this.#ask('import', ['-window', 'root', file]);
  }

  async stop(): Promise<void> {
    this.#manager?.kill('SIGKILL');
    await this.#display?.stop();
  }

  /** What a program says; null when it fails. */
  #ask(program: string, args: string[]): string | null {
    const ended = spawnSync(program, args, { env: this.env, encoding: 'utf8', timeout: 10_000 });
    return ended.status === 0 ? ended.stdout : null;
  }
}
