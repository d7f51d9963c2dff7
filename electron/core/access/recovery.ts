import type { CheckRecoveryAnswer, RecoveryView } from '../../contract/api-keys.ts';
import type { Clock } from '../store/clock.ts';
import { findRecovery, makeRecovery, recoverKeys, type RecordKeys } from './recovery-file.ts';

/** The recovery code of the records this core runs on. */
export class Recovery {
  readonly #records: string;
  readonly #keys: RecordKeys;
  readonly #clock: Clock;
  #isMade: boolean | null = null;

  /** `records`: the folder of the database. */
  constructor(records: string, keys: RecordKeys, clock: Clock) {
    this.#records = records;
    this.#keys = keys;
    this.#clock = clock;
  }

  /** Null until a code was made. */
  get state(): RecoveryView | null {
    return findRecovery(this.#records);
  }

  /** A code was made; read from the disk once. */
  get isMade(): boolean {
    return (this.#isMade ??= this.state !== null);
  }

  /** Makes a code, gives it out this once, and makes the earlier one worthless. Throws with the system's error. */
  make(): RecoveryView & { code: string } {
    const made = makeRecovery(this.#records, this.#keys, this.#clock.now());
    this.#isMade = true;
    return made;
  }

  /** Whether a sheet would open these records. */
  check(code: string): CheckRecoveryAnswer {
    const outcome = recoverKeys(this.#records, code);
    if (outcome.ok)
      return outcome.keys.databaseKey.equals(this.#keys.databaseKey)
        ? { ok: true }
        : { ok: false, error: 'other_code' };
    if (outcome.error === 'no_file' || outcome.error === 'other_code') return { ok: false, error: outcome.error };
    return outcome;
  }
}
