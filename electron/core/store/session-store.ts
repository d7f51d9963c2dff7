import type Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Provenance, SessionPackage } from '../../contract/session-package.ts';
import type { Clock } from './clock.ts';
import type { Damages } from './damages.ts';
import { TEXT_OF } from './free-texts.ts';
import type { PeopleStore } from './people-store.ts';
import { isDestroyed } from './retention-store.ts';
import type { SessionCiphers } from './session-ciphers.ts';
import type { Timetable } from './timetable.ts';
import { showsProxyLogin, withoutWords } from './wordless-package.ts';

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
  | { ok: false; error: 'older_package'; issuedAt: number }
  /** Its time is over: no other issue brings people back. */
  | { ok: false; error: 'data_destroyed' };

const SessionRow = z.object({
  package_id: z.string(),
  digest: z.string(),
  provenance: Provenance,
  key_id: z.string().nullable(),
  issued_at: z.number(),
  imported_at: z.number(),
  document_body: z.instanceof(Buffer).nullable(),
  province_key: z.string().nullable(),
  // What holds no words; of older programs all of it, with or without its names.
  document: z.string(),
  names: z.instanceof(Buffer).nullable(),
});
/** What an older program took out of the document. */
const Names = z.object({ roles: z.unknown(), signatory: z.string().optional() });

