import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A process of the user, as /proc tells. */
export interface UserProcess {
  pid: number;
  parent: number;
  /** Its arguments. */
  command: string[];
  /** 0 none, 1 strict, 2 filter (seccomp(2)). */
  seccomp: number;
  /** Identity of its user namespace. */
  userNamespace: string;
  pidNamespace: string;
}

/** The process with this number and all that it started, of those given. */
export function descendants(pid: number, all: readonly UserProcess[]): UserProcess[] {
  const own = new Set([pid]);
  for (let before = 0; before < own.size;) {
    before = own.size;
    for (const one of all) if (own.has(one.parent)) own.add(one.pid);
  }
  return all.filter((one) => own.has(one.pid));
}

/** An ordinary user made for one proof; needs root. Everything of it is ended and removed by `remove`. */
export class ProofUser {
  readonly name = `kiosk-proof-${process.pid}`;
  /** On which its programs show themselves, as X names it; set by whoever starts one. */
  display = '';
  readonly #runtime: string;

  constructor() {
    execFileSync('useradd', ['--create-home', '--home-dir', this.home, '--shell', '/bin/sh', this.name]);
    this.#runtime = fs.mkdtempSync('/tmp/kiosk-proof-run-');
    execFileSync('chown', [this.name, this.#runtime]);
  }

  get home(): string {
    return path.join('/home', this.name);
  }

  get uid(): number {
    return fs.statSync(this.home).uid;
  }

  /** Starts a shell command as the user, in a session of its own; output goes to a file of this name in its home. */
  start(command: string, log: string): ChildProcess {
    const out = fs.openSync(path.join(this.home, log), 'a');
    const child = spawn('setsid', this.#as(command), { stdio: ['ignore', out, out], cwd: this.home });
    fs.closeSync(out);
    return child;
  }

  /** Runs a shell command as the user to its end. */
  run(command: string): { status: number | null; output: string } {
    const [first = '', ...rest] = this.#as(command);
    const ended = spawnSync(first, rest, { encoding: 'utf8', cwd: this.home, timeout: 60_000 });
    return { status: ended.status, output: `${ended.stdout}${ended.stderr}`.trim() };
  }

  processes(): UserProcess[] {
    return fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .flatMap((name) => {
        try {
          const folder = path.join('/proc', name);
          if (fs.statSync(folder).uid !== this.uid) return [];
          const status = fs.readFileSync(path.join(folder, 'status'), 'utf8');
          if (/^State:\s+Z/mu.test(status)) return [];
          const command = fs.readFileSync(path.join(folder, 'cmdline'), 'utf8').split('\0').slice(0, -1);
          // Chromium's children write all their arguments into the first.
          const words = command.length === 1 ? (command[0] ?? '').split(' ') : command;
          return [
            {
              pid: Number(name),
              parent: Number(/^PPid:\s+(\d+)/mu.exec(status)?.[1] ?? 0),
              command: words,
              seccomp: Number(/^Seccomp:\s+(\d)/mu.exec(status)?.[1] ?? 0),
              userNamespace: fs.readlinkSync(path.join(folder, 'ns/user')),
              pidNamespace: fs.readlinkSync(path.join(folder, 'ns/pid')),
            },
          ];
        } catch {
          // Gone meanwhile.
          return [];
        }
      });
  }

  /** Kills everything that runs as this user, as a power cut does; how many processes there were. */
  async killAll(): Promise<number> {
    const all = this.processes();
    // All at once: a browser whose kiosk went first would put its profile in order.
    for (const { pid } of all) this.#send(pid, 'SIGSTOP');
    for (let i = 0; i < 100 && this.processes().length > 0; i += 1) {
      for (const { pid } of this.processes()) this.#send(pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return all.length;
  }

  /** Ends everything that runs as this user, then removes the user with its home. */
  async remove(): Promise<void> {
    await this.killAll();
    spawnSync('userdel', ['--remove', this.name], { stdio: 'ignore' });
    fs.rmSync(this.#runtime, { recursive: true, force: true });
  }

  #send(pid: number, signal: NodeJS.Signals): void {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already.
    }
  }

  #as(command: string): string[] {
    const env = {
      HOME: this.home,
      USER: this.name,
      LOGNAME: this.name,
      DISPLAY: this.display,
      XDG_RUNTIME_DIR: this.#runtime,
      PATH: `${this.home}/bin:/usr/local/bin:/usr/bin:/bin`,
      LANG: 'C.UTF-8',
    };
    const pairs = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    // Becomes the command, where runuser would stay as a process of root beside it.
    const identity = [`--reuid=${this.name}`, `--regid=${this.name}`, '--init-groups', '--'];
    return ['setpriv', ...identity, 'env', '-i', ...pairs, 'sh', '-c', command];
  }
}
