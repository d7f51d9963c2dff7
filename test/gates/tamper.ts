import Database from 'better-sqlite3';
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ChangeKeys } from '../../electron/core/store/change-keys.ts';
import { journalOf } from '../../electron/core/store/database.ts';
import { signRows } from '../../electron/core/store/reconcile.ts';
import { Store } from '../../electron/core/store/store.ts';
import { EDITS } from '../support/edits.ts';
import { randomOf } from '../support/flip-places.ts';
import { createTamperedRecords, type TamperedRecords } from '../support/tampered-records.ts';
import type { CaseResult, Gate } from './gate.ts';

interface Way {
  name: string;
  isOlderCopy?: boolean;
  removesJournal?: boolean;
  /** SQL besides the edit; `last` is the number of changes in the chain. */
  sql?: (cut: number) => string;
}

const WAYS: readonly Way[] = [
  { name: 'edited' },
  { name: 'edited, second copy removed', removesJournal: true },
  { name: 'edited, end of the chain cut', sql: cutChain },
  { name: 'edited, end of the chain cut, second copy removed', sql: cutChain, removesJournal: true },
  { name: 'edited, chain emptied, second copy removed', sql: () => 'DELETE FROM change', removesJournal: true },
  {
    name: 'edited, made to look like one of an older program, second copy removed',
    sql: () =>
      `DROP TABLE change; DROP TABLE signed_head; DROP TABLE row_set_aside; PRAGMA user_version = 6;
       DELETE FROM meta WHERE key IN ('format', 'journal_generation')`,
    removesJournal: true,
  },
  { name: 'older copy, edited', isOlderCopy: true },
  { name: 'older copy, edited, second copy removed', isOlderCopy: true, removesJournal: true },
];

/**
 * Somebody edits the closed records with another program. He has no key, but may make the plain hashes of the log again, cut or empty
 * the chain of changes, put an older copy of the database in its place, and remove the second copy. In the control he has the key
 * file, and makes everything right with it: then nothing is noticed.
 */
export const tamper: Gate = {
  name: 'tamper',
  what: 'an edit of the closed records by hand: what changes a report is taken back, or said on the console and in the report',
  cases: null,
  short: 2 * EDITS.length,
  open: async ({ control, dir }) => {
    const records = await createTamperedRecords(dir);
    const truth = lookAt(records, records.copyTo(path.join(dir, 'untouched')));
    if (truth.said.length > 0) throw new Error(`of untouched records is said ${truth.said.join(', ')}`);
    return {
      tryCase: (number) => tryEdit(records, { dir, truth: truth.facts, number, hasKey: control }),
      close: async () => records.close(),
    };
  },
};

function tryEdit(
  records: TamperedRecords,
  options: { dir: string; truth: string; number: number; hasKey: boolean },
): CaseResult {
  const { number, hasKey } = options;
  const edit = EDITS[number % EDITS.length]!;
  // Each edit in another way in each round, and each way from the first round on.
  const way = WAYS[(number + Math.floor(number / EDITS.length)) % WAYS.length]!;
  const folder = path.join(options.dir, String(number));
  const file = records.copyTo(folder);
  const result = (outcome: string, wrong: string | null): CaseResult => ({
    outcome: `${way.name}: ${outcome}`,
    wrong: wrong && `${edit.name}, ${way.name}: ${wrong}`,
  });
  try {
    change(records, file, { edit, way, number, hasKey });
    const { facts, said, keyedFrom } = lookAt(records, file);
    if (facts === options.truth) return result(said.length > 0 ? 'taken back, and said' : 'taken back', null);
    const isSaid = said.length > 0 || keyedFrom > 0;
    return result(
      isSaid ? 'said' : 'not noticed',
      isSaid ? null : `not noticed: ${firstDifference(options.truth, facts)}`,
    );
  } catch (cause) {
    return result('throws', cause instanceof Error ? (cause.stack ?? cause.message).slice(0, 700) : String(cause));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function change(
  records: TamperedRecords,
  file: string,
  { edit, way, number, hasKey }: { edit: (typeof EDITS)[number]; way: Way; number: number; hasKey: boolean },
): void {
  const random = randomOf(number);
  if (way.isOlderCopy) copyFileSync(records.olderFile, file);
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  for (const name of ['attendance_event_no_update', 'attendance_event_no_delete', 'report_no_update'])
    db.exec(`DROP TRIGGER ${name}`);
  edit.run(db, random);
  if (hasKey) {
    signRows(db, new ChangeKeys(records.keys.kek));
    db.exec(`DELETE FROM meta WHERE key = 'journal_generation'`);
  } else if (way.sql) db.exec(way.sql(1 + random(12)));
  db.close();
  if (way.removesJournal || hasKey) rmSync(journalOf(file));
}

function cutChain(cut: number): string {
  return `DELETE FROM change WHERE seq > (SELECT max(seq) FROM change) - ${cut}`;
}

function lookAt(records: TamperedRecords, file: string): { facts: string; said: string[]; keyedFrom: number } {
  const opened = Store.open({ file, keys: records.keys });
  if (!opened.ok) return { facts: 'refused', said: [opened.error], keyedFrom: 0 };
  try {
    // The start asks for its package, or begins it again from there.
    if (opened.store.sessions.listDamaged().length > 0)
      return { facts: 'session cannot be read', said: ['session cannot be read'], keyedFrom: 0 };
    const { facts, said } = records.look(opened.store);
    return {
      facts,
      said: opened.quarantinedTo === null ? said : [...said, 'moved aside'],
      keyedFrom: opened.store.trust.findings.keyedFrom,
    };
  } finally {
    opened.store.close();
  }
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return `…${a.slice(Math.max(0, at - 60), at + 40)}… became …${b.slice(Math.max(0, at - 10), at + 40)}…`;
}
