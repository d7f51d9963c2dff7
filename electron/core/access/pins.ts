import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ConsoleRole } from '../../contract/api.ts';
import type { Store } from '../store/store.ts';

/** scrypt cost: 2^16 with r 8, p 1 takes about a quarter of a second on a venue PC. */
const COST = 2 ** 16;
const MEMORY_BYTES = 192 * COST * 8;
const HASH_BYTES = 32;

/**
 * Five free tries, then 15 s doubling to two minutes, for each role alone: somebody who passes by and guesses keeps nobody
 * from his console for longer than that. 720 guesses a day, of the million that 6 digits are.
 */
export const LOCKOUT = { freeTries: 5, firstMs: 15_000, maximumMs: 120_000 } as const;
/** So many wrong ones in a row are no slip of the finger; they stand in the report. */
const GUESSES_TO_MARK = 10;

const Failures = z.object({ count: z.int(), lockedUntilMonoMs: z.number(), bootId: z.string(), waitMs: z.number() });
const NONE = { count: 0, lockedUntilMonoMs: 0, bootId: '', waitMs: 0 };

/** PINs come with a package once; changes made later on the console stay. */
export async function setFirstPins(
  pins: Pins,
  access: { technicianPin?: string | undefined; chairPin?: string | undefined },
): Promise<void> {
  if (access.technicianPin && !pins.isSet('technician')) await pins.setPin('technician', access.technicianPin);
  if (access.chairPin && !pins.isSet('chair')) await pins.setPin('chair', access.chairPin);
}

export type PinCheck =
  | { ok: true }
  | { ok: false; error: 'wrong_pin' | 'locked_out'; retryAfterMs: number }
  | { ok: false; error: 'pin_missing' };

/** PINs of the console. The failure counter is committed before a PIN is checked, so a power cycle does not reset it. */
export class Pins {
  readonly #store: Store;
  readonly #packageId: string;
  readonly #unsaved = new Map<ConsoleRole, z.infer<typeof Failures>>();

  constructor(store: Store, packageId: string) {
    this.#store = store;
    this.#packageId = packageId;
  }

  isSet(role: ConsoleRole): boolean {
    return this.#store.settings.getPin(this.#packageId, role) !== null;
  }

  /** Stores only a salted scrypt hash. */
  async setPin(role: ConsoleRole, pin: string): Promise<void> {
    const salt = randomBytes(16);
    this.#store.settings.setPin(this.#packageId, role, { salt, cost: COST, hash: await derive(pin, salt, COST) });
  }

  /**
   * Milliseconds until the next try of this role is taken; 0 when free. Counted on the monotonic clock, so changing the
   * date does not unlock.
   */
  lockedOutForMs(role: ConsoleRole): number {
    const failures = this.#failures(role);
    if (failures.count < LOCKOUT.freeTries) return 0;
    const stamp = this.#store.clock.stamp();
    // After a reboot the monotonic clock begins at zero: the whole wait is served again from the first look.
    if (failures.bootId !== stamp.bootId) {
      this.#save(role, { ...failures, bootId: stamp.bootId, lockedUntilMonoMs: stamp.monoMs + failures.waitMs });
      return failures.waitMs;
    }
    return Math.max(0, failures.lockedUntilMonoMs - stamp.monoMs);
  }

  async check(role: ConsoleRole, pin: string): Promise<PinCheck> {
    const stored = this.#store.settings.getPin(this.#packageId, role);
    if (!stored) return { ok: false, error: 'pin_missing' };
    const wait = this.lockedOutForMs(role);
    if (wait > 0) return { ok: false, error: 'locked_out', retryAfterMs: wait };
    const stamp = this.#store.clock.stamp();
    const count = this.#failures(role).count + 1;
    const waitMs =
      count < LOCKOUT.freeTries ? 0 : Math.min(LOCKOUT.maximumMs, LOCKOUT.firstMs * 2 ** (count - LOCKOUT.freeTries));
    this.#save(role, { count, waitMs, lockedUntilMonoMs: stamp.monoMs + waitMs, bootId: stamp.bootId });
    if (!timingSafeEqual(await derive(pin, stored.salt, stored.cost), stored.hash)) {
      if (count === GUESSES_TO_MARK) this.mark('pin_guessing', 'unknown');
      return { ok: false, error: 'wrong_pin', retryAfterMs: waitMs };
    }
    this.#save(role, NONE);
    return { ok: true };
  }

  /** Something about PINs that must stand in the report. On a full disk it is lost; the console still opens. */
  mark(mark: string, actor: string): void {
    try {
      this.#store.settings.addMark(this.#packageId, { at: this.#store.clock.now(), mark, actor });
    } catch {
      // The console says by itself that nothing can be written.
    }
  }

  #failures(role: ConsoleRole): z.infer<typeof Failures> {
    return this.#unsaved.get(role) ?? this.#store.settings.getSetting(this.#keyOf(role), Failures) ?? NONE;
  }

  /** On a full disk the counter lives in memory until it can be written: the technician must get in to see why. */
  #save(role: ConsoleRole, failures: z.infer<typeof Failures>): void {
    try {
      this.#store.settings.setSetting(this.#keyOf(role), failures);
      this.#unsaved.delete(role);
    } catch {
      this.#unsaved.set(role, failures);
    }
  }

  #keyOf(role: ConsoleRole): string {
    return `pin_failures:${this.#packageId}:${role}`;
  }
}

function derive(pin: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFKC'), salt, HASH_BYTES, { N: cost, r: 8, p: 1, maxmem: MEMORY_BYTES }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
