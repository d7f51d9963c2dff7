import type Database from 'better-sqlite3';
import { createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AttendeeKind, type Person } from '../../contract/attendance.ts';
import { assert } from '../../contract/result.ts';
import { Provenance, SessionPackage, type RosterPerson } from '../../contract/session-package.ts';
import type { Clock } from './clock.ts';
import { blindIndex, decryptBytes, encryptBytes, FieldCipher } from './field-cipher.ts';

/** Keys of this device: one wraps data keys, one keys the blind index of identity numbers. 32 bytes each. */
export interface StoreKeys {
  kek: Buffer;
  index: Buffer;
}

export interface SessionRecord {
  packageId: string;
  digest: string;
  provenance: Provenance;
  keyId: string | null;
  issuedAt: number;
  importedAt: number;
  /** The package without roster and PINs. */
  document: SessionPackage;
  /** The data key, encrypted to the province (JWE). */
  provinceKey: string | null;
}

export interface ImportInput {
  document: SessionPackage;
  digest: string;
  provenance: Provenance;
  keyId: string | null;
  dataKey: Buffer;
  provinceKey: string | null;
}

export type ImportOutcome =
  | { ok: true; change: 'new' | 'same' | 'updated'; added: number; changed: number; removed: number }
  | { ok: false; error: 'older_package'; issuedAt: number };

const SessionRow = z.object({
  package_id: z.string(),
  digest: z.string(),
  provenance: Provenance,
  key_id: z.string().nullable(),
  issued_at: z.number(),
  imported_at: z.number(),
  document: z.string(),
  province_key: z.string().nullable(),
});
const PersonRow = z.object({ id: z.string(), kind: AttendeeKind, body: z.instanceof(Buffer) });
const PersonBody = z.object({
  id: z.string(),
  name: z.string(),
  givenName: z.string(),
  birthYear: z.number().nullable(),
  birthDate: z.string().nullable(),
  sex: z.enum(['male', 'female']).nullable(),
  position: z.string().nullable(),
  unitId: z.string().nullable(),
  unitName: z.string().nullable(),
  kind: AttendeeKind,
  substituteFor: z.string().nullable(),
  numberTail: z.string().nullable(),
  note: z.string().nullable(),
});

const BADGE_LETTERS = '0123456789BCGHKMNPQTV';
/** 21^12: nobody guesses another one's badge. */
const BADGE_LENGTH = 12;
const SIGN_IN_OPENS_BEFORE_MS = 60 * 60_000;

