import type Database from 'better-sqlite3';
import { assert } from '../../shared/result.ts';
import { digestOf, GENESIS, rowKeyOf } from './change-keys.ts';
import type { Cell, Cells, Change, ChangeKeys, ChangeOp } from './change-keys.ts';
import { BULK_TABLE, readChanges } from './change-log.ts';
import { listCovered, readRows, type CoveredTable } from './covered-tables.ts';
import type { Damage } from './damages.ts';
import { FieldCipher } from './field-cipher.ts';
import { openRow, type JournalRecord } from './journal-record.ts';
import type { MergedChain } from './merge-chains.ts';
import { writePastRules, type RowWriter } from './row-writer.ts';
import { SessionCiphers } from './session-ciphers.ts';

/** What was found when the rows were compared with the chain, and what became of it. */
export interface Reconciled {
  /** Written again from the second copy. */
  rebuilt: Damage[];
  /** In no change: taken out of their table and kept for support. */
  setAside: Damage[];
  /** Other than the chain says, or in no change, and there is no copy to compare with: left as they are. */
  unproven: Damage[];
  /** In the chain, and nowhere else. */
  lost: Damage[];
}

interface Entry extends Change {
  name: string;
}

/**
 * Makes the rows equal to what the chain says, in one transaction. A row whose keyed hash is not that of its last change is written
 * again from the journal; a row that is in no change is taken out, when the journal proves that the chain is whole.
 */
export function reconcile(options: {
  db: Database.Database;
  keys: ChangeKeys;
  kek: Buffer;
  chain: MergedChain;
  journal: ReadonlyMap<number, JournalRecord>;
  /** Whether the journal reaches as far as the chain: then rows that are in no change were never written by the kiosk. */
  isProvedWhole: boolean;
  now: number;
}): Reconciled {
  const { db, keys, chain, journal } = options;
  const result: Reconciled = { rebuilt: [], setAside: [], unproven: [], lost: [] };
  const tables = listCovered(db);
  const found = compareRows(db, keys, tables, chain.changes);
  if (isInBulk(chain.changes)) dropBulk(tables, found);
  if (found.differ.length === 0 && found.extra.length === 0 && chain.fromJournal.length === 0) return result;
  const byName = new Map(tables.map((table) => [table.name, table]));
  const plain = new FieldCipher(keys.body);
  const ciphers = new SessionCiphers(db, options.kek);
  const rebuild = (writer: RowWriter, entry: Entry): void => {
    const table = byName.get(entry.table);
    // A table that this program does not know any more.
    if (!table) return;
    const record = journal.get(entry.seq);
    const cells = record && open(record, table, entry);
    if (cells && writer.tryPut(table, cells)) {
      result.rebuilt.push(
        damageOf(
          table,
          table.columns.map((column) => cells[column] ?? null),
        ),
      );
      return;
    }
    const row = found.rows.get(entry.name);
    if (row) result.unproven.push({ ...damageOf(table, row), what: 'differs' });
    else result.lost.push({ table: table.name, key: '', what: 'row' });
  };
  const open = (record: JournalRecord, table: CoveredTable, entry: Entry): Cells | null => {
    try {
      if (record.sealed.length === 0 || !record.proof.equals(entry.proof)) return null;
      const cells = openRow(record.session === null ? plain : ciphers.ofSession(record.session), record);
      const columns = Object.keys(cells).toSorted();
      const digest = keys.digest(
        table.name,
        columns,
        columns.map((column) => cells[column] ?? null),
      );
      return digest.equals(digestOf(entry.proof)) ? cells : null;
    } catch {
      return null;
    }
  };
  const takeOut = (writer: RowWriter, { table, cells }: (typeof found.extra)[number]): void => {
    const damage = damageOf(table, cells);
    if (!options.isProvedWhole) {
      result.unproven.push({ ...damage, what: 'differs' });
      return;
    }
    const row = Object.fromEntries(table.columns.map((column, i) => [column, describe(cells[i] ?? null)]));
    writer.setAside(options.now, table.name, plain.seal(`set-aside:${table.name}`, row));
    writer.remove(table, cells);
    result.setAside.push(damage);
  };
  writePastRules(db, (writer) => {
    for (const change of chain.fromJournal) writer.putChange(change);
    writer.dropChangesAfter(chain.last);
    // Wrong rows first: one may stand where a right one belongs.
    for (const extra of found.extra) takeOut(writer, extra);
    // Keys of sessions before what they seal.
    const order = found.differ.toSorted((a, b) => Number(b.table === 'session') - Number(a.table === 'session'));
    for (const entry of order) rebuild(writer, entry);
  });
  return result;
}

/**
 * Takes rows into the chain as they are, where they differ from it: after a step of the schema, and where nothing proves them.
 * Answers how many changes that were.
 */
