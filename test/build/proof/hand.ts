import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Page } from 'puppeteer-core';
import type { WindowRole } from '../../../electron/contract/shell.ts';
import { must, waitFor } from './rows.ts';
import type { ProofUser } from './user.ts';

/** Where something lies, pixels of the X screen; null while it is not there, `out` when it must be scrolled to. */
type Spot = { x: number; y: number; out: boolean } | null;

const LOOK_MS = 30_000;
/** A page needs a moment to draw what a click changed; people take longer. */
const PAUSE_S = 0.25;

/**
 * A person at the mouse of the proof's display. Where things lie is asked of the browser's pages, by the words on them; every click and
 * key is one of X, and goes to whatever lies there.
 */
export class Hand {
  readonly #user: ProofUser;
  readonly #port: number;
  #clicks = 0;
  #keys = 0;

  constructor(user: ProofUser, port: number) {
    this.#user = user;
    this.#port = port;
  }

  /** Clicks and keys since the last `forget`. */
  get count(): { clicks: number; keys: number } {
    return { clicks: this.#clicks, keys: this.#keys };
  }

  forget(): void {
    this.#clicks = 0;
    this.#keys = 0;
  }

  /**
   * Has the user's browser open a port by which its pages can be asked, beside the pipe that the kiosk uses. The kiosk itself
   * refuses such a switch, so it is put in where the user's path finds the browser.
   */
  prepareBrowser(program: string): void {
    const folder = path.join(this.#user.home, 'bin');
    fs.mkdirSync(folder, { recursive: true });
    const file = path.join(folder, path.basename(program));
    const script = `#!/bin/sh\ncase " $* " in\n  *" --kiosk "*) exec ${program} --remote-debugging-port=${this.#port} "$@" ;;\nesac\nexec ${program} "$@"\n`;
    fs.writeFileSync(file, script, { mode: 0o755 });
  }

  /** Windows that are open, by their pages. */
  async windows(): Promise<WindowRole[]> {
    return this.#ask(async (pages) => [...pages.keys()]).catch(() => []);
  }

  /** Left edge of a window on the X screen and its width, pixels; null while it is not there. */
  async place(role: WindowRole): Promise<{ left: number; width: number } | null> {
    const read = () => ({ left: window.screenX, width: window.outerWidth });
    return this.#ask(async (pages) => pages.get(role)?.evaluate(read) ?? null).catch(() => null);
  }

  /** Text on a window, its no-break spaces as plain ones; empty while it is not there. */
  async text(role: WindowRole, selector = 'body'): Promise<string> {
    const read = (from: string) => document.querySelector<HTMLElement>(from)?.innerText.replaceAll('\u00A0', ' ') ?? '';
    return this.#ask(async (pages) => pages.get(role)?.evaluate(read, selector) ?? '').catch(() => '');
  }

  /** Waits until a window shows the words. */
  async sees(role: WindowRole, words: string, timeoutMs = LOOK_MS): Promise<void> {
    const look = async () => ((await this.text(role)).includes(words) ? true : null);
    await waitFor(`“${words}” on the ${role}`, look, timeoutMs);
  }

  /** Clicks on the control with these words; of several, on one with nothing in front of it. */
  async click(role: WindowRole, words: string, options: { exact?: boolean; timeoutMs?: number } = {}): Promise<void> {
    const { exact = false, timeoutMs = LOOK_MS } = options;
    const spot = await this.#wait(role, words, { exact, timeoutMs });
    this.#clicks += 1;
    this.#run(`mousemove ${spot.x} ${spot.y}`, 'sleep 0.1', 'click 1', `sleep ${PAUSE_S}`);
  }

  /** Clicks on a key that is drawn on the screen; it counts as a key. */
  async press(role: WindowRole, key: string): Promise<void> {
    const spot = await this.#wait(role, key, { exact: true, timeoutMs: LOOK_MS });
    this.#keys += 1;
    this.#run(`mousemove ${spot.x} ${spot.y}`, 'sleep 0.1', 'click 1', `sleep ${PAUSE_S}`);
  }

  /** Holds the button of the mouse on a control for so many seconds; one click. */
  async hold(role: WindowRole, words: string, holdS: number): Promise<void> {
    const spot = await this.#wait(role, words, { exact: false, timeoutMs: LOOK_MS });
    this.#clicks += 1;
    const steps = [`mousemove ${spot.x} ${spot.y}`, 'sleep 0.1', 'mousedown 1', `sleep ${holdS}`, 'mouseup 1'];
    this.#run(...steps, `sleep ${PAUSE_S}`);
  }

  async #wait(role: WindowRole, words: string, { exact, timeoutMs }: { exact: boolean; timeoutMs: number }) {
    return waitFor(
      `a control “${words}” on the ${role}`,
      async () => {
        const found = await this.#find(role, words, exact);
        if (found?.out === true) this.#wheel(found);
        return found?.out === false ? found : null;
      },
      timeoutMs,
    );
  }

  /** Whether such a control can be clicked on now. */
  async has(role: WindowRole, words: string): Promise<boolean> {
    return (await this.#find(role, words, false))?.out === false;
  }

  key(name: string): void {
    this.#keys += 1;
    this.#run(`key ${name}`, `sleep ${PAUSE_S}`);
  }

  type(letters: string): void {
    this.#keys += letters.length;
    this.#run(`type --delay 80 '${letters}'`, `sleep ${PAUSE_S}`);
  }

  /** Writes what the display shows now, all outputs in one picture. */
  picture(file: string): void {
    const inHome = path.join(this.#user.home, 'picture.png');
    const { status, output } = this.#user.run(`rm -f ${inHome}; scrot --overwrite ${inHome}`);
    must(status === 0 && fs.existsSync(inHome), `no picture: ${output}`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.copyFileSync(inHome, file);
  }

  #run(...steps: string[]): void {
    const { status, output } = this.#user.run(steps.map((step) => `xdotool ${step}`).join(' && '));
    must(status === 0, `xdotool: ${output}`);
  }

  #wheel({ x, y }: { x: number; y: number }): void {
    this.#run(`mousemove ${x} ${y}`, 'click --repeat 3 --delay 60 5', 'sleep 0.2');
  }

  async #find(role: WindowRole, words: string, exact: boolean): Promise<Spot> {
    return this.#ask(async (pages) => pages.get(role)?.evaluate(findSpot, words, exact) ?? null).catch(() => null);
  }

  /** Connects for one question: the kiosk may have started another browser since the last. */
  async #ask<T>(question: (pages: Map<WindowRole, Page>) => Promise<T>): Promise<T> {
    const browser = await puppeteer.connect({
      browserURL: `http://127.0.0.1:${this.#port}`,
      defaultViewport: null,
      acceptInsecureCerts: false,
    });
    try {
      const pages = new Map<WindowRole, Page>();
      for (const page of await browser.pages()) {
        const role = /^http:\/\/127\.0\.0\.1:\d+\/(stage|desk|console|lobby)\//u.exec(page.url())?.[1];
        if (role) pages.set(role as WindowRole, page);
      }
      return await question(pages);
    } finally {
      await browser.disconnect();
    }
  }
}