/** Sessions (imported packages), their people and their data keys. */
export class SessionStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #keys: StoreKeys;
  readonly #ciphers = new Map<string, FieldCipher>();

  constructor(db: Database.Database, clock: Clock, keys: StoreKeys) {
    this.#db = db;
    this.#clock = clock;
    this.#keys = keys;
  }

  /** A fresh data key for a session about to be imported. */
  static makeDataKey(): Buffer {
    return randomBytes(32);
  }

  /** The cipher of a session. Throws when the session is unknown or its key was destroyed. */
  getCipher(packageId: string): FieldCipher {
    const known = this.#ciphers.get(packageId);
    if (known) return known;
    const wrapped: unknown = this.#db
      .prepare('SELECT device_key FROM session WHERE package_id = ?')
      .pluck()
      .get(packageId);
    assert(wrapped instanceof Buffer, `session ${packageId} is stored`);
    const cipher = new FieldCipher(decryptBytes(this.#keys.kek, `data-key:${packageId}`, wrapped));
    this.#ciphers.set(packageId, cipher);
    return cipher;
  }

  /** The cipher of the session a sitting belongs to. */
  getCipherOfSitting(sittingId: string): FieldCipher {
    const packageId = z
      .string()
      .parse(this.#db.prepare('SELECT package_id FROM sitting WHERE id = ?').pluck().get(sittingId));
    return this.getCipher(packageId);
  }

  getSession(packageId: string): SessionRecord | null {
    const raw = this.#db.prepare('SELECT * FROM session WHERE package_id = ?').get(packageId);
    return raw ? toSession(SessionRow.parse(raw)) : null;
  }

  listSessions(): SessionRecord[] {
    return this.#db
      .prepare('SELECT * FROM session ORDER BY imported_at')
      .all()
      .map((raw) => toSession(SessionRow.parse(raw)));
  }

  /**
   * Imports a package, or a newer issue of one already here, in one transaction. People who signed in are never
   * removed; sittings that began keep their timetable.
   */
  importPackage(input: ImportInput): ImportOutcome {
    const { document } = input;
    const issuedAt = Date.parse(document.issuedAt);
    return this.#db
      .transaction((): ImportOutcome => {
        const before = this.getSession(document.packageId);
        if (before && before.digest === input.digest)
          return { ok: true, change: 'same', added: 0, changed: 0, removed: 0 };
        if (before && before.issuedAt > issuedAt)
          return { ok: false, error: 'older_package', issuedAt: before.issuedAt };
        const merged = before ? this.#keepBegun(document, before.document) : document;
        this.#writeSession({ ...input, document: merged }, issuedAt, before !== null);
        this.#writeSittings(merged);
        // A package without a roster says nothing about people: those imported from a file stay.
        const counts = document.roster
          ? this.setRoster(document.packageId, document.roster, document.units)
          : { added: 0, changed: 0, removed: 0 };
        return { ok: true, change: before ? 'updated' : 'new', ...counts };
      })
      .immediate();
  }

  /** Makes the summoned people of a session equal to a roster, but never removes one who has an event in the log. */
  setRoster(
    packageId: string,
    roster: readonly RosterPerson[],
    units: SessionPackage['units'],
  ): { added: number; changed: number; removed: number } {
    const cipher = this.getCipher(packageId);
    const unitNames = new Map(units.map((u) => [u.id, u.name]));
    const before = new Map(this.listPeople(packageId).map((p) => [p.id, p]));
    const put = this.#db.prepare(
      `INSERT INTO person (package_id, id, kind, body) VALUES (?, ?, 'summoned', ?)
       ON CONFLICT (package_id, id) DO UPDATE SET kind = 'summoned', body = excluded.body`,
    );
    let added = 0;
    let changed = 0;
    let removed = 0;
    // Badges may be printed already: one goes only when the roster brings another for that person.
    this.#db.prepare(`DELETE FROM person_token WHERE package_id = ? AND kind <> 'badge'`).run(packageId);
    const dropBadge = this.#db.prepare(
      `DELETE FROM person_token WHERE package_id = ? AND kind = 'badge' AND person_id = ?`,
    );
    for (const { id, badge } of roster) if (badge) dropBadge.run(packageId, id);
    for (const entry of roster) {
      const person = toPerson(entry, unitNames);
      const old = before.get(person.id);
      if (!old) added += 1;
      else if (JSON.stringify(old) !== JSON.stringify(person)) changed += 1;
      if (!old || JSON.stringify(old) !== JSON.stringify(person))
        put.run(packageId, person.id, cipher.seal(`person:${person.id}`, person));
      this.#writeTokens(packageId, entry);
      before.delete(person.id);
    }
    const hasEvent = this.#db.prepare('SELECT 1 FROM attendance_event WHERE person_id = ? LIMIT 1');
    for (const gone of before.values()) {
      if (gone.kind !== 'summoned' || hasEvent.get(gone.id)) continue;
      this.#db.prepare('DELETE FROM person WHERE package_id = ? AND id = ?').run(packageId, gone.id);
      removed += 1;
    }
    return { added, changed, removed };
  }

  /** Everybody an event of the log names, in any sitting. */
  listIdsInLog(): Set<string> {
    const ids = this.#db.prepare('SELECT DISTINCT person_id FROM attendance_event WHERE person_id IS NOT NULL').pluck();
    return new Set(z.array(z.string()).parse(ids.all()));
  }

  /** Keyed hash of a citizen number, hex: to compare numbers without having them. */
  numberKey(citizenNumber: string): string {
    return blindIndex(this.#keys.index, 'citizen', citizenNumber).toString('hex');
  }

  /** Keyed hashes of citizen numbers by person, hex. */
  listNumberKeys(packageId: string): Map<string, string> {
    const rows = this.#db
      .prepare(`SELECT person_id, token FROM person_token WHERE package_id = ? AND kind = 'citizen'`)
      .all(packageId);
    const parsed = z.array(z.object({ person_id: z.string(), token: z.instanceof(Buffer) })).parse(rows);
    return new Map(parsed.map((row) => [row.person_id, row.token.toString('hex')]));
  }

  /** Id for somebody whose roster gives none: the same for the same source on this PC, and not to be reversed. */
  personIdOf(packageId: string, source: string): string {
    const digest = createHmac('sha256', this.#keys.index).update(`person-id:${packageId}:${source}`).digest('hex');
    return `f-${digest.slice(0, 24)}`;
  }

  listPeople(packageId: string): Person[] {
    const cipher = this.getCipher(packageId);
    return this.#db
      .prepare('SELECT id, kind, body FROM person WHERE package_id = ?')
      .all(packageId)
      .map((raw) => {
        const row = PersonRow.parse(raw);
        return PersonBody.parse(cipher.open(`person:${row.id}`, row.body));
      });
  }

  /** At most `limit` people whose id comes after another's, in order of id: for long lists, in turns with other work. */
  listPeopleAfter(packageId: string, afterId: string, limit: number): Person[] {
    const cipher = this.getCipher(packageId);
    return this.#db
      .prepare('SELECT id, kind, body FROM person WHERE package_id = ? AND id > ? ORDER BY id LIMIT ?')
      .all(packageId, afterId, limit)
      .map((raw) => {
        const row = PersonRow.parse(raw);
        return PersonBody.parse(cipher.open(`person:${row.id}`, row.body));
      });
  }

  /**
   * Badge tokens of everybody summoned, by person. Who has none gets a random one of consonants and digits, which no
   * Vietnamese input method rewrites.
   */
  issueBadges(packageId: string): Map<string, string> {
    return this.#db
      .transaction(() => {
        const rows = z
          .array(z.object({ person_id: z.string(), token: z.instanceof(Buffer) }))
          .parse(
            this.#db
              .prepare(`SELECT person_id, token FROM person_token WHERE package_id = ? AND kind = 'badge'`)
              .all(packageId),
          );
        const tokens = new Map(rows.map((row) => [row.person_id, row.token.toString('utf8')]));
        const put = this.#db.prepare(
          `INSERT INTO person_token (package_id, kind, token, person_id) VALUES (?, 'badge', ?, ?)`,
        );
        for (const person of this.listPeople(packageId)) {
          if (person.kind !== 'summoned' || tokens.has(person.id)) continue;
          const token = Array.from({ length: BADGE_LENGTH }, () => BADGE_LETTERS[randomInt(BADGE_LETTERS.length)]).join(
            '',
          );
          put.run(packageId, Buffer.from(token, 'utf8'), person.id);
          tokens.set(person.id, token);
        }
        return tokens;
      })
      .immediate();
  }

  /** Finds a summoned person by a number or badge token without storing either. */
  findPersonId(packageId: string, kind: 'citizen' | 'party' | 'badge', token: string): string | null {
    const key = kind === 'badge' ? Buffer.from(token, 'utf8') : blindIndex(this.#keys.index, kind, token);
    return z
      .string()
      .nullable()
      .parse(
        this.#db
          .prepare('SELECT person_id FROM person_token WHERE package_id = ? AND kind = ? AND token = ?')
          .pluck()
          .get(packageId, kind, key) ?? null,
      );
  }

  /** A sitting that began keeps its plan, and with it its picture, even when a newer issue no longer lists it. */
  #keepBegun(document: SessionPackage, before: SessionPackage): SessionPackage {
    const begun = z
      .array(z.string())
      .parse(
        this.#db
          .prepare(`SELECT plan_id FROM sitting WHERE package_id = ? AND state <> 'prepared'`)
          .pluck()
          .all(document.packageId),
      );
    const listed = new Set(document.sittings.map((plan) => plan.id));
    const missing = before.sittings.filter((plan) => begun.includes(plan.id) && !listed.has(plan.id));
    return { ...document, sittings: [...missing, ...document.sittings] };
  }

  #writeSession(input: ImportInput, issuedAt: number, exists: boolean): void {
    const { roster: _roster, access: _access, ...rest } = input.document;
    const document = JSON.stringify({ ...rest, access: {} });
    const packageId = input.document.packageId;
    if (exists) {
      this.#db
        .prepare(
          'UPDATE session SET digest = ?, provenance = ?, key_id = ?, issued_at = ?, imported_at = ?, document = ? WHERE package_id = ?',
        )
        .run(input.digest, input.provenance, input.keyId, issuedAt, this.#clock.now(), document, packageId);
      return;
    }
    const wrapped = encryptBytes(this.#keys.kek, `data-key:${packageId}`, input.dataKey);
    this.#db
      .prepare(
        `INSERT INTO session (package_id, digest, provenance, key_id, issued_at, imported_at, document, device_key, province_key)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        packageId,
        input.digest,
        input.provenance,
        input.keyId,
        issuedAt,
        this.#clock.now(),
        document,
        wrapped,
        input.provinceKey,
      );
  }

  #writeSittings(document: SessionPackage): void {
    const put = this.#db.prepare(
      `INSERT INTO sitting (id, package_id, plan_id, ordinal, title, state, opens_at, starts_at, ends_at, grace_ms, report_id)
       VALUES (@id, @packageId, @planId, @ordinal, @title, 'prepared', @opensAt, @startsAt, @endsAt, @graceMs, @reportId)
       ON CONFLICT (package_id, plan_id) DO UPDATE SET ordinal = excluded.ordinal, title = excluded.title,
         opens_at = CASE WHEN state = 'prepared' THEN excluded.opens_at ELSE opens_at END,
         starts_at = CASE WHEN state IN ('prepared', 'open') THEN excluded.starts_at ELSE starts_at END,
         grace_ms = CASE WHEN state IN ('prepared', 'open') THEN excluded.grace_ms ELSE grace_ms END,
         ends_at = CASE WHEN state IN ('prepared', 'open', 'live') THEN excluded.ends_at ELSE ends_at END`,
    );
    const kept = new Set(document.sittings.map((plan) => plan.id));
    const known = z
      .array(z.object({ plan_id: z.string() }))
      .parse(
        this.#db
          .prepare(`SELECT plan_id FROM sitting WHERE package_id = ? AND state = 'prepared'`)
          .all(document.packageId),
      );
    for (const { plan_id: planId } of known) {
      if (!kept.has(planId))
        this.#db.prepare('DELETE FROM sitting WHERE package_id = ? AND plan_id = ?').run(document.packageId, planId);
    }
    document.sittings.forEach((plan, ordinal) => {
      const startsAt = Date.parse(plan.startsAt);
      put.run({
        id: `${document.packageId}/${plan.id}`,
        packageId: document.packageId,
        planId: plan.id,
        ordinal,
        title: plan.title,
        opensAt: plan.opensAt ? Date.parse(plan.opensAt) : startsAt - SIGN_IN_OPENS_BEFORE_MS,
        startsAt,
        endsAt: Date.parse(plan.endsAt),
        graceMs: plan.graceMinutes * 60_000,
        reportId: randomUUID(),
      });
    });
  }

  #writeTokens(packageId: string, entry: RosterPerson): void {
    const put = this.#db.prepare(
      'INSERT OR IGNORE INTO person_token (package_id, kind, token, person_id) VALUES (?, ?, ?, ?)',
    );
    if (entry.citizenNumber)
      put.run(packageId, 'citizen', blindIndex(this.#keys.index, 'citizen', entry.citizenNumber), entry.id);
    if (entry.partyNumber)
      put.run(packageId, 'party', blindIndex(this.#keys.index, 'party', entry.partyNumber), entry.id);
    if (entry.badge) put.run(packageId, 'badge', Buffer.from(entry.badge, 'utf8'), entry.id);
  }
}

function toSession(row: z.infer<typeof SessionRow>): SessionRecord {
  return {
    packageId: row.package_id,
    digest: row.digest,
    provenance: row.provenance,
    keyId: row.key_id,
    issuedAt: row.issued_at,
    importedAt: row.imported_at,
    document: SessionPackage.parse(JSON.parse(row.document)),
    provinceKey: row.province_key,
  };
}

/** A roster row as a person: the citizen number is reduced to its last 4 digits here and goes no further. */
export function toPerson(entry: RosterPerson, unitNames: ReadonlyMap<string, string>): Person {
  return {
    id: entry.id,
    name: entry.name,
    givenName: entry.givenName ?? entry.name.split(' ').at(-1) ?? entry.name,
    birthYear: entry.birthYear ?? (entry.birthDate ? Number(entry.birthDate.slice(0, 4)) : null),
    birthDate: entry.birthDate ?? null,
    sex: entry.sex ?? null,
    position: entry.position ?? null,
    unitId: entry.unitId ?? null,
    unitName: entry.unitId ? (unitNames.get(entry.unitId) ?? null) : null,
    kind: 'summoned',
    substituteFor: null,
    numberTail: entry.citizenNumber?.slice(-4) ?? null,
    note: entry.note ?? null,
  };
}
