import { readSystemFile, type Machine } from '../machine.ts';
import type { Check, Found } from '../check.ts';

const POWER_SETTINGS = 'org.gnome.settings-daemon.plugins.power';

/** Whether this PC may sleep or go dark while the hall watches. */
export const sleep: Check<'sleep'> = {
  id: 'sleep',
  run({ machine }) {
    if (machine.platform === 'linux') return lookOnLinux(machine);
    return machine.platform === 'win32' ? lookOnWindows(machine) : { word: 'unknown' };
  },
};

async function lookOnLinux(machine: Machine): Promise<Found<'sleep'>> {
  const [isMasked, canHold, sleepsAfterS, darkAfterS, loginMinutes] = await Promise.all([
    isSleepOff(machine),
    canKeepAwake(machine),
    readSeconds(machine, POWER_SETTINGS, 'sleep-inactive-ac-timeout', 'sleep-inactive-ac-type'),
    readSeconds(machine, 'org.gnome.desktop.session', 'idle-delay', null),
    readIdleAction(machine),
  ]);
  const sleepMinutes = sleepsAfterS ? Math.round(sleepsAfterS / 60) : loginMinutes;
  if (!isMasked && !canHold && sleepMinutes) return { word: 'may_sleep', facts: { minutes: sleepMinutes } };
  // What keeps the PC awake keeps the desktop from going idle as well.
  if (!canHold && darkAfterS) return { word: 'may_blank', facts: { minutes: Math.round(darkAfterS / 60) } };
  if (canHold) return { word: 'kept_awake' };
  return { word: isMasked ? 'never' : 'unknown' };
}

async function isSleepOff(machine: Machine): Promise<boolean> {
  const ours = await readSystemFile(machine, '/etc/systemd/sleep.conf.d/90-venue-kiosk.conf');
  if (ours !== null && /^AllowSuspend=no$/imu.test(ours)) return true;
  const target = await machine.run('systemctl', ['is-enabled', 'sleep.target']);
  return target !== null && target.out.trim() === 'masked';
}

/** Tries what the kiosk does in a sitting: asks logind to let nobody sleep. */
async function canKeepAwake(machine: Machine): Promise<boolean> {
  const args = ['--what=idle:sleep', '--who=Điểm cầu', '--why=Kiểm tra trước giờ', '--mode=block', 'true'];
  return (await machine.run('systemd-inhibit', args))?.status === 0;
}

/** Desktops that do what GNOME's settings say. Those stand on many PCs on which nobody follows them. */
const FOLLOWS_GNOME = /gnome|unity|budgie/iu;

/** A time of GNOME's settings in seconds; null when nobody follows it, is not there, is 0, or its `kind` says that nothing happens. */
async function readSeconds(machine: Machine, schema: string, key: string, kind: string | null): Promise<number | null> {
  if (!FOLLOWS_GNOME.test(machine.env['XDG_CURRENT_DESKTOP'] ?? '')) return null;
  const time = await machine.run('gsettings', ['get', schema, key]);
  const seconds = time?.status === 0 ? Number(/\d+$/u.exec(time.out.trim())?.[0] ?? 0) : 0;
  if (seconds === 0) return null;
  if (kind === null) return seconds;
  const action = await machine.run('gsettings', ['get', schema, kind]);
  return action?.status === 0 && /suspend|hibernate|shutdown/u.test(action.out) ? seconds : null;
}

/** Minutes after which logind itself acts on a PC that nobody touches; null when it does nothing. */
async function readIdleAction(machine: Machine): Promise<number | null> {
  const text = (await readSystemFile(machine, '/etc/systemd/logind.conf')) ?? '';
  const action = /^IdleAction=(\w+)/mu.exec(text)?.[1] ?? 'ignore';
  if (!['suspend', 'hibernate', 'poweroff', 'hybrid-sleep', 'suspend-then-hibernate'].includes(action)) return null;
  const [, amount = '30', unit = 'min'] = /^IdleActionSec=(\d+)\s*(\w*)/mu.exec(text) ?? [];
  return unit.startsWith('h')
    ? Number(amount) * 60
    : unit.startsWith('s') || unit === ''
      ? Number(amount) / 60
      : Number(amount);
}

/** Never run on a real Windows: sleep on mains by the power plan in use, in hexadecimal seconds. */
async function lookOnWindows(machine: Machine): Promise<Found<'sleep'>> {
  const read = async (group: string, setting: string): Promise<number | null> => {
    const said = await machine.run('powercfg.exe', ['/query', 'SCHEME_CURRENT', group, setting]);
    // The last but one value is the one on mains, in every language of Windows.
    const values = [...(said?.out ?? '').matchAll(/0x([0-9a-f]{8})\s*$/gimu)].map((m) =>
      Number.parseInt(m[1] ?? '0', 16),
    );
    return said?.status === 0 ? (values.at(-2) ?? null) : null;
  };
  const [sleeps, dark] = await Promise.all([read('SUB_SLEEP', 'STANDBYIDLE'), read('SUB_VIDEO', 'VIDEOIDLE')]);
  if (sleeps === null) return { word: 'unknown' };
  // The stage's page holds the PC awake only while it plays.
  if (sleeps > 0) return { word: 'may_sleep', facts: { minutes: Math.round(sleeps / 60) } };
  return dark ? { word: 'may_blank', facts: { minutes: Math.round(dark / 60) } } : { word: 'never' };
}
