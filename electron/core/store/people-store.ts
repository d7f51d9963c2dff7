import type Database from 'better-sqlite3';
import { z } from 'zod';
import { AttendeeKind, type Person } from '../../contract/attendance.ts';
import type { RosterPerson, SessionPackage } from '../../contract/session-package.ts';
import type { Damages } from './damages.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { PersonTokens } from './person-tokens.ts';
import type { RosterList } from './roster-list.ts';
import type { RosterLog } from './roster-log.ts';
import { toPerson, unreadablePerson } from './roster-entry.ts';
import { packageIdOf, type SessionCiphers } from './session-ciphers.ts';

/** The kind in clear is for queries; the one in the body counts, because a body that opens is as it was written. */
const PersonRow = z.object({ id: z.string(), kind: z.string(), body: z.unknown() });
const SubstituteNamed = z.object({ seq: z.number(), body: z.instanceof(Buffer) });
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
  merged: z.object({ into: z.string(), events: z.enum(['count', 'ignore']) }).optional(),
});

export interface RosterCounts {
  added: number;
  changed: number;
  removed: number;
}

/**
 * The people of each session: the roster, and whoever was added on the spot. Every session has its own; the log of one
 * says nothing about another.
 *
 * The list of a sitting that is over does not change any more: right before the roster of its session changes, the
 * people are copied for every such sitting that has no copy yet. A sitting that is opened again gives its copy up
 * (`SittingStore.recordStep`). So sealing costs nothing, and folders written before this rule need no migration.
 */
export class PeopleStore {
  readonly #db: Database.Database;
  readonly #ciphers: SessionCiphers;
  readonly #tokens: PersonTokens;
  readonly #damages: Damages;
  readonly #rosterLog: RosterLog;
  readonly #list: RosterList;
  readonly #putPerson: Database.Statement;
  readonly #removePerson: Database.Statement;