/** Sessions: imported packages, each with its timetable, its people and its data key. */
export class SessionStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #ciphers: SessionCiphers;
  readonly #people: Pick<PeopleStore, 'setRoster'>;
  readonly #timetable: Timetable;
  readonly #damages: Damages;

  constructor(options: {
    db: Database.Database;
    clock: Clock;
    ciphers: SessionCiphers;
    people: Pick<PeopleStore, 'setRoster'>;
    timetable: Timetable;
    damages: Damages;
  }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#ciphers = options.ciphers;
    this.#people = options.people;
    this.#timetable = options.timetable;
    this.#damages = options.damages;
  }

  /** A new data key for a session about to be imported. */
  static makeDataKey(): Buffer {
    return randomBytes(32);
  }

  /** One that is damaged comes without the words of its package: its reports can still be delivered. */
  getSession(packageId: string): SessionRecord | null {
    const raw = this.#db.prepare('SELECT * FROM session WHERE package_id = ?').get(packageId);
    if (!raw) return null;
    const row = SessionRow.parse(raw);
    return this.#damages.attempt(
      'session',
      packageId,
      () => this.#toSession(row),
      () => toRecord(row, SessionPackage.parse(JSON.parse(row.document))),
    );
  }

  /** Those that can be read, oldest first: a damaged one is set aside, and nothing of it can be opened. */
  listSessions(): SessionRecord[] {
    const rows = this.#db.prepare('SELECT * FROM session ORDER BY imported_at').all();
    return this.#damages.readEach('session', 'package_id', rows, (raw) => this.#open(raw));
  }

  /** Ids of those whose document or key cannot be read: nothing of such a session can be opened. */
  listDamaged(): string[] {
    const readable = new Set(this.listSessions().map(({ packageId }) => packageId));
    const ids = z.array(z.string()).parse(this.#db.prepare('SELECT package_id FROM session').pluck().all());
    return ids.filter((id) => !readable.has(id));
  }

  #open(raw: unknown): SessionRecord {
    const session = this.#toSession(SessionRow.parse(raw));
    this.#ciphers.ofSession(session.packageId);
    return session;
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
        if (isDestroyed(this.#db, document.packageId)) return { ok: false, error: 'data_destroyed' };
        if (before && before.issuedAt > issuedAt)
          return { ok: false, error: 'older_package', issuedAt: before.issuedAt };
        const merged = before ? this.#timetable.keepBegun(document, before.document) : document;
        this.#writeSession({ ...input, document: merged }, issuedAt, before !== null);
        this.#timetable.write(merged);
        // A package without a roster says nothing about people: those imported from a file stay.
        const counts = document.roster
          ? this.#people.setRoster(document.packageId, document.roster, document.units)
          : this.#noteNoRoster(document.packageId, before !== null);
        return { ok: true, change: before ? 'updated' : 'new', ...counts };
      })
      .immediate();
  }

  /** Makes a session that was copied here one that only tries things out, with the sittings of `document`. */
  turnIntoTrial(document: SessionPackage): void {
    const { packageId } = document;
    this.#db
      .transaction(() => {
        this.#db
          .prepare(`UPDATE session SET provenance = 'rehearsal', province_key = NULL WHERE package_id = ?`)
          .run(packageId);
        this.writeDocument(packageId, document);
        this.#timetable.write(document);
      })
      .immediate();
  }

  /** Rewrites sessions of older programs, whose documents or passwords of a proxy stand in clear; how many there were. */
  hideClearDocuments(packageIds: ReadonlySet<string>): number {
    const all = z.array(z.looseObject({ package_id: z.string() }));
    const rows = all
      .parse(this.#db.prepare('SELECT * FROM session').all())
      .filter((row) => packageIds.has(row.package_id))
      .map((row) => SessionRow.parse(row))
      .filter((row) => row.document_body === null || showsProxyLogin(row.document))
      .map((row) => this.#toSession(row));
    for (const { packageId, document } of rows) this.writeDocument(packageId, document);
    return rows.length;
  }

  /** The log of the list of a new session begins with what its package brought, also when that is nobody. */
  #noteNoRoster(packageId: string, isKnown: boolean): { added: number; changed: number; removed: number } {
    return isKnown ? { added: 0, changed: 0, removed: 0 } : this.#people.setRoster(packageId, [], []);
  }

  #writeSession(input: ImportInput, issuedAt: number, exists: boolean): void {
    const packageId = input.document.packageId;
    if (exists) {
      this.#db
        .prepare(
          'UPDATE session SET digest = ?, provenance = ?, key_id = ?, issued_at = ?, imported_at = ? WHERE package_id = ?',
        )
        .run(input.digest, input.provenance, input.keyId, issuedAt, this.#clock.now(), packageId);
      this.writeDocument(packageId, input.document);
      return;
    }
    const wrapped = this.#ciphers.wrap(packageId, input.dataKey);
    this.#db
      .prepare(
        `INSERT INTO session (package_id, digest, provenance, key_id, issued_at, imported_at, document, device_key, province_key)
         VALUES (?, ?, ?, ?, ?, ?, '{}', ?, ?)`,
      )
      .run(
        packageId,
        input.digest,
        input.provenance,
        input.keyId,
        issuedAt,
        this.#clock.now(),
        wrapped,
        input.provinceKey,
      );
    this.writeDocument(packageId, input.document);
  }

  /** The package without roster and PINs, under the session's data key: any of its texts may name somebody. */
  writeDocument(packageId: string, document: SessionPackage): void {
    const { roster: _roster, access: _access, ...rest } = document;
    const sealed = this.#ciphers.ofSession(packageId).seal(TEXT_OF.document(packageId), { ...rest, access: {} });
    this.#db
      .prepare('UPDATE session SET document = ?, names = NULL, document_body = ? WHERE package_id = ?')
      .run(JSON.stringify(withoutWords(document)), sealed, packageId);
  }

  /** Throws when the document does not open. */
  #toSession(row: z.infer<typeof SessionRow>): SessionRecord {
    const { package_id: packageId, document_body: sealed } = row;
    return toRecord(row, sealed === null ? this.#openOldDocument(row) : this.#openDocument(packageId, sealed));
  }

  #openDocument(packageId: string, sealed: Buffer): SessionPackage {
    return SessionPackage.parse(this.#ciphers.ofSession(packageId).open(TEXT_OF.document(packageId), sealed));
  }

  #openOldDocument(row: z.infer<typeof SessionRow>): SessionPackage {
    const stored = z.looseObject({ document: z.looseObject({}).optional() }).parse(JSON.parse(row.document));
    const names = this.#openNames(row);
    const paper = names?.signatory === undefined ? stored.document : { ...stored.document, signatory: names.signatory };
    return SessionPackage.parse({
      ...stored,
      ...(names ? { roles: names.roles } : {}),
      ...(paper ? { document: paper } : {}),
    });
  }

  /** Null where there are none, or they are damaged: a report without the chair's name is better than none. */
  #openNames(row: z.infer<typeof SessionRow>): z.infer<typeof Names> | null {
    if (row.names === null) return null;
    try {
      return Names.parse(this.#ciphers.ofSession(row.package_id).open(`names:${row.package_id}`, row.names));
    } catch {
      return null;
    }
  }
}

function toRecord(row: z.infer<typeof SessionRow>, document: SessionPackage): SessionRecord {
  return {
    packageId: row.package_id,
    digest: row.digest,
    provenance: row.provenance,
    keyId: row.key_id,
    issuedAt: row.issued_at,
    importedAt: row.imported_at,
    document,
    provinceKey: row.province_key,
  };
}
