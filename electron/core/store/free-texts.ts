import type { z } from 'zod';
import type { Damages } from './damages.ts';
import type { SessionCiphers } from './session-ciphers.ts';

/** Which row a text belongs to; sealed, it opens only there. */
export const TEXT_OF = {
  document: (packageId: string) => `document:${packageId}`,
  sittingTitle: (sittingId: string) => `sitting-title:${sittingId}`,
  rollCallTitle: (id: string) => `roll-call-title:${id}`,
  cancelReason: (id: string) => `roll-call:${id}`,
  headCountReason: (sittingId: string) => `head-count:${sittingId}`,
  reopeningReason: (sittingId: string, at: number) => `reopening:${sittingId}:${at}`,
  provinceReturn: (reportId: string, revision: number) => `return:${reportId}:${revision}`,
  checkOutcomes: (id: string) => `check-run:${id}`,
  setting: (key: string) => key,
} as const;

/** What a text stands for on screens and in reports when its row cannot be opened. */
export const UNREADABLE = 'Không đọc được';

/**
 * Texts that people write freely may name somebody or give a number. They are sealed like names: under the data key of the session,
 * each bound to its row, and destroyed with the key.
 */
export class FreeTexts {
  readonly #ciphers: SessionCiphers;
  readonly #damages: Damages;

  constructor(ciphers: SessionCiphers, damages: Damages) {
    this.#ciphers = ciphers;
    this.#damages = damages;
  }

  /** `of`: the sitting, or where there is none the package, whose key is taken. Null stays null. Throws for an unknown one. */
  seal(of: { sittingId: string } | { packageId: string }, context: string, text: unknown): Buffer | null {
    return text === null ? null : this.#cipherOf(of).seal(context, text);
  }

  /** What was sealed for a row; `instead`, and the row is noted as damaged, when it does not open or is no `schema`. */
  open<T>(
    row: { table: string; key: string; sealed: Buffer },
    of: { sittingId: string } | { packageId: string },
    context: string,
    as: { schema: z.ZodType<T>; instead: T },
  ): T {
    return this.#damages.attempt(
      row.table,
      row.key,
      () => as.schema.parse(this.#cipherOf(of).open(context, row.sealed)),
      () => as.instead,
    );
  }

  #cipherOf(of: { sittingId: string } | { packageId: string }) {
    return 'sittingId' in of ? this.#ciphers.ofSitting(of.sittingId) : this.#ciphers.ofSession(of.packageId);
  }
}