  constructor(options: {
    db: Database.Database;
    ciphers: SessionCiphers;
    tokens: PersonTokens;
    damages: Damages;
    rosterLog: RosterLog;
    list: RosterList;
  }) {
    const { db } = options;
    this.#db = db;
    this.#damages = options.damages;
    this.#ciphers = options.ciphers;
    this.#tokens = options.tokens;
    this.#rosterLog = options.rosterLog;
    this.#list = options.list;
    this.#putPerson = db.prepare(
      `INSERT INTO person (package_id, id, kind, body) VALUES (?, ?, 'summoned', ?)
       ON CONFLICT (package_id, id) DO UPDATE SET kind = 'summoned', body = excluded.body`,
    );
    this.#removePerson = db.prepare('DELETE FROM person WHERE package_id = ? AND id = ?');
  }

  /** Everybody of a session now. */
  listPeople(packageId: string): Person[] {
    const rows = this.#db.prepare('SELECT id, kind, body FROM person WHERE package_id = ?').all(packageId);
    return this.#openRows(packageId, 'person', rows);
  }

  /** At most `limit` people whose id comes after another's, in order of id: for long lists, in turns with other work. */
  listPeopleAfter(packageId: string, afterId: string, limit: number): Person[] {
    const rows = this.#db
      .prepare('SELECT id, kind, body FROM person WHERE package_id = ? AND id > ? ORDER BY id LIMIT ?')
      .all(packageId, afterId, limit);
    return this.#openRows(packageId, 'person', rows);
  }

  /** Ids of everybody of a session now. */
  listIds(packageId: string): Set<string> {
    const ids = this.#db.prepare('SELECT id FROM person WHERE package_id = ?').pluck().all(packageId);
    return new Set(z.array(z.string()).parse(ids));
  }

  /** Those of these people who are on the list now. */
  listPeopleById(packageId: string, ids: readonly string[]): Person[] {
    const rows = this.#db
      .prepare(
        'SELECT id, kind, body FROM person WHERE package_id = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id',
      )
      .all(packageId, JSON.stringify(ids));
    return this.#openRows(packageId, 'person', rows);
  }

  /**
   * Everybody of a sitting: those of its session now, or when it is over, the roster as it was then, with everybody
   * added on the spot.
   */
  listPeopleOfSitting(sittingId: string): Person[] {
    const packageId = packageIdOf(this.#db, sittingId);
    const isKept = this.#db.prepare('SELECT people_kept FROM sitting WHERE id = ?').pluck().get(sittingId) === 1;
    if (!isKept) return this.listPeople(packageId);
    const kept = this.#db
      .prepare('SELECT person_id AS id, kind, body FROM sitting_person WHERE sitting_id = ?')
      .all(sittingId);
    const added = this.#db
      .prepare(
        `SELECT id, kind, body FROM person WHERE package_id = ? AND kind <> 'summoned'
           AND id NOT IN (SELECT person_id FROM sitting_person WHERE sitting_id = ?)`,
      )
      .all(packageId, sittingId);
    return [...this.#openRows(packageId, 'sitting_person', kept), ...this.#openRows(packageId, 'person', added)];
  }

  /** Stores somebody outside the roster; must run inside the transaction that writes their adding into the log. */
  addPerson(sittingId: string, person: Person): void {
    const packageId = packageIdOf(this.#db, sittingId);
    this.#db
      .prepare('INSERT INTO person (package_id, id, kind, body) VALUES (?, ?, ?, ?)')
      .run(packageId, person.id, person.kind, this.#seal(packageId, person));
  }

  /**
   * Makes the summoned people of a session equal to the roster of its package, but never removes one who has an event in its
   * log. What it comes to is an event of the log of the list.
   */
  setRoster(packageId: string, roster: readonly RosterPerson[], units: SessionPackage['units']): RosterCounts {
    return this.#db
      .transaction(() => {
        this.#list.finish(packageId);
        this.keepLists(packageId);
        return this.#rosterLog.notePackage(packageId, roster, () => this.#writeRoster(packageId, roster, units));
      })
      .immediate();
  }

  /** What `setRoster` would do, without doing it. */
  compareRoster(
    packageId: string,
    roster: readonly RosterPerson[],
    units: SessionPackage['units'],
  ): { added: number; changed: number; removed: number } {
    const unitNames = new Map(units.map((u) => [u.id, u.name]));
    const isNew = this.#db.prepare('SELECT 1 FROM person WHERE package_id = ? LIMIT 1').get(packageId) === undefined;
    const before = new Map(isNew ? [] : this.listPeople(packageId).map((p) => [p.id, p]));
    const counts = { added: 0, changed: 0, removed: 0 };
    for (const entry of roster) {
      const old = before.get(entry.id);
      before.delete(entry.id);
      if (!old) counts.added += 1;
      else if (JSON.stringify(old) !== JSON.stringify(asListed(entry, unitNames, old))) counts.changed += 1;
    }
    const inLog = before.size > 0 ? this.listIdsInLog(packageId) : new Set<string>();
    for (const gone of before.values()) if (gone.kind === 'summoned' && !inLog.has(gone.id)) counts.removed += 1;
    return counts;
  }

  #writeRoster(packageId: string, roster: readonly RosterPerson[], units: SessionPackage['units']): RosterCounts {
    const unitNames = new Map(units.map((u) => [u.id, u.name]));
    const before = new Map(this.listPeople(packageId).map((p) => [p.id, p]));
    const counts = { added: 0, changed: 0, removed: 0 };
    this.#tokens.clearFor(packageId, roster);
    for (const entry of roster) {
      const old = before.get(entry.id);
      const person = asListed(entry, unitNames, old);
      if (this.#putSummoned(packageId, person, old)) counts[old ? 'changed' : 'added'] += 1;
      this.#tokens.write(packageId, entry);
      before.delete(person.id);
    }
    const inLog = this.listIdsInLog(packageId);
    for (const gone of before.values()) {
      if (gone.kind !== 'summoned' || inLog.has(gone.id)) continue;
      this.#removePerson.run(packageId, gone.id);
      counts.removed += 1;
    }
    return counts;
  }

  /** Everybody an event of this session's log names, in any of its sittings. */
  listIdsInLog(packageId: string): Set<string> {
    const ids = this.#db
      .prepare(
        `SELECT DISTINCT person_id FROM attendance_event JOIN sitting ON sitting.id = sitting_id
         WHERE package_id = ? AND person_id IS NOT NULL`,
      )
      .pluck();
    return new Set(z.array(z.string()).parse(ids.all(packageId)));
  }

  /** Badge tokens by person; everybody summoned has one afterwards. */
  issueBadges(packageId: string): Map<string, string> {
    const summoned = this.listPeople(packageId).filter((person) => person.kind === 'summoned' && !person.merged);
    return this.#tokens.issueBadges(
      packageId,
      summoned.map((person) => person.id),
    );
  }

  /** False when nothing of the person changed. */
  #putSummoned(packageId: string, person: Person, old: Person | undefined): boolean {
    if (JSON.stringify(old) === JSON.stringify(person)) return false;
    this.#putPerson.run(packageId, person.id, this.#seal(packageId, person));
    return true;
  }

  /**
   * Copies the people for sittings that are over and have no copy yet; must run inside the transaction that changes the
   * roster.
   */
  keepLists(packageId: string): void {
    const isDue = `package_id = ? AND state NOT IN ('prepared', 'open', 'live') AND people_kept = 0`;
    this.#db
      .prepare(
        `INSERT INTO sitting_person (sitting_id, person_id, kind, body)
           SELECT sitting.id, person.id, person.kind, person.body FROM sitting JOIN person USING (package_id)
           WHERE ${isDue}`,
      )
      .run(packageId);
    this.#db.prepare(`UPDATE sitting SET people_kept = 1 WHERE ${isDue}`).run(packageId);
    // Whoever was added to such a sitting after its copy was made.
    this.#db
      .prepare(
        `INSERT OR IGNORE INTO sitting_person (sitting_id, person_id, kind, body)
           SELECT DISTINCT sitting.id, person.id, person.kind, person.body FROM sitting
           JOIN attendance_event e ON e.sitting_id = sitting.id
           JOIN person ON person.package_id = sitting.package_id AND person.id = e.person_id
           WHERE sitting.package_id = ? AND people_kept = 1 AND person.kind <> 'summoned'`,
      )
      .run(packageId);
  }

  #seal(packageId: string, person: Person): Buffer {
    return this.#ciphers.ofSession(packageId).seal(`person:${person.id}`, person);
  }

  /** People from rows of id, kind and body of a session. */
  openPeople(packageId: string, rows: readonly unknown[]): Person[] {
    return this.#openRows(packageId, 'person', rows);
  }

  /** Somebody whose row cannot be opened stays on the list under their id: they were expected, or came. */
  #openRows(packageId: string, table: 'person' | 'sitting_person', rows: readonly unknown[]): Person[] {
    const cipher = this.#ciphers.ofSession(packageId);
    return this.#damages.readEach(table, 'id', rows, (raw) => {
      const row = PersonRow.parse(raw);
      const context = `person:${row.id}`;
      const person = this.#damages.attempt<Person | null>(
        table,
        row.id,
        () => PersonBody.parse(cipher.open(context, z.instanceof(Buffer).parse(row.body))) as Person,
        () => null,
      );
      if (!person) return this.#standIn(packageId, cipher, row);
      if (person.kind !== row.kind) this.#damages.note(table, row.id, 'differs');
      return person;
    });
  }

  #standIn(packageId: string, cipher: FieldCipher, row: z.infer<typeof PersonRow>): Person {
    const kind = AttendeeKind.catch('summoned').parse(row.kind);
    return { ...unreadablePerson(row.id, kind), substituteFor: this.#findWhomFor(packageId, cipher, row.id) };
  }

  /** Whom somebody sits for, as the log has it. */
  #findWhomFor(packageId: string, cipher: FieldCipher, personId: string): string | null {
    const raw = this.#db
      .prepare(
        `SELECT seq, body FROM attendance_event JOIN sitting ON sitting.id = sitting_id
         WHERE package_id = ? AND person_id = ? AND type = 'substitute_named' ORDER BY seq DESC LIMIT 1`,
      )
      .get(packageId, personId);
    if (raw === undefined) return null;
    try {
      const { seq, body } = SubstituteNamed.parse(raw);
      return z.object({ substituteFor: z.string() }).parse(cipher.open(`event:${seq}`, body)).substituteFor;
    } catch {
      return null;
    }
  }
}

/** Somebody of a package as the list has them: an entry that was merged into another stays so. */
function asListed(entry: RosterPerson, unitNames: ReadonlyMap<string, string>, old: Person | undefined): Person {
  const person = toPerson(entry, unitNames);
  return old?.merged ? { ...person, merged: old.merged } : person;
}
