import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { must, NotHere, waitFor } from './rows.ts';

const START_MS = 60_000;

/** An X server that runs, on a display that nobody else has. */
export interface Display {
  /** As X names it, `:1`. */
  name: string;
  /** Kills the server, as a power cut does. */
  stop(): Promise<void>;
}

/**
 * Starts an X server, which takes the first free number by itself, and waits until it serves. `log`: a file of it whose last line says why it
 * ended. Throws NotHere where it cannot run: that is not the kiosk's fault.
 */
export async function startDisplay(program: string, args: readonly string[], log?: string): Promise<Display> {
  const server = spawn(program, ['-displayfd', '3', ...args, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  let number = '';
  server.stdio[3]?.on('data', (part: Buffer) => (number += part.toString()));
  let failure: Error | null = null;
  server.once('error', (cause) => (failure = cause));
  const look = () => {
    must(failure === null, `${program}: ${failure?.message}`);
    must(server.exitCode === null && server.signalCode === null, `${program} ended: ${lastLine(log)}`);
    return number.endsWith('\n') ? `:${number.trim()}` : null;
  };
  try {
    const name = await waitFor(program, look, START_MS);
    return { name, stop: () => stop(server, name) };
  } catch (cause) {
    server.kill('SIGKILL');
    throw new NotHere(`there is no display: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** A display without hardware, `1366x768`. */
export function startXvfb(size: string): Promise<Display> {
  return startDisplay('Xvfb', ['-screen', '0', `${size}x24`]);
}

async function stop(server: ChildProcess, name: string): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
  const number = name.slice(1);
  for (const left of [`/tmp/.X${number}-lock`, `/tmp/.X11-unix/X${number}`]) rmSync(left, { force: true });
}

function lastLine(file: string | undefined): string {
  if (file === undefined || !existsSync(file)) return 'it said nothing';
  return (
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .findLast((line) => line.includes('(EE)')) ?? 'it said nothing'
  );
}
