import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { WindowRole } from '../../electron/contract/shell.ts';
import type { Display } from '../../electron/shells/layout.ts';
import type { CoreAddress, Shell, ShellEvents } from '../../electron/shells/shell.ts';

/** The stand-in core's script. */
export const FAKE_CORE = path.join(import.meta.dirname, 'fake-core.mjs');

/** What the stand-in core wrote down: one line a message it got, a request it answered, a port it listens on. */
export interface CoreRecord {
  pid: number;
  message?: { type: string; [field: string]: unknown };
  request?: string;
  holder?: string | null;
  origin?: string | null;
  host?: string;
  listening?: number;
  /** A request whose other side went away before its answer ended. */
  closed?: string;
}

export interface Recorder {
  folder: string;
  /** Arguments that make the stand-in core write here. */
  argv: string[];
  read(): CoreRecord[];
  messages(type: string): CoreRecord[];
  /** The newest core: its process and port. */
  newest(): { pid: number; port: number } | null;
  remove(): void;
}

export function createRecorder(): Recorder {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-shell-'));
  const file = path.join(folder, 'record.jsonl');
  const read = (): CoreRecord[] => {
    try {
      return readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as CoreRecord);
    } catch {
      return [];
    }
  };
  return {
    folder,
    argv: ['--record', file],
    read,
    messages: (type) => read().filter((r) => r.message?.type === type),
    newest() {
      const last = read().findLast((r) => r.listening !== undefined);
      return last?.listening === undefined ? null : { pid: last.pid, port: last.listening };
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** Asks the stand-in core to send a message to the supervisor. */
export async function askSupervisor(port: number, message: unknown): Promise<void> {
  await fetch(`http://127.0.0.1:${port}/ask`, { method: 'POST', body: JSON.stringify(message) });
}

/** Waits until `check` gives something other than null, undefined or false; says what was waited for when it does not. */
export async function until<T>(what: string, check: () => T | Promise<T>, ms = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await check();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that ended but was not yet collected by its parent still has a number.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

export const OPERATOR: Display = { id: 'a', primary: true, left: 0, top: 0, width: 1366, height: 768 };
export const PROJECTOR: Display = { id: 'b', primary: false, left: 1366, top: 0, width: 1920, height: 1080 };

/** A shell that only remembers what it was told. */
export interface FakeShell extends Shell {
  events: ShellEvents | null;
  calls: string[];
  opened: Map<WindowRole, { port: number; display: string }>;
  connected: CoreAddress | null;
  deaf: Set<WindowRole>;
  /** Moving this role fails that many times. */
  failPlace: Map<WindowRole, number>;
  /** Bringing this role to the front fails. */
  failShow: Set<WindowRole>;
  /** This role does not fill its display until it was put right that many times. */
  crooked: Map<WindowRole, number>;
  /** The next `open` of this role fails that many times. */
  failOpen: Map<WindowRole, number>;
  screens: Display[];
  starts: number;
}

export function createFakeShell(screens: Display[] = [OPERATOR, PROJECTOR]): FakeShell {
  const shell: FakeShell = {
    kind: 'browser',
    events: null,
    calls: [],
    opened: new Map(),
    connected: null,
    deaf: new Set(),
    failPlace: new Map(),
    failShow: new Set(),
    crooked: new Map(),
    failOpen: new Map(),
    screens,
    starts: 0,
    async start(events) {
      shell.starts += 1;
      shell.events = events;
      shell.opened.clear();
    },
    connect(core) {
      shell.connected = core;
    },
    async open(role, display) {
      const fails = shell.failOpen.get(role) ?? 0;
      shell.failOpen.set(role, Math.max(0, fails - 1));
      shell.calls.push(`open ${role} ${display.id}`);
      if (fails > 0) throw new Error('refused');
      shell.opened.set(role, { port: shell.connected?.port ?? 0, display: display.id });
      shell.deaf.delete(role);
    },
    async close(role) {
      shell.calls.push(`close ${role}`);
      shell.opened.delete(role);
    },
    async place(role, display) {
      shell.calls.push(`place ${role} ${display.id}`);
      const fails = shell.failPlace.get(role) ?? 0;
      shell.failPlace.set(role, Math.max(0, fails - 1));
      if (fails > 0) throw new Error('no such window');
      shell.crooked.set(role, Math.max(0, (shell.crooked.get(role) ?? 0) - 1));
      const window = shell.opened.get(role);
      if (window) window.display = display.id;
    },
    async show(role) {
      shell.calls.push(`show ${role}`);
      if (shell.failShow.has(role)) throw new Error('no such window');
    },
    fills: async (role) => (shell.crooked.get(role) ?? 0) === 0,
    answers: (role) => (shell.deaf.has(role) ? new Promise(() => {}) : Promise.resolve(true)),
    async printPdf(address, signal) {
      shell.calls.push(`print ${address}`);
      if (address.includes('broken')) throw new Error('no paper');
      if (address.includes('endless'))
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () =>
            // A browser takes a moment to be gone.
            setTimeout(() => {
              shell.calls.push('print gone');
              reject(new Error('given up'));
            }, 100),
          ),
        );
      return new TextEncoder().encode('%PDF-1.7');
    },
    async keepAwake(on) {
      shell.calls.push(`awake ${on}`);
    },
    displays: async () => shell.screens,
    program: async () => ({ name: 'Chromium', version: '140.0.1.2', chromium: '140.0.1.2', builtAt: null }),
    front: async () => ({ front: 'ours', frontName: null }),
    async stop() {
      shell.calls.push('stop');
    },
  };
  return shell;
}
