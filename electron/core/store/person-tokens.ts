import type Database from 'better-sqlite3';
import { createHmac, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { RosterPerson } from '../../contract/session-package.ts';
import { blindIndex } from './field-cipher.ts';
import type { SessionCiphers } from './session-ciphers.ts';

type TokenKind = 'citizen' | 'party' | 'badge';

const BADGE_LETTERS = '0123456789BCGHKMNPQTV';
/** 21^12: nobody guesses another one's badge. */
const BADGE_LENGTH = 12;
const TokenRows = z.array(
  z.object({ person_id: z.string(), token: z.instanceof(Buffer), body: z.instanceof(Buffer).nullable() }),
);
const ClearBadges = z.array(z.object({ package_id: z.string(), person_id: z.string(), token: z.instanceof(Buffer) }));

/** What a card or badge is recognised by: keyed hashes. Of badges also the token itself, sealed, so that they can be printed. */
export class PersonTokens {
  readonly #db: Database.Database;
  readonly #indexKey: Buffer;
  readonly #ciphers: Pick<SessionCiphers, 'ofSession'>;
  readonly #put: Database.Statement;
  readonly #drop: Database.Statement;

  constructor(db: Database.Database, indexKey: Buffer, ciphers: Pick<SessionCiphers, 'ofSession'>) {
    this.#db = db;
    this.#indexKey = indexKey;
    this.#ciphers = ciphers;
    this.#put = db.prepare(
      'INSERT OR IGNORE INTO person_token (package_id, kind, token, person_id, body) VALUES (?, ?, ?, ?, ?)',
    );
    this.#drop = db.prepare('DELETE FROM person_token WHERE package_id = ? AND kind = ? AND person_id = ?');
  }

  /** Forgets the numbers of everybody, and the badges of those for whom the roster brings another. */
  clearFor(packageId: string, roster: readonly RosterPerson[]): void {
    // Other badges may be printed already.
    this.#db.prepare(`DELETE FROM person_token WHERE package_id = ? AND kind <> 'badge'`).run(packageId);
    for (const { id, badge } of roster) if (badge) this.#drop.run(packageId, 'badge', id);
  }

  /** Of two people with one number the first keeps it. */
  write(packageId: string, entry: RosterPerson): void {
    for (const { kind, key, body } of this.listKeys(packageId, entry))
      this.#put.run(packageId, kind, key, entry.id, body);
  }

  /** Numbers and badge of an entry as they are stored; `body` is what is printed of a badge, sealed. */
  listKeys(packageId: string, entry: RosterPerson): { kind: TokenKind; key: Buffer; body: Buffer | null }[] {
    const { id, citizenNumber, partyNumber, badge } = entry;
    const keys: { kind: TokenKind; key: Buffer; body: Buffer | null }[] = [];
    if (citizenNumber) keys.push({ kind: 'citizen', key: this.#keyOf('citizen', citizenNumber), body: null });
    if (partyNumber) keys.push({ kind: 'party', key: this.#keyOf('party', partyNumber), body: null });
    if (badge) keys.push({ kind: 'badge', key: this.#keyOf('badge', badge), body: this.#seal(packageId, id, badge) });
    return keys;
  }

  /** Finds a summoned person by a number or badge token without storing either. */
  findPersonId(packageId: string, kind: TokenKind, token: string): string | null {
    const found: unknown = this.#db
      .prepare('SELECT person_id FROM person_token WHERE package_id = ? AND kind = ? AND token = ?')
      .pluck()
      .get(packageId, kind, this.#keyOf(kind, token));
    return z
      .string()
      .nullable()
      .parse(found ?? null);
  }

  /** Keyed hash of a citizen number, hex: to compare numbers without having them. */
  numberKey(citizenNumber: string): string {
    return this.#keyOf('citizen', citizenNumber).toString('hex');
  }

  /** Keyed hashes of citizen numbers by person, hex. */
  listNumberKeys(packageId: string): Map<string, string> {
    return new Map(this.#list(packageId, 'citizen').map((row) => [row.person_id, row.token.toString('hex')]));
  }

  /** Id for somebody whose roster gives none: the same for the same source on this PC, and not to be reversed. */
  personIdOf(packageId: string, source: string): string {
    const digest = createHmac('sha256', this.#indexKey).update(`person-id:${packageId}:${source}`).digest('hex');
    return `f-${digest.slice(0, 24)}`;
  }

  /**
   * Badge tokens by person, of these and of all who have one. Who has none gets a random one of consonants and digits,
   * which no Vietnamese input method rewrites.
   */
  issueBadges(packageId: string, personIds: readonly string[]): Map<string, string> {
    return this.#db
      .transaction(() => {
        const tokens = new Map(
          this.#list(packageId, 'badge').map((row) => [row.person_id, this.#open(packageId, row)]),
        );
        const put = this.#db.prepare(
          `INSERT INTO person_token (package_id, kind, token, person_id, body) VALUES (?, 'badge', ?, ?, ?)`,
        );
        for (const personId of personIds) {
          if (tokens.has(personId)) continue;
          const token = makeBadgeToken();
          put.run(packageId, this.#keyOf('badge', token), personId, this.#seal(packageId, personId, token));
          tokens.set(personId, token);
        }
        return tokens;
      })
      .immediate();
  }

  /** Rewrites badges that an older program stored in clear; of these sessions; how many there were. Their token signs its owner in. */
  hideClearBadges(packageIds: ReadonlySet<string>): number {
    const rows = ClearBadges.parse(
      this.#db
        .prepare(`SELECT package_id, person_id, token FROM person_token WHERE kind = 'badge' AND body IS NULL`)
        .all(),
    ).filter((row) => packageIds.has(row.package_id));
    const hide = this.#db.prepare(
      `UPDATE person_token SET token = ?, body = ? WHERE package_id = ? AND kind = 'badge' AND token = ?`,
    );
    for (const { package_id: packageId, person_id: personId, token } of rows) {
      const text = token.toString('utf8');
      hide.run(this.#keyOf('badge', text), this.#seal(packageId, personId, text), packageId, token);
    }
    return rows.length;
  }

  /** The sealed badge of one person as it is sealed for another, who takes it over. */
  sealFor(packageId: string, { from, to }: { from: string; to: string }, body: Buffer): Buffer {
    return this.#seal(packageId, to, z.string().parse(this.#ciphers.ofSession(packageId).open(`badge:${from}`, body)));
  }

  #seal(packageId: string, personId: string, token: string): Buffer {
    return this.#ciphers.ofSession(packageId).seal(`badge:${personId}`, token);
  }

  #open(packageId: string, row: { person_id: string; token: Buffer; body: Buffer | null }): string {
    if (row.body === null) return row.token.toString('utf8');
    return z.string().parse(this.#ciphers.ofSession(packageId).open(`badge:${row.person_id}`, row.body));
  }

  #keyOf(kind: TokenKind, token: string): Buffer {
    return blindIndex(this.#indexKey, kind, token);
  }

  #list(packageId: string, kind: TokenKind): z.infer<typeof TokenRows> {
    return TokenRows.parse(
      this.#db
        .prepare('SELECT person_id, token, body FROM person_token WHERE package_id = ? AND kind = ?')
        .all(packageId, kind),
    );
  }
}

function makeBadgeToken(): string {
  return Array.from({ length: BADGE_LENGTH }, () => BADGE_LETTERS[randomInt(BADGE_LETTERS.length)]).join('');
}
