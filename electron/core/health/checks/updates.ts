import { changedAt, inodeOf, listSystemFolder, readSystemFile, type Machine } from '../machine.ts';
import type { Check, CheckContext, Found } from '../check.ts';

const DAY_MS = 86_400_000;
const LONG_AGO_DAYS = 60;
const APT_CONF = '/etc/apt/apt.conf.d';
/** Whoever installs packages on Debian holds these. */
const LOCKS = ['/var/lib/dpkg/lock-frontend', '/var/lib/dpkg/lock'];

/** Updates of the system: what waits, what runs now, and what would restart the PC. */
export const updates: Check<'updates'> = {
  id: 'updates',
  run(context) {
    if (context.machine.platform === 'linux') return lookOnDebian(context);
    return context.machine.platform === 'win32' ? lookOnWindows(context.machine) : { word: 'unknown' };
  },
};

async function lookOnDebian({ machine, now }: CheckContext): Promise<Found<'updates'>> {
  if (await isInstalling(machine)) return { word: 'running' };
  const [wanted, restartTime, askedAt, count] = await Promise.all([
    changedAt(machine, '/run/reboot-required'),
    readRestartTime(machine),
    lastAskedAt(machine),
    countPending(machine),
  ]);
  if (wanted !== null)
    return restartTime === null ? { word: 'restart_wanted' } : { word: 'will_restart', facts: { time: restartTime } };
  if (count !== null && count > 0) return { word: 'pending', facts: { count } };
  if (askedAt === null) return { word: 'unknown' };
  const days = Math.floor((now() - askedAt) / DAY_MS);
  return days > LONG_AGO_DAYS ? { word: 'long_ago', facts: { days } } : { word: 'none' };
}

/**
 * Somebody installs packages now. Told by the locks and not by names of processes: Debian's automatic upgrades leave a process of theirs waiting for
 * the shutdown all day, and many ask apt what it would do.
 */
async function isInstalling(machine: Machine): Promise<boolean> {
  const held = (await readSystemFile(machine, '/proc/locks')) ?? '';
  const inodes = await Promise.all(LOCKS.map((file) => inodeOf(machine, file)));
  return inodes.some((inode) => inode !== null && new RegExp(` WRITE +\\d+ [\\da-f:]+:${inode} `, 'u').test(held));
}

/** When unattended upgrades may restart the PC by themselves; null when they may not. The last file wins, as with apt. */
async function readRestartTime(machine: Machine): Promise<string | null> {
  let isOn = false;
  let time = 'now';
  for (const name of (await listSystemFolder(machine, APT_CONF)).toSorted()) {
    // A line that is commented out says nothing.
    const text = ((await readSystemFile(machine, `${APT_CONF}/${name}`)) ?? '').replaceAll(/^\s*(?:\/\/|#).*$/gmu, '');
    const value = /Unattended-Upgrade::Automatic-Reboot\s+"?(true|false|1|0|yes|no)"?/iu.exec(text)?.[1];
    if (value !== undefined) isOn = /^(?:true|1|yes)$/iu.test(value);
    time = /Unattended-Upgrade::Automatic-Reboot-Time\s+"([^"]+)"/iu.exec(text)?.[1] ?? time;
  }
  return isOn ? time : null;
}

async function lastAskedAt(machine: Machine): Promise<number | null> {
  const times = await Promise.all(
    ['/var/lib/apt/periodic/update-success-stamp', '/var/lib/apt/lists', '/var/cache/apt/pkgcache.bin'].map((file) =>
      changedAt(machine, file),
    ),
  );
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Packages that would be upgraded by what is known already; nothing is fetched. Null when that is not known. */
async function countPending(machine: Machine): Promise<number | null> {
  const said = await machine.run('apt-get', ['--simulate', '--quiet', 'upgrade']);
  if (said?.status !== 0) return null;
  return [...said.out.matchAll(/^Inst /gmu)].length;
}

/** Never run on a real Windows: a restart that updates wait for stands in the registry. */
async function lookOnWindows(machine: Machine): Promise<Found<'updates'>> {
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired';
  const [asked, held] = await Promise.all([
    machine.run('reg.exe', ['query', key]),
    machine.run('reg.exe', [
      'query',
      'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU',
      '/v',
      'NoAutoRebootWithLoggedOnUsers',
    ]),
  ]);
  if (asked === null) return { word: 'unknown' };
  if (asked.status !== 0) return { word: 'none' };
  const isHeld = held?.status === 0 && /0x1\b/u.test(held.out);
  return isHeld ? { word: 'restart_wanted' } : { word: 'will_restart', facts: { time: '?' } };
}
