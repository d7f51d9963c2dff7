import { spawn } from 'node:child_process';
import type { ToCore } from '../contract/shell.ts';

/** How a process ended. */
export interface ProcessEnd {
  code: number | null;
  signal: string | null;
}

/** The core as the supervisor sees it: a process with a message channel. */
export interface CoreProcess {
  readonly pid: number | undefined;
  /** A message to a process that is already gone is dropped. */
  send(message: ToCore): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process could not be started at all. */
  onExit(listener: (end: ProcessEnd) => void): void;
  /** Ends it at once. */
  kill(): void;
}

/**
 * More file threads than drives that may never answer: Node's own four would be used up by as many dead network drives. On Linux the C
 * library would give each thread memory of its own to cut up; with two pieces for all a core takes 18 MB less.
 */
export const CORE_ENVIRONMENT = { UV_THREADPOOL_SIZE: '32', MALLOC_ARENA_MAX: '2' };

/**
 * Node's room for new objects grows to 64 MB, most of it dead before it is cleaned. With 4 MB in each half it is cleaned more often: a
 * core in a rehearsal took 182 MB instead of 216, which a PC of 4 GB needs for the picture.
 */
export const CORE_FLAGS: readonly string[] = ['--max-semi-space-size=4'];

/** Starts `script` as a Node process of its own, with a message channel. Node's path is given, never looked up. */
export function spawnCore(execPath: string, script: string): CoreProcess {
  const child = spawn(execPath, [...CORE_FLAGS, script], {
    env: { ...process.env, ...CORE_ENVIRONMENT },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A Ctrl+C in the terminal reaches the supervisor alone, which then stops the core in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (child.connected) child.send(message, () => {});
    },
    onMessage(listener) {
      child.on('message', listener);
    },
    onExit(listener) {
      let isReported = false;
      const tell = (end: ProcessEnd) => {
        if (!isReported) listener(end);
        isReported = true;
      };
      child.once('exit', (code, signal) => tell({ code, signal }));
      child.on('error', () => {
        if (child.pid === undefined) tell({ code: null, signal: null });
      });
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
