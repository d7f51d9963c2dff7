import type Database from 'better-sqlite3';
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { assert } from '../../shared/result.ts';
import type { Clock } from './clock.ts';
import type { LogHead } from './attendance-log.ts';
import { prepared } from './statements.ts';

/** When a head is signed: once where older rows had no key, at each step of a roll call, at the end, each minute, before sealing. */
export type HeadOccasion = 'migration' | 'roll_call' | 'end' | 'minute' | 'sealing';

/** Head and count of the attendance log, signed by this PC. `at` is epoch milliseconds, `signature` Ed25519 in base64url. */
export interface SignedHead extends LogHead {
  at: number;
  occasion: HeadOccasion;
  signature: string;
}

const Row = z.object({
  at: z.number(),
  occasion: z.enum(['migration', 'roll_call', 'end', 'minute', 'sealing']),
  events: z.number(),
  head: z.string(),
  signature: z.string(),
});

/**
 * Heads of the attendance log, signed while it grows. They stand in the report and in the journal: who has the key of the database but
 * not that of this PC cannot make others, and a log that is shorter than one of them was cut.
 */
export class SignedHeads {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #key: KeyObject | null;
  readonly #head: () => LogHead;

  /** `key`: Ed25519; null signs nothing. */
  constructor(options: { db: Database.Database; clock: Clock; key: KeyObject | null; head: () => LogHead }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#key = options.key;
    this.#head = options.head;
  }

  /** Signs the head of this moment. Each minute only where something was written since. */
  sign(sittingId: string | null, occasion: HeadOccasion): void {
    if (!this.#key) return;
    const { events, head } = this.#head();
    const isOld = occasion === 'minute' && this.#list('sitting_id IS ?', sittingId).at(-1)?.head === head;
    if (isOld) return;
    const at = this.#clock.now();
    const signature = sign(null, textOf({ at, occasion, events, head }), this.#key).toString('base64url');
    prepared(
      this.#db,
      'INSERT INTO signed_head (sitting_id, at, occasion, events, head, signature) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(sittingId, at, occasion, events, head, signature);
  }

  /** Those of a sitting, and the one of a migration before it, oldest first. */
  list(sittingId: string): SignedHead[] {
    return this.#list(`sitting_id IS ? OR occasion = 'migration'`, sittingId);
  }

  /** Whether the head of older rows was signed. */
  hasMigration(): boolean {
    return this.#list(`sitting_id IS ? AND occasion = 'migration'`, null).length > 0;
  }

  /** The first row of the log that is not as it was signed, or is not there; null when all heads of this PC's key hold. */
  findBroken(): number | null {
    if (!this.#key) return null;
    const key = createPublicKey(this.#key);
    const hashAt = this.#db.prepare('SELECT hash FROM attendance_event WHERE seq = ?').pluck();
    for (const signed of this.#list('1 OR sitting_id IS ?', null)) {
      // Other keys signed it: nothing can be said.
      if (!verify(null, textOf(signed), key, Buffer.from(signed.signature, 'base64url'))) continue;
      if (signed.events > 0 && hashAt.get(signed.events) !== signed.head) return signed.events;
    }
    return null;
  }

  #list(where: string, sittingId: string | null): SignedHead[] {
    return prepared(
      this.#db,
      `SELECT at, occasion, events, head, signature FROM signed_head WHERE ${where} ORDER BY seq`,
    )
      .all(sittingId)
      .map((raw) => Row.parse(raw));
  }
}

/** What is signed: a purpose, and the fields as the report has them, in canonical JSON (RFC 8785). */
function textOf({ at, occasion, events, head }: Omit<SignedHead, 'signature'>): Buffer {
  const text = canonicalize({ at: new Date(at).toISOString(), events, head, occasion });
  assert(text !== undefined, 'a head is plain JSON');
  return Buffer.from(`kiosk-log-head-v1\n${text}`, 'utf8');
}
