import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Opening, ToCore } from '../contract/shell.ts';
import type { Channel } from './channel.ts';
import type { Core } from './compose.ts';
import type { CoreLog } from './core-log.ts';
import type { AutostartMachine } from './hall/autostart.ts';
import type { Printed } from './http/print.ts';
import type { CoreArguments } from './options.ts';
import type { StartRefusal } from './start-refusals.ts';
import type { ShellAnswer } from './shell-asker.ts';
import type { FolderLock } from './store/folder-lock.ts';

/** What the ways of starting a core share. */

// The same from electron/core and from dist/core.
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const VERSION = readVersion();

/** A core that runs, with a session or without one. */
export interface Running {
  /** Held for as long as this process runs; an object that nobody holds would be collected, and the folder be free. */
  lock: FolderLock;
  args: CoreArguments;
  port: number;
  /** Null in the lobby. */
  hall: Core | null;
  /** What the next core must be started in, where the command line does not say. */
  opening?: Opening;
  setDisplays(count: number): void;
  woke(): void;
  /** The shell's answer to a print request. */
  printed(answer: Printed): void;
  /** The shell's answer about displays and windows; absent in the lobby. */
  answered?: (answer: ShellAnswer) => void;
  stop(): Promise<void>;
}

export type StartMessage = Extract<ToCore, { type: 'start' }>;
export type Outcome<T> =
  | { ok: true; running: T }
  | { ok: false; portTaken: true }
  | ({ ok: false; portTaken?: never } & StartRefusal);

export interface StartContext {
  args: CoreArguments;
  /** Folder of the database, keys and log of this kind of session. */
  dir: string;
  log: CoreLog;
  message: StartMessage;
  channel: Channel;
}

/** Folder of the records of real sessions. */
export function realDirOf({ dataDir }: Pick<CoreArguments, 'dataDir'>): string {
  return path.join(dataDir, 'session');
}

/** The program that starts this kiosk at login: the installed one where there is one, else this very checkout. */
export function findMachine({ dataDir }: Pick<CoreArguments, 'dataDir'>): AutostartMachine {
  const { platform, env, execPath, versions } = process;
  const installed = platform === 'win32' ? path.join(ROOT, 'venue-kiosk.exe') : '/usr/bin/venue-kiosk';
  const isInstalled = existsSync(installed) && (platform === 'win32' || ROOT === '/opt/venue-kiosk');
  const inElectron = versions['electron'] !== undefined;
  const script = path.join(ROOT, 'dist', 'shells', inElectron ? 'electron.js' : 'start.js');
  // Electron's own package is one program with everything in it.
  const isWhole = isInstalled || (inElectron && ROOT.includes('.asar'));
  const program = isInstalled ? [installed] : isWhole ? [execPath] : [execPath, script];
  return { platform, env, home: os.homedir(), command: [...program, `--data=${dataDir}`] };
}

/** As `package.json` has it, in a checkout and in an installed program. */
function readVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')))
    .version;
}
