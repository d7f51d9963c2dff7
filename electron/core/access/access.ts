import { UNDO_PIN_AFTER_MS } from '../../contract/api-attendance.ts';
import type { ConsoleRole } from '../../contract/api.ts';
import type { SetPinAnswer } from '../../contract/api-pin.ts';
import type { Store } from '../store/store.ts';
import { ConsoleAccess } from './console-access.ts';
import { Pins, type PinCheck } from './pins.ts';

/** Who may do what on the console: its PINs, and whether it is open now. */
export class Access {
  /** Shown on the lock screen of a rehearsal; null otherwise. */
  readonly practicePin: string | null;
  readonly #pins: Pins;
  readonly #console: ConsoleAccess;

  constructor(store: Store, packageId: string, practicePin: string | null = null) {
    this.practicePin = practicePin;
    this.#pins = new Pins(store, packageId);
    this.#console = new ConsoleAccess(store.clock);
  }

  /** For whom the console is open; null while it is locked. */
  get role(): ConsoleRole | null {
    return this.#console.role;
  }

  /** Who a command is by, for the lists of what was done. */
  get actor(): ConsoleRole | 'nobody' {
    return this.role ?? 'nobody';
  }

  /** No PIN exists yet: the first visitor sets one. */
  get pinMissing(): boolean {
    return !this.#pins.isSet('technician');
  }

  /** Milliseconds until the next PIN try of any role is taken; 0 when one of them is free. */
  get lockedOutForMs(): number {
    const roles = (['technician', 'chair'] as const).filter((role) => this.#pins.isSet(role));
    return roles.length === 0 ? 0 : Math.min(...roles.map((role) => this.#pins.lockedOutForMs(role)));
  }

  /** Whose PIN signs a report: the technician's where no chair PIN exists. */
  get signOffRole(): ConsoleRole {
    return this.#pins.isSet('chair') ? 'chair' : 'technician';
  }

  /** A command was given: the console stays open. */
  touch(): void {
    this.#console.touch();
  }

  async unlock(role: ConsoleRole, pin: string): Promise<PinCheck> {
    const checked = await this.#pins.check(role, pin);
    if (checked.ok) this.#console.unlock(role);
    return checked;
  }

  lock(): void {
    this.#console.lock();
  }

  /**
   * The first visitor sets the first PIN and is in; afterwards only an open console may set one. Replacing a PIN needs
   * `current`, the one that is replaced; without it the change is made, and stands in the report: a chair who forgot his
   * must be helped, and must be able to see that it was done.
   */
  async setPin(role: ConsoleRole, pin: string, current?: string): Promise<SetPinAnswer> {
    if (this.pinMissing) {
      await this.#pins.setPin('technician', pin);
      this.#console.unlock('technician');
      return { ok: true };
    }
    const by = this.role;
    if (by === null) return { ok: false, error: 'locked' };
    const isReplaced = this.#pins.isSet(role);
    if (isReplaced && current !== undefined) {
      const checked = await this.#pins.check(role, current);
      if (!checked.ok) return checked.error === 'pin_missing' ? { ok: false, error: 'locked' } : checked;
    }
    await this.#pins.setPin(role, pin);
    if (isReplaced && current === undefined) this.#pins.mark(`${role}_pin_replaced_without_it`, by);
    else if (!isReplaced && role !== by) this.#pins.mark(`${role}_pin_set_by_another`, by);
    return { ok: true };
  }

  /** Checks a PIN without opening anything. */
  checkPin(role: ConsoleRole, pin: string): Promise<PinCheck> {
    return this.#pins.check(role, pin);
  }

  /** An undo needs a PIN entered lately: an open console that was left alone must not take people off the list. */
  async checkPinAgain(pin: string | undefined): Promise<PinCheck | { ok: false; error: 'pin_needed' }> {
    if (this.#console.unlockedForMs <= UNDO_PIN_AFTER_MS) return { ok: true };
    const { role } = this;
    if (pin === undefined || role === null) return { ok: false, error: 'pin_needed' };
    return this.unlock(role, pin);
  }
}