/** Runs in the page: the middle of the control with these words, when nothing lies over it. */
function findSpot(words: string, exact: boolean): Spot {
  const plain = (text: string) => text.replaceAll(/\s+/gu, ' ').trim();
  const nameOf = (element: Element) => {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((l) => l.textContent) : [];
    return plain([element.getAttribute('aria-label') ?? '', element.textContent, ...labels].join(' '));
  };
  let out: Spot = null;
  for (const element of document.querySelectorAll('button, a[href], input, summary, [role="button"]')) {
    const name = nameOf(element);
    if (element.matches(':disabled') || !(exact ? name === words : name.includes(plain(words)))) continue;
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    const [x, y] = [left + width / 2, top + height / 2];
    const at = { x: Math.round(window.screenX + x), y: Math.round(window.screenY + y) };
    const hit = document.elementFromPoint(x, y);
    if (hit && (element.contains(hit) || element.matches('label') || hit.closest('label')?.control === element))
      return { ...at, out: false };
    const middle = { x: window.screenX + Math.round(innerWidth / 2), y: window.screenY + Math.round(innerHeight / 2) };
    if (y < 0 || y > innerHeight || hit === null) out = { ...middle, out: true };
    // Inside a list that scrolls by itself it lies under the edge.
    else if (!document.querySelector('dialog[open]')) out ??= { ...middle, out: true };
  }
  return out;
}
