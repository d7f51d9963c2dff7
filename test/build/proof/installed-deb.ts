import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildDeb } from '../../../build/packages/deb.ts';
import { findProgram } from '../../../build/packages/programs.ts';

export const NAME = 'venue-kiosk';
export const PROGRAM = '/opt/venue-kiosk';
/** Arguments of every start, which the owner of the PC may change. */
export const OPTIONS = '/etc/venue-kiosk/start-options';
const MENU = '/usr/share/applications/venue-kiosk.desktop';
/** EX_UNAVAILABLE of sysexits.h: this proof cannot be done here. */
const NOT_HERE = 69;

/** Ends this program with a sentence where packages cannot be installed. */
export function needDebian(): void {
  if (findProgram('apt-get') && process.getuid?.() === 0) return;
  console.log(
    'The proof of the Debian package needs Debian or Ubuntu, and root because it installs and removes the package.',
  );
  process.exit(NOT_HERE);
}

/** Runs apt-get to its end; what it printed. Throws with the last line of its errors. */
export function apt(...args: string[]): string {
  const ended = spawnSync('apt-get', ['-y', '--no-install-recommends', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (ended.status !== 0) throw new Error(`apt-get ${args.join(' ')}: ${ended.stderr.trim().split('\n').at(-1)}`);
  return ended.stdout;
}

export function isInstalled(): boolean {
  return spawnSync('dpkg', ['-s', NAME], { stdio: 'ignore' }).status === 0;
}

/** The package given, or one that is built now in `temp`, where the package manager can read it. */
export async function getDeb(given: string | undefined, temp: string): Promise<string> {
  // It reads as another user.
  fs.chmodSync(temp, 0o755);
  return given ? path.resolve(given) : buildDeb(path.join(temp, 'out'), temp);
}

/** Installs the package in place of an older one; its version. */
export function installDeb(file: string): string {
  if (isInstalled()) apt('purge', NAME);
  apt('install', file);
  return execFileSync('dpkg-query', ['-W', '-f', '${Version}', NAME], { encoding: 'utf8' });
}

/** The command of the menu entry. */
export function menuCommand(): string {
  const command = /^Exec=(.+)$/mu.exec(fs.readFileSync(MENU, 'utf8'))?.[1];
  if (!command) throw new Error('the menu entry has no command');
  return command;
}
