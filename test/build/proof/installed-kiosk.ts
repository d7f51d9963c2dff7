import fs from 'node:fs';
import path from 'node:path';
import type { Intake } from '../../../electron/core/rehearsal/intake.ts';
import { findProgram } from '../../../build/packages/programs.ts';
import { vi } from '../../../renderer/i18n/vi.ts';
import { freePort } from './free-port.ts';
import { Hand } from './hand.ts';
import { menuCommand, PROGRAM } from './installed-deb.ts';
import { readKept, readSitting, type Records } from './kept-data.ts';
import { must, NotHere, waitFor } from './rows.ts';
import type { ProofUser, UserProcess } from './user.ts';

const SHELL_LOG = 'venue-kiosk.log';
const OPEN_MS = 120_000;
/** A little longer than the lock of the desk wants. */
const HOLD_S = 1.6;
const BROWSERS = ['microsoft-edge-stable', 'google-chrome-stable', 'chromium'];

/** The installed kiosk on the user's display, worked by mouse and keys, and looked at from outside. */
export class InstalledKiosk {
  readonly hand: Hand;
  readonly #user: ProofUser;
  readonly #records: Records;

  readonly #browser: string;

  private constructor(user: ProofUser, { records, hand, browser }: { records: Records; hand: Hand; browser: string }) {
    this.#user = user;
    this.#records = records;
    this.hand = hand;
    this.#browser = browser;
  }

  static async of(user: ProofUser, records: Records): Promise<InstalledKiosk> {
    const hand = new Hand(user, await freePort());
    const browser = BROWSERS.map((name) => findProgram(name)).find((found) => found !== null);
    must(browser, 'there is no browser');
    hand.prepareBrowser(browser);
    return new InstalledKiosk(user, { records, hand, browser });
  }

  get data(): string {
    return path.join(this.#user.home, '.local/share/venue-kiosk');
  }

  /** Throws NotHere where this system lets the browser of an ordinary user have no sandbox: then it does not start, as it should. */
  needBrowser(): void {
    const test = (name: string, ...more: string[]) =>
      this.#user.run(
        `timeout 50 ${this.#browser} --headless=new --user-data-dir=$HOME/${name} ${more.join(' ')} --dump-dom about:blank`,
      );
    const withIt = test('with-sandbox');
    if (withIt.status === 0) return;
    const why = withIt.output.split('\n').find((line) => /sandbox|namespace/iu.test(line)) ?? withIt.output.slice(-300);
    const without = test('without-sandbox', '--no-sandbox');
    throw new NotHere(
      without.status === 0
        ? `this system forbids the browser of an ordinary user its sandbox: ${why}`
        : `${this.#browser} does not start here for an ordinary user: ${why}`,
    );
  }

