import type Database from 'better-sqlite3';
import { z } from 'zod';

/**
 * What a session consists of before anything happens in it, in an order in which rows only name rows that are there already: the
 * session, its PINs, the list of people and the log of that list. No sitting, no sign-in, no report.
 */
const PARTS: readonly { table: string; where: string }[] = [
  { table: 'session', where: 'package_id = ?' },
  { table: 'pin', where: 'package_id = ?' },
  // The steps of a change are laid down before its event.
  { table: 'roster_step', where: 'event_id IN (SELECT id FROM roster_event WHERE package_id = ?)' },
  { table: 'roster_step_token', where: 'event_id IN (SELECT id FROM roster_event WHERE package_id = ?)' },
  { table: 'roster_event', where: 'package_id = ?' },
  { table: 'person', where: 'package_id = ?' },
  { table: 'person_token', where: 'package_id = ?' },
];

/**
 * Copies a session from one database into another one that has the same keys: rows are copied as they are, encrypted. The source
 * is only read. Throws with SQLite's error.
 */
export function copySession(from: Database.Database, to: Database.Database, packageId: string): void {
  for (const { table, where } of PARTS) {
    const columns = z.array(z.string()).parse(from.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table));
    const names = columns.map((name) => `"${name}"`).join(', ');
    const put = to.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of from.prepare(`SELECT ${names} FROM "${table}" WHERE ${where}`).raw().iterate(packageId))
      put.run(row);
  }
}
