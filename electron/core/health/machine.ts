import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Longest wait for a program of the system, ms. */
const COMMAND_MS = 8_000;

/** What a program of the system said; null when it is not there or took too long. */
export type CommandOutcome = { status: number; out: string } | null;

/** The PC as the checks see it. Tests give another tree of files and other programs. */
export interface Machine {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  home: string;
  /** Under which `/sys`, `/etc`, `/run` and `/var` lie. */
  root: string;
  run(command: string, args: readonly string[]): Promise<CommandOutcome>;
}

/** This PC. */
export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: os.homedir(), root: '/', run: runCommand };
}

function runCommand(command: string, args: readonly string[]): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: COMMAND_MS, windowsHide: true }, (error, stdout) => {
      if (!error) return resolve({ status: 0, out: stdout });
      resolve(typeof error.code === 'number' ? { status: error.code, out: stdout } : null);
    });
  });
}

/** Text of a file of the system, trimmed; null when it cannot be read. */
export async function readSystemFile(machine: Pick<Machine, 'root'>, file: string): Promise<string | null> {
  return readFile(path.join(machine.root, file), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

/** Names in a folder of the system; none when it is not there. */
export async function listSystemFolder(machine: Pick<Machine, 'root'>, folder: string): Promise<string[]> {
  return readdir(path.join(machine.root, folder)).catch(() => []);
}

/** Number of the file on its disk, by which the system names what is locked; null where there is none. */
export async function inodeOf(machine: Pick<Machine, 'root'>, file: string): Promise<number | null> {
  return stat(path.join(machine.root, file)).then(
    ({ ino }) => ino,
    () => null,
  );
}

/** When a file of the system was changed, epoch ms; null when it is not there. */
export async function changedAt(machine: Pick<Machine, 'root'>, file: string): Promise<number | null> {
  return stat(path.join(machine.root, file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
