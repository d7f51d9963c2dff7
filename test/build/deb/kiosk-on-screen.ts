import fs from 'node:fs';
import path from 'node:path';
import { readKept, readSitting } from './kept-data.ts';
import { must, waitFor } from '../proof/rows.ts';
import { listPracticePeople, typedForm } from '../../rehearsal/people.ts';
import type { ProofUser, UserProcess } from './user.ts';

const MENU = '/usr/share/applications/venue-kiosk.desktop';
const PROGRAM = '/opt/venue-kiosk';
const PEOPLE = 50;
const SHELL_LOG = 'venue-kiosk.log';
const SETTLE_MS = 8_000;

/** The installed kiosk on the user's display, worked with keys as a person does, and looked at from outside. */
export class KioskOnScreen {
  readonly #user: ProofUser;
  readonly #people = listPracticePeople(PEOPLE);
  #signedIn = 0;

  constructor(user: ProofUser) {
    this.#user = user;
  }

  get data(): string {
    return path.join(this.#user.home, '.local/share/venue-kiosk');
  }

  /** What the package's options file must say for this rehearsal. */
  static options(minutes: number, help: string): string {
    const rehearsal = help.includes('--rehearsal') ? ['--rehearsal'] : [];
    return [...rehearsal, `--people=${PEOPLE}`, `--minutes=${minutes}`, '--delay=12']
      .map((line) => `${line}\n`)
      .join('');
  }

  /** Starts a display with a window manager, and on it the menu entry's command. */
  async start(): Promise<string> {
    const { display } = this.#user;
    this.#user.start(`exec Xvfb ${display} -screen 0 1366x768x24 -nolisten tcp`, 'xvfb.log');
    await waitFor(
      'the display',
      () => (this.#user.run('xdotool getdisplaygeometry').status === 0 ? true : null),
      20_000,
    );
    this.#user.start('exec openbox', 'openbox.log');
    return this.startFromMenu();
  }

  async startFromMenu(): Promise<string> {
    const command = /^Exec=(.+)$/mu.exec(fs.readFileSync(MENU, 'utf8'))?.[1];
    must(command, 'the menu entry has no command');
    this.#user.start(`exec ${command}`, SHELL_LOG);
    const live = async () => (await readSitting(this.data).catch(() => null))?.state === 'live';
    try {
      await waitFor('the desk window', () => this.#window('Bàn điểm danh'), 120_000);
      await waitFor('the broadcast on the stage', async () => ((await live()) ? true : null), 120_000);
    } catch (cause) {
      throw new Error(`${String(cause)}: ${this.log()}`, { cause });
    }
    // The desk is the last window to open, and its page is still loading.
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return command;
  }

  log(): string {
    return fs.readFileSync(path.join(this.#user.home, SHELL_LOG), 'utf8').trim().split('\n').slice(-3).join(' / ');
  }

  /** Signs so many more people in: letters, arrow, Enter. Waits until the database has them; how many it has. */
  async signIn(count: number): Promise<number> {
    for (let i = 0; i < count; i += 1) {
      const person = this.#people[this.#signedIn];
      must(person, 'nobody is left to sign in');
      await this.#signInOne(typedForm(person.name), this.#signedIn + 1);
      this.#signedIn += 1;
    }
    return this.count();
  }

  /** Tries again what a slow screen swallowed. */
  async #signInOne(letters: string, wanted: number): Promise<void> {
    // `type` takes the rest of its line for letters, so each step is a line of its own.
    const keys = [`type --delay 60 '${letters}'`, 'sleep 1.5', 'key Down', 'sleep 0.5', 'key Return'];
    for (let attempt = 1; ; attempt += 1) {
      this.#user.run(keys.map((step) => `xdotool ${step}`).join('; '));
      try {
        await waitFor(`sign-in ${wanted}`, async () => ((await this.count()) >= wanted ? true : null), 15_000);
        // The confirmation goes, and the search is empty for the next.
        this.#user.run('xdotool sleep 0.5; xdotool key Escape; xdotool sleep 0.7');
        return;
      } catch (cause) {
        if (attempt === 6) throw cause;
        // Not with Escape: in a page that is still loading it stops the loading.
        this.#user.run('xdotool key --repeat 40 --delay 20 BackSpace; xdotool sleep 0.7');
      }
    }
  }

  /** How many signed in by the database. */
  async count(): Promise<number> {
    return readSitting(this.data).then(
      ({ signedIn }) => signedIn,
      () => -1,
    );
  }

  async receipt(timeoutMs: number): Promise<string> {
    const proof = await waitFor(
      'the verified receipt',
      async () => {
        const kept = await readKept(this.data).catch(() => null);
        return kept?.receiptVerified ? kept : null;
      },
      timeoutMs,
    );
    const present = proof.report?.people.filter((one) => one.status === 'present' || one.status === 'late').length;
    must(present === this.#signedIn, `the report has ${present} people, ${this.#signedIn} signed in`);
    must(proof.chain, 'the chain of events is broken');
    return `receipt verified, ${present} people in the report, ${proof.attempts} attempt(s)`;
  }

  /** The shell's and the core's processes. */
  processes(): { shell: UserProcess | undefined; core: UserProcess | undefined; browser: UserProcess[] } {
    const all = this.#user.processes();
    const runs = (script: string) =>
      all.find((one) => one.command[0]?.endsWith('/node/node') && one.command[1] === `${PROGRAM}/dist/${script}`);
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
      30_000,
    );
    return `${before.pid} killed, ${after.pid} runs`;
  }

  /** Ends it as a logout does; nothing of it may be left. */
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
      30_000,
    );
    return 'no process is left';
  }

  #window(title: string): string | null {
    const found = this.#user.run(`xdotool search --name '${title}'`);
    return found.status === 0 ? (found.output.split('\n')[0] ?? null) : null;
  }
}
