import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Autostart } from '../../../electron/core/hall/autostart.ts';
import { withCore } from '../../support/with-core.ts';

test('changing the session needs the technician’s PIN, and in a running sitting a second yes', async () => {
  await withCore({ people: 2 }, async (world) => {
    const change = (pin: string, sure = false) => world.ask('console/settings/change-session', { pin, sure });
    expect(await change('123456')).toMatchObject({ error: 'locked' });
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    expect(await change('000000', true)).toMatchObject({ error: 'wrong_pin' });
    expect(world.core.hall.sitting?.state).toBe('open');
    expect(await change('123456')).toEqual({ ok: false, error: 'sitting_running' });
    expect(world.opened).toEqual([]);
    expect(await change('123456', true)).toEqual({ ok: true });
    expect(world.opened).toEqual([{ kind: 'lobby' }]);
    expect(await world.ask('console/settings/read', {})).toMatchObject({
      ok: true,
      changes: [{ what: 'change_session', actor: 'technician', on: null }],
    });
  });
});

test('the switch writes an autostart entry and answers what is there afterwards; who set it stands in the list', async () => {
  await withCore({ people: 1 }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const entry = path.join(world.dir, 'home', '.config', 'autostart', 'venue-kiosk.desktop');
    const autostart = (on: boolean) => world.ask('console/settings/autostart', { on });
    expect(await world.ask('console/settings/read', {})).toMatchObject({
      autostart: 'off',
      proxy: { used: null },
      changes: [],
    });
    expect(await autostart(true)).toEqual({ ok: true, state: 'on' });
    expect(readFileSync(entry, 'utf8')).toContain(`Exec=${process.execPath} --data=d\n`);
    expect(await autostart(false)).toEqual({ ok: true, state: 'off' });
    expect(existsSync(entry)).toBe(false);
    rmSync(path.dirname(entry), { recursive: true });
    // A file lies where the folder must be.
    writeFileSync(path.dirname(entry), '');
    expect(await autostart(true)).toEqual({ ok: false, error: 'not_written' });
    expect(await world.ask('console/settings/read', {})).toMatchObject({
      autostart: 'off',
      changes: [
        { what: 'autostart', on: false, actor: 'technician' },
        { what: 'autostart', on: true, actor: 'technician' },
      ],
    });
  });
});

test('an entry that names no program of this PC is broken, a disabled one is off, and odd folders are quoted', async () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'kiosk-autostart-'));
  try {
    const folder = path.join(home, 'Thư mục "lạ" $x 100%');
    mkdirSync(folder);
    const program = path.join(folder, 'venue kiosk');
    writeFileSync(program, '', { mode: 0o755 });
    const machine = { platform: 'linux', env: { XDG_CONFIG_HOME: path.join(home, 'cfg') }, home };
    const autostart = new Autostart({ ...machine, command: [program, '--data=/srv/a b'] });
    expect(await autostart.read()).toBe('off');
    expect(await autostart.set(true)).toBe('on');
    const entry = path.join(home, 'cfg', 'autostart', 'venue-kiosk.desktop');
    const text = readFileSync(entry, 'utf8');
    expect(text).toContain(String.raw`Thư mục \\"lạ\\" \\$x 100%%/venue kiosk" "--data=/srv/a b"`);
    writeFileSync(entry, `${text}Hidden=true\n`);
    expect(await autostart.read()).toBe('off');
    writeFileSync(entry, text);
    rmSync(program);
    expect(await autostart.read()).toBe('broken');
    writeFileSync(entry, '[Desktop Entry]\nExec=venue-kiosk\n');
    expect(await new Autostart({ ...machine, env: { ...machine.env, PATH: folder }, command: [] }).read()).toBe(
      'broken',
    );
    writeFileSync(path.join(folder, 'venue-kiosk'), '', { mode: 0o755 });
    expect(await new Autostart({ ...machine, env: { ...machine.env, PATH: folder }, command: [] }).read()).toBe('on');
    expect(await new Autostart({ ...machine, platform: 'darwin', command: [] }).read()).toBe('unknown');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
