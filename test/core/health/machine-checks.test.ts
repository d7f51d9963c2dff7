import { chmodSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withCheckBed, type CheckBed } from '../../support/check-bed.ts';
import { createSmallDisk, NO_SMALL_DISK } from '../../support/small-disk.ts';

const DAY_MS = 86_400_000;
const onBed = (body: (bed: CheckBed) => Promise<void>) => withCheckBed({}, body);

test('a full disk is red, and so is a folder that is gone; an ordinary one is green', async (context) => {
  await onBed(async ({ run }) => expect(['green', 'yellow']).toContain((await run('disk')).state));
  await withCheckBed({ change: { dataDir: '/khong/co/that' } }, async ({ run }) =>
    expect(await run('disk')).toMatchObject({ state: 'red', word: 'cannot_write', facts: { code: 'ENOENT' } }),
  );
  const disk = createSmallDisk(16);
  if (!disk) return context.skip(NO_SMALL_DISK);
  try {
    disk.fill();
    await withCheckBed({ change: { dataDir: disk.folder } }, async ({ run }) =>
      expect(await run('disk')).toMatchObject({ state: 'red', word: 'full' }),
    );
  } finally {
    disk.remove();
  }
});

function supply(bed: CheckBed, name: string, fields: Record<string, string>): void {
  for (const [field, value] of Object.entries(fields))
    bed.machine.write(`/sys/class/power_supply/${name}/${field}`, `${value}\n`);
}

test('power: a laptop on battery is red, plugged in it is green, and a desktop has only a plug', async () => {
  await onBed(async ({ run }) => expect((await run('power')).word).toBe('mains'));
  await onBed(async (bed) => {
    supply(bed, 'AC', { type: 'Mains', online: '0' });
    supply(bed, 'BAT0', { type: 'Battery', status: 'Discharging', capacity: '41' });
    supply(bed, 'hid-mouse', { type: 'Battery', scope: 'Device', status: 'Discharging', capacity: '3' });
    expect(await bed.run('power')).toMatchObject({ state: 'red', word: 'battery', facts: { percent: 41 } });
    supply(bed, 'AC', { type: 'Mains', online: '1' });
    expect(await bed.run('power')).toMatchObject({ state: 'green', word: 'mains' });
  });
  await onBed(async (bed) => {
    supply(bed, 'usb-c', { type: 'USB', online: '1' });
    supply(bed, 'BAT0', { type: 'Battery', status: 'Discharging', capacity: '90' });
    expect((await bed.run('power')).word).toBe('mains');
  });
});

