import type Database from 'better-sqlite3';
import { z } from 'zod';
import { assert } from '../../shared/result.ts';
import { decryptBytes, encryptBytes, FieldCipher } from './field-cipher.ts';
import { prepared, preparedValue } from './statements.ts';

/** The data keys of sessions, each wrapped by this device's key. */
export class SessionCiphers {
  readonly #db: Database.Database;
  readonly #kek: Buffer;
  readonly #known = new Map<string, FieldCipher>();
  /** A sitting never changes its session. */
  readonly #sessionOf = new Map<string, string>();

  constructor(db: Database.Database, kek: Buffer) {
    this.#db = db;
    this.#kek = kek;
  }

  /** The data key as the database keeps it. */
  wrap(packageId: string, dataKey: Buffer): Buffer {
    return encryptBytes(this.#kek, `data-key:${packageId}`, dataKey);
  }

  /** The cipher of a session. Throws when the session is unknown or its key was destroyed. */
  ofSession(packageId: string): FieldCipher {
    const known = this.#known.get(packageId);
    if (known) return known;
    const wrapped: unknown = preparedValue(this.#db, 'SELECT device_key FROM session WHERE package_id = ?').get(
      packageId,
    );
    assert(wrapped instanceof Buffer, `session ${packageId} is stored`);
    const cipher = new FieldCipher(decryptBytes(this.#kek, `data-key:${packageId}`, wrapped));
    this.#known.set(packageId, cipher);
    return cipher;
  }

  /** Gives a session another data key: nothing that was sealed with the one before can be opened any more. */
  replace(packageId: string, dataKey: Buffer): void {
    prepared(this.#db, 'UPDATE session SET device_key = ? WHERE package_id = ?').run(
      this.wrap(packageId, dataKey),
      packageId,
    );
    this.#known.delete(packageId);
  }

  /** The cipher of the session a sitting belongs to. */
  ofSitting(sittingId: string): FieldCipher {
    return this.ofSession(this.sessionOf(sittingId));
  }

  /** The sitting whose report this is; throws for an unknown one. */
  sittingOfReport(reportId: string): string {
    return z.string().parse(preparedValue(this.#db, 'SELECT id FROM sitting WHERE report_id = ?').get(reportId));
  }

  /** The session a sitting belongs to. */
  sessionOf(sittingId: string): string {
    let packageId = this.#sessionOf.get(sittingId);
    if (packageId === undefined) this.#sessionOf.set(sittingId, (packageId = packageIdOf(this.#db, sittingId)));
    return packageId;
  }
}

/** The session a stored sitting belongs to; throws for an unknown sitting. */
export function packageIdOf(db: Database.Database, sittingId: string): string {
  return z.string().parse(preparedValue(db, 'SELECT package_id FROM sitting WHERE id = ?').get(sittingId));
}