  /** Starts a window manager on the user's display, which is there already. */
  async startDesktop(): Promise<void> {
    const isThere = () => (this.#user.run('xdotool getdisplaygeometry').status === 0 ? true : null);
    await waitFor('the display', isThere, 20_000);
    this.#user.start('exec openbox', 'openbox.log');
  }

  /** Runs the command of the menu entry; it. */
  startFromMenu(): string {
    const command = menuCommand();
    this.#user.start(`exec ${command}`, SHELL_LOG);
    return command;
  }

  /** Waits for exactly these windows. */
  async shows(what: 'lobby' | 'session', timeoutMs = OPEN_MS): Promise<void> {
    const wanted = what === 'lobby' ? 'lobby' : 'console,desk,stage';
    const look = async () => ((await this.hand.windows()).toSorted().join() === wanted ? true : null);
    await waitFor(`the windows ${wanted}`, look, timeoutMs).catch((cause: unknown) => {
      throw new Error(`${String(cause)}: ${this.log()}`, { cause });
    });
  }

  /** The lock in the profile of its browser, a link that names a host and a process; null when there is none. */
  profileLock(): string | null {
    const folder = path.join(this.data, 'browser');
    const locks = fs.readdirSync(folder).map((profile) => path.join(folder, profile, 'SingletonLock'));
    return locks.find((lock) => fs.lstatSync(lock, { throwIfNoEntry: false })) ?? null;
  }

  /** The last lines of what its shell said. */
  log(): string {
    const file = path.join(this.#user.home, SHELL_LOG);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n').slice(-3).join(' / ') : 'no log';
  }

  /** The sitting by the database; a state of null while it cannot be read. */
  async sitting(): Promise<{ id: string | null; state: string | null; signedIn: number }> {
    return readSitting(this.data, this.#records).catch(() => ({ id: null, state: null, signedIn: -1 }));
  }

  /** Opens the console with its key and the PIN, from any window. */
  async openConsole(pin: string): Promise<void> {
    this.hand.key('F9');
    await this.hand.sees('console', vi.console.lock.enterPin);
    // The window that came to the front takes the keys a moment later.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    this.hand.type(pin);
    this.hand.key('Return');
    await this.hand.sees('console', vi.console.nav.checks);
  }

  /** Opens the console from the desk with the mouse alone: the lock in its corner, then the PIN on the pad. */
  async openConsoleByMouse(pin: string): Promise<void> {
    await this.hand.hold('desk', vi.ways.console, HOLD_S);
    await this.hand.sees('console', vi.console.lock.enterPin);
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const digit of pin) await this.hand.press('console', digit);
    await this.hand.press('console', vi.console.lock.unlock);
    await this.hand.sees('console', vi.console.nav.checks);
  }

  /** On the open console: ends the sitting with two clicks. */
  async endSitting(): Promise<void> {
    await this.hand.click('console', vi.console.nav.board);
    await this.hand.click('console', vi.console.sitting.end);
    await this.hand.sees('console', vi.console.sitting.endBody2);
    await this.hand.click('console', vi.console.sitting.endDo);
  }

  /** Waits for the receipt, verifies it, and compares the province's report with the count; facts. */
  async receipt(people: number, timeoutMs: number, province?: Intake): Promise<string> {
    const look = async () => {
      const kept = await readKept(this.data, province).catch(() => null);
      return kept?.receiptVerified ? kept : null;
    };
    const proof = await waitFor('the verified receipt', look, timeoutMs);
    const present = proof.report?.people.filter((one) => one.status === 'present' || one.status === 'late').length;
    must(present === people, `the report has ${present} people, ${people} signed in`);
    must(proof.chain, 'the chain of events is broken');
    return `receipt verified, ${present} people in the report, ${proof.attempts} attempt(s)`;
  }

  /** The shell's, the core's and the browser's processes. */
  processes(): { shell: UserProcess | undefined; core: UserProcess | undefined; browser: UserProcess[] } {
    const all = this.#user.processes();
    const runs = (script: string) =>
      all.find((one) => one.command[0]?.endsWith('/node/node') && one.command.includes(`${PROGRAM}/dist/${script}`));
    return {
      shell: runs('shells/start.js'),
      core: runs('core/start.js'),
      browser: all.filter((one) => /chrom|edge/u.test(path.basename(one.command[0] ?? ''))),
    };
  }

  /** Kills the core; waits for its successor. */
  async killCore(): Promise<string> {
    const before = this.processes().core;
    must(before, 'no core runs');
    process.kill(before.pid, 'SIGKILL');
    const after = await waitFor(
      'the next core',
      () => {
        const { core } = this.processes();
        return core && core.pid !== before.pid ? core : null;
      },
      60_000,
    );
    return `${before.pid} killed, ${after.pid} runs`;
  }

  /** Ends it as a logout does; nothing of it may be left, neither a process nor the lock of the browser's profile. */
  async stop(): Promise<string> {
    const { shell } = this.processes();
    must(shell, 'the kiosk does not run');
    process.kill(shell.pid, 'SIGTERM');
    await waitFor(
      'all its processes to end',
      () => {
        const left = this.processes();
        return !left.shell && !left.core && left.browser.length === 0 ? true : null;
      },
      60_000,
    );
    must(this.profileLock() === null, `${this.profileLock()} is left`);
    return 'no process and no lock of the profile is left';
  }
}
