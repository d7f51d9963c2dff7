import { expect, test } from 'vitest';
import { LOCKOUT, Pins } from '../../../electron/core/access/pins.ts';
import { withCore } from '../../support/with-core.ts';

test('five wrong PINs are free, then the wait doubles, and a restart does not shorten it', async () => {
  await withCore({ people: 1 }, async (world) => {
    const pins = new Pins(world.store, world.document.packageId);
    for (let i = 1; i < LOCKOUT.freeTries; i += 1) {
      expect(await pins.check('technician', '000000')).toEqual({ ok: false, error: 'wrong_pin', retryAfterMs: 0 });
    }
    expect(await pins.check('technician', '000000')).toMatchObject({
      error: 'wrong_pin',
      retryAfterMs: LOCKOUT.firstMs,
    });
    // The right PIN is not looked at while the wait lasts.
    expect(await pins.check('technician', '123456')).toMatchObject({ ok: false, error: 'locked_out' });
    await world.restart();
    const again = new Pins(world.store, world.document.packageId);
    const left = again.lockedOutForMs('technician');
    expect(left).toBeGreaterThan(LOCKOUT.firstMs - 8_000);
    expect(await again.check('technician', '123456')).toMatchObject({ ok: false, error: 'locked_out' });
  });
});

test('a PIN opens the console on a disk that takes no more writes, and wrong ones still count', async () => {
  await withCore({ people: 1 }, async ({ store }) => {
    const full = new Proxy(store, {
      get(target, name) {
        if (name !== 'settings') return Reflect.get(target, name, target) as unknown;
        return new Proxy(target.settings, {
          get(settings, verb) {
            if (verb === 'setSetting') {
              return () => {
                throw new Error('SQLITE_FULL');
              };
            }
            const value: unknown = Reflect.get(settings, verb, settings);
            return typeof value === 'function' ? (value.bind(settings) as unknown) : value;
          },
        });
      },
    });
    const pins = new Pins(full, 'hn-2026-thu');
    for (let i = 1; i <= LOCKOUT.freeTries; i += 1) await pins.check('technician', '999999');
    expect(pins.lockedOutForMs('technician')).toBeGreaterThan(0);
    expect(await new Pins(full, 'hn-2026-thu').check('technician', '123456')).toEqual({ ok: true });
  });
});

test('each role has a counter of its own: knowing one PIN gives no free guesses at the other', async () => {
  await withCore({ people: 1 }, async ({ store, document }) => {
    const pins = new Pins(store, document.packageId);
    await pins.setPin('chair', '654321');
    const outcomes: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 4; i += 1) {
        const check = await pins.check('chair', '000000');
        outcomes.push(check.ok ? 'in' : check.error);
      }
      // What an attacker with one PIN did to begin from zero again.
      expect(await pins.check('technician', '123456')).toEqual({ ok: true });
    }
    expect(outcomes.filter((outcome) => outcome === 'wrong_pin')).toHaveLength(5);
    expect(outcomes.at(-1)).toBe('locked_out');
    expect(pins.lockedOutForMs('technician')).toBe(0);
  });
});

test('somebody who guesses all day keeps the technician waiting for two minutes at most, and it stands in the report', async () => {
  await withCore({ people: 1 }, async (world) => {
    const { store, document } = world;
    const { bootId, monoMs, wallMs } = store.clock.stamp();
    let passedMs = 0;
    const stamp = () => ({ bootId, wallMs, monoMs: monoMs + passedMs });
    const patient = new Proxy(store, {
      get: (target, name) =>
        name === 'clock'
          ? { ...target.clock, now: () => wallMs, stamp }
          : (Reflect.get(target, name, target) as unknown),
    });
    const pins = new Pins(patient, document.packageId);
    let longest = 0;
    for (let i = 0; i < 12; i += 1) {
      passedMs += pins.lockedOutForMs('technician');
      const check = await pins.check('technician', '000000');
      if (check.ok || check.error !== 'wrong_pin') throw new Error(JSON.stringify(check));
      longest = Math.max(longest, check.retryAfterMs);
    }
    expect(longest).toBe(120_000);
    const marks = world.core.hall.factsOf(world.core.hall.sitting!).hall?.marks;
    expect(marks).toMatchObject([{ mark: 'pin_guessing', by: { role: 'unknown' } }]);
  });
}, 60_000);

test('replacing a PIN needs the old one, or stands in the report with who did it', async () => {
  await withCore({ people: 1 }, async (world) => {
    const marks = () => world.core.hall.factsOf(world.core.hall.sitting!).hall?.marks ?? [];
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    expect(await world.ask('console/set-pin', { role: 'chair', pin: '111111' })).toEqual({ ok: true });
    expect(marks()).toMatchObject([{ mark: 'chair_pin_set_by_another', by: { role: 'technician' } }]);
    expect(await world.ask('console/set-pin', { role: 'chair', pin: '222222', current: '999999' })).toMatchObject({
      error: 'wrong_pin',
    });
    expect(await world.ask('console/set-pin', { role: 'chair', pin: '222222', current: '111111' })).toEqual({
      ok: true,
    });
    expect(marks()).toHaveLength(1);
    expect(await world.ask('console/set-pin', { role: 'chair', pin: '333333' })).toEqual({ ok: true });
    expect(marks()).toMatchObject([{}, { mark: 'chair_pin_replaced_without_it', by: { role: 'technician' } }]);
  });
}, 60_000);
