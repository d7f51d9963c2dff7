import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildDeb } from '../../../build/packages/deb.ts';
import { findProgram } from '../../../build/packages/programs.ts';
import { NotHere } from './rows.ts';

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
  // Somebody else may hold the lock, as right after the start of a machine.
  const ended = spawnSync('apt-get', ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...args], {
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

/** Programs of this proof, installed. Throws NotHere where apt cannot bring them: they are not the kiosk's. */
export function needTools(...names: string[]): string {
  try {
    apt('install', ...names);
  } catch (cause) {
    throw new NotHere(cause instanceof Error ? cause.message : String(cause));
  }
  return names.join(', ');
}

/** Of the browsers that the package depends on. Ubuntu has Chromium as a snap only, which apt cannot bring as a package. */
function needBrowser(): void {
  const isHere = ['chromium', 'google-chrome-stable', 'microsoft-edge-stable'].some(findProgram);
  if (!isHere && spawnSync('apt-get', ['install', '--simulate', 'chromium'], { stdio: 'ignore' }).status !== 0)
    throw new NotHere('there is no Chromium, Chrome or Edge, and apt has no package of Chromium');
}

/** Installs the package in place of an older one; its version. Throws NotHere where no browser can be had. */
export function installDeb(file: string): string {
  needBrowser();
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
