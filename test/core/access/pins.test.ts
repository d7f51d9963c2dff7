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
    const left = again.lockedOutForMs();
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
    expect(pins.lockedOutForMs()).toBeGreaterThan(0);
    expect(await new Pins(full, 'hn-2026-thu').check('technician', '123456')).toEqual({ ok: true });
  });
});
