import { z } from 'zod';
import type { SettingsStore } from './settings-store.ts';
import { isFull } from './sqlite-errors.ts';
import { describeFindings, type TrustFindings } from './trust-findings.ts';

const KEY = 'records_restored';
const Codes = z.array(z.string());

/** What was made right from the second copy at this opening, or at an earlier one that no person has been shown. */
export class Restored {
  readonly #settings: SettingsStore;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  keep(findings: TrustFindings): void {
    const codes = describeFindings(findings);
    if (codes.length === 0) return;
    const before = this.#settings.getSetting(KEY, Codes) ?? [];
    try {
      this.#settings.setSetting(KEY, [...new Set([...before, ...codes])]);
    } catch (cause) {
      // The log has it.
      if (!isFull(cause)) throw cause;
    }
  }

  /** Codes for the console; each is answered once. */
  take(): string[] {
    const codes = this.#settings.getSetting(KEY, Codes) ?? [];
    if (codes.length > 0) this.#settings.setSetting(KEY, []);
    return codes;
  }
}
