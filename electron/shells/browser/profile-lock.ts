import { readlinkSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Names that Chromium leaves in a profile for as long as it runs, on Linux and macOS. */
const LOCKS = ['SingletonLock', 'SingletonSocket', 'SingletonCookie'];

/**
 * Removes the lock of a browser that is gone from the kiosk's own profile; true when there was one. Chromium removes its own
 * lock of a process that died, but not one with another host name: after a power cut a PC that was renamed, or named by the
 * network, would never open a window again. The caller holds the data folder, so no other kiosk uses this profile.
 */
export function removeStaleLock(profile: string, hostName: string): boolean {
  let holder: string;
  try {
    holder = readlinkSync(path.join(profile, 'SingletonLock'));
  } catch {
    return false;
  }
  const cut = holder.lastIndexOf('-');
  const pid = Number(holder.slice(cut + 1));
  if (holder.slice(0, cut) === hostName && isBrowserOf(pid, profile)) return false;
  for (const name of LOCKS) rmSync(path.join(profile, name), { force: true });
  return true;
}

/** A process with this number that runs and has this profile. Where that cannot be seen, one that runs counts. */
function isBrowserOf(pid: number, profile: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EPERM')) return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
  } catch {
    return false;
  }
}