test('sleep: red where the PC sleeps by itself and cannot be kept awake', async () => {
  await onBed(async (bed) => {
    const settings: Record<string, string> = {
      'sleep-inactive-ac-timeout': 'uint32 1200',
      'sleep-inactive-ac-type': "'suspend'",
      'idle-delay': 'uint32 300',
    };
    bed.machine.says('gsettings', ([, , key = '']) => ({ status: 0, out: settings[key] ?? '' }));
    // The settings are there, and another desktop does not follow them.
    expect(await bed.run('sleep')).toMatchObject({ word: 'unknown' });
    bed.context.machine = { ...bed.machine, env: { ...bed.machine.env, XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' } };
    expect(await bed.run('sleep')).toMatchObject({ state: 'red', word: 'may_sleep', facts: { minutes: 20 } });
    bed.machine.write('/etc/systemd/sleep.conf.d/90-venue-kiosk.conf', '[Sleep]\nAllowSuspend=no\n');
    expect(await bed.run('sleep')).toMatchObject({ state: 'yellow', word: 'may_blank', facts: { minutes: 5 } });
    bed.machine.says('systemd-inhibit', () => ({ status: 0, out: '' }));
    expect(await bed.run('sleep')).toMatchObject({ state: 'green', word: 'kept_awake' });
  });
  await onBed(async (bed) => {
    bed.machine.write('/etc/systemd/logind.conf', '[Login]\nIdleAction=suspend\nIdleActionSec=45min\n');
    expect(await bed.run('sleep')).toMatchObject({ state: 'red', facts: { minutes: 45 } });
    bed.machine.says('systemctl', () => ({ status: 1, out: 'masked\n' }));
    expect(await bed.run('sleep')).toMatchObject({ state: 'green', word: 'never' });
  });
  await onBed(async ({ run }) => expect((await run('sleep')).word).toBe('unknown'));
});

test('autostart: written by the script that ships, and red when its program is gone', async () => {
  await onBed(async (bed) => {
    expect(await bed.run('autostart')).toMatchObject({ state: 'yellow', word: 'off' });
    const script = path.resolve(import.meta.dirname, '../../../build/autostart/autostart.sh');
    execFileSync('sh', [script, 'on'], { env: { HOME: bed.machine.home, PATH: process.env['PATH'] } });
    expect(await bed.run('autostart')).toMatchObject({
      state: 'red',
      word: 'broken',
      facts: { program: 'venue-kiosk' },
    });
    bed.machine.write('/usr/bin/venue-kiosk', '#!/bin/sh\n');
    chmodSync(path.join(bed.machine.root, 'usr/bin/venue-kiosk'), 0o755);
    expect(await bed.run('autostart')).toMatchObject({ state: 'green', word: 'on' });
    execFileSync('sh', [script, 'off'], { env: { HOME: bed.machine.home, PATH: process.env['PATH'] } });
    expect((await bed.run('autostart')).word).toBe('off');
  });
});

test('updates: a restart that is wanted, one that comes by itself, an installation that runs, and nobody asking for months', async () => {
  await onBed(async (bed) => {
    expect((await bed.run('updates')).word).toBe('unknown');
    bed.machine.write('/var/lib/apt/lists/x', '');
    expect(await bed.run('updates')).toMatchObject({ state: 'green', word: 'none' });
    const old = (Date.now() - 90 * DAY_MS) / 1000;
    utimesSync(path.join(bed.machine.root, 'var/lib/apt/lists'), old, old);
    expect(await bed.run('updates')).toMatchObject({ state: 'yellow', word: 'long_ago' });
    bed.machine.says('apt-get', () => ({ status: 0, out: 'Inst libc6 [1]\nInst bash [2]\nConf bash\n' }));
    expect(await bed.run('updates')).toMatchObject({ state: 'yellow', word: 'pending', facts: { count: 2 } });
    bed.machine.write('/run/reboot-required', '*** System restart required ***\n');
    expect(await bed.run('updates')).toMatchObject({ state: 'yellow', word: 'restart_wanted' });
    bed.machine.write(
      '/etc/apt/apt.conf.d/50unattended-upgrades',
      '//Unattended-Upgrade::Automatic-Reboot "false";\nUnattended-Upgrade::Automatic-Reboot "true";\nUnattended-Upgrade::Automatic-Reboot-Time "08:00";\n',
    );
    expect(await bed.run('updates')).toMatchObject({ state: 'red', word: 'will_restart', facts: { time: '08:00' } });
    // What the lockdown sets comes last and wins.
    bed.machine.write('/etc/apt/apt.conf.d/90venue-kiosk', 'Unattended-Upgrade::Automatic-Reboot "false";\n');
    expect((await bed.run('updates')).word).toBe('restart_wanted');
    // This one waits for the shutdown all day, and whoever asks apt what it would do installs nothing.
    bed.machine.write('/proc/4711/comm', 'unattended-upgr\n');
    bed.machine.write('/proc/4712/comm', 'apt-get\n');
    bed.machine.write('/var/lib/dpkg/lock-frontend', '');
    const { ino } = statSync(path.join(bed.machine.root, 'var/lib/dpkg/lock-frontend'));
    bed.machine.write('/proc/locks', `1: POSIX  ADVISORY  WRITE 3305 fe:00:${ino}1 0 EOF\n`);
    expect((await bed.run('updates')).word).toBe('restart_wanted');
    bed.machine.write('/proc/locks', `1: POSIX  ADVISORY  WRITE 3305 fe:00:${ino} 0 EOF\n`);
    expect(await bed.run('updates')).toMatchObject({ state: 'red', word: 'running' });
  });
});

test('lockdown: as the script that ships sets it, and red when one of its files was changed', async () => {
  await onBed(async (bed) => {
    expect(await bed.run('lockdown')).toMatchObject({ state: 'yellow', word: 'not_set' });
    const script = path.resolve(import.meta.dirname, '../../../build/lockdown/lockdown.sh');
    execFileSync('sh', [script, 'on', '--root', bed.machine.root, '--user', 'diemcau'], { stdio: 'ignore' });
    expect(await bed.run('lockdown')).toMatchObject({ state: 'green', word: 'set' });
    // The session that logs in by itself is nothing but the kiosk.
    expect((await bed.run('autostart')).word).toBe('on');
    const file = '/etc/sysctl.d/90-venue-kiosk.conf';
    bed.machine.write(file, 'kernel.sysrq = 1\n');
    expect(await bed.run('lockdown')).toMatchObject({ state: 'red', word: 'broken', facts: { file } });
    execFileSync('sh', [script, 'on', '--root', bed.machine.root, '--user', 'diemcau'], { stdio: 'ignore' });
    expect((await bed.run('lockdown')).word).toBe('set');
    execFileSync('rm', [path.join(bed.machine.root, 'etc/systemd/system/ctrl-alt-del.target')]);
    symlinkSync('/somewhere/else', path.join(bed.machine.root, 'etc/systemd/system/ctrl-alt-del.target'));
    expect((await bed.run('lockdown')).word).toBe('broken');
  });
});