export function signRows(db: Database.Database, keys: ChangeKeys): number {
  const changes = [...readChanges(db).values()].toSorted((a, b) => a.seq - b.seq);
  const tables = listCovered(db);
  const found = compareRows(db, keys, tables, changes);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const insert = db.prepare('INSERT INTO change (seq, tbl, op, proof) VALUES (?, ?, ?, ?)');
  const last = changes.at(-1);
  assert(last, 'a chain has a change 0');
  let { seq, proof } = last;
  const begun = seq;
  const add = (table: string, op: ChangeOp, rowKey: Buffer, digest: Buffer | null): void => {
    seq += 1;
    proof = keys.prove(proof, { seq, table, op }, rowKey, digest);
    insert.run(seq, table, op, proof);
  };
  const put = (table: CoveredTable, cells: readonly Cell[]): void =>
    add(table.name, 'put', keyOf(keys, table, cells), keys.digest(table.name, table.columns, cells));
  db.transaction(() => {
    for (const entry of found.differ) {
      const table = byName.get(entry.table);
      const cells = found.rows.get(entry.name);
      if (table && cells) put(table, cells);
      else if (table) add(table.name, 'del', rowKeyOf(entry.proof), null);
    }
    for (const { table, cells } of found.extra) put(table, cells);
  }).immediate();
  return seq - begun;
}

/** The rows that these changes wrote, by the number of the change, as far as they are still so. */
export function collectRows(
  db: Database.Database,
  keys: ChangeKeys,
  changes: readonly Change[],
): Map<number, { table: CoveredTable; cells: Cell[] }> {
  const wanted = foldChanges(changes);
  const rows = new Map<number, { table: CoveredTable; cells: Cell[] }>();
  for (const table of listCovered(db))
    for (const cells of readRows(db, table)) {
      const entry = wanted.get(nameOf(table.name, keyOf(keys, table, cells)));
      if (entry && keys.digest(table.name, table.columns, cells).equals(digestOf(entry.proof)))
        rows.set(entry.seq, { table, cells });
    }
  return rows;
}

/** The kiosk was ended while changes of rows written in bulk were not all in the chain: those rows count as they are. */
export function isInBulk(changes: readonly Change[]): boolean {
  return changes.findLast(({ table }) => table === BULK_TABLE)?.op === 'put';
}

function dropBulk(tables: readonly CoveredTable[], found: ReturnType<typeof compareRows>): void {
  const bulk = new Set(tables.filter(({ isBulk }) => isBulk).map(({ name }) => name));
  found.differ = found.differ.filter(({ table }) => !bulk.has(table));
  found.extra = found.extra.filter(({ table }) => !bulk.has(table.name));
}

/** The last change of each row that is there. */
function foldChanges(changes: readonly Change[]): Map<string, Entry> {
  const rows = new Map<string, Entry>();
  for (const change of changes) {
    if (change.table === GENESIS || change.table === BULK_TABLE) continue;
    const name = nameOf(change.table, rowKeyOf(change.proof));
    if (change.op === 'del') rows.delete(name);
    else rows.set(name, { ...change, name });
  }
  return rows;
}

/** Rows that are not as their last change says, and rows that are in none. */
function compareRows(
  db: Database.Database,
  keys: ChangeKeys,
  tables: readonly CoveredTable[],
  changes: readonly Change[],
) {
  const wanted = foldChanges(changes);
  const missing = new Map(wanted);
  const differ: Entry[] = [];
  const extra: { table: CoveredTable; cells: Cell[] }[] = [];
  const rows = new Map<string, Cell[]>();
  for (const table of tables)
    for (const cells of readRows(db, table)) {
      const name = nameOf(table.name, keyOf(keys, table, cells));
      const entry = wanted.get(name);
      if (!entry) {
        extra.push({ table, cells });
        continue;
      }
      missing.delete(name);
      if (keys.digest(table.name, table.columns, cells).equals(digestOf(entry.proof))) continue;
      differ.push(entry);
      rows.set(name, cells);
    }
  return { differ: [...differ, ...missing.values()], extra, rows };
}

function keyOf(keys: ChangeKeys, table: CoveredTable, cells: readonly Cell[]): Buffer {
  return keys.rowKey(
    table.name,
    table.primaryAt.map((at) => cells[at] ?? null),
  );
}

function nameOf(table: string, rowKey: Buffer): string {
  return `${table}/${rowKey.toString('latin1')}`;
}

function damageOf(table: CoveredTable, cells: readonly Cell[]): Damage {
  const key = table.primaryAt.map((at) => describe(cells[at] ?? null)).join('/');
  return { table: table.name, key, what: 'row' };
}

function describe(cell: Cell): string | number | null {
  return Buffer.isBuffer(cell) ? cell.toString('base64') : cell;
}
