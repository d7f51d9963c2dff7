import { z } from 'zod';
import { PROOF_BYTES, type Cells, type Change, type ChangeKeys } from './change-keys.ts';
import type { FieldCipher } from './field-cipher.ts';

/**
 * One record of the journal: mark, length, generation, sequence, database, then table, session, proof and the row sealed, and a
 * keyed hash over all of it. Numbers are big-endian.
 */
export interface JournalRecord extends Change {
  generation: number;
  /** Whose data key seals the row; null: the key of this database. */
  session: string | null;
  /** Empty for a deletion, and for a row that was written again or destroyed since. */
  sealed: Buffer;
}

const MARK = Buffer.from('kJrn');
const LENGTH_AT = 4;
const GENERATION_AT = 8;
const SEQ_AT = 12;
const DATABASE_AT = 18;
const HEAD_BYTES = 34;
const MAC_BYTES = 32;
/** A sealed report of tens of thousands of people is smaller. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Form of a row whose blobs stand after its list of columns; a row of before is that list alone and begins with a bracket. */
const WITH_BLOBS = 1;
const LIST_AT = 5;
const Blob = z.union([z.object({ length: z.int().nonnegative() }), z.object({ bytes: z.string() })]);
const Columns = z.array(z.tuple([z.string(), z.union([z.string(), z.number(), Blob])]));

/** The record as bytes. `database`: its id. */
export function writeRecord(keys: ChangeKeys, database: Buffer, record: JournalRecord): Buffer {
  const table = Buffer.from(record.table, 'utf8');
  const session = Buffer.from(record.session ?? '', 'utf8');
  const length = 5 + table.length + session.length + PROOF_BYTES + record.sealed.length;
  // Every byte is written below.
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + length + MAC_BYTES);
  MARK.copy(bytes);
  bytes.writeUInt32BE(length, LENGTH_AT);
  bytes.writeUInt32BE(record.generation, GENERATION_AT);
  bytes.writeUIntBE(record.seq, SEQ_AT, 6);
  database.copy(bytes, DATABASE_AT);
  let at = HEAD_BYTES;
  at = bytes.writeUInt8(record.op === 'put' ? 1 : 0, at);
  at = bytes.writeUInt16BE(table.length, at);
  at = bytes.writeUInt16BE(session.length, at);
  for (const part of [table, session, record.proof, record.sealed]) at += part.copy(bytes, at);
  keys.recordMac(bytes.subarray(0, at)).copy(bytes, at);
  return bytes;
}

/** A record that begins at `at`, its database, and where the next one begins; null when there is no whole one. */
export function readRecord(
  keys: ChangeKeys,
  bytes: Buffer,
  at: number,
): { record: JournalRecord; database: Buffer; end: number } | null {
  if (at + HEAD_BYTES > bytes.length || !bytes.subarray(at, at + MARK.length).equals(MARK)) return null;
  const length = bytes.readUInt32BE(at + LENGTH_AT);
  const macAt = at + HEAD_BYTES + length;
  if (length > MOST_BYTES || macAt + MAC_BYTES > bytes.length) return null;
  if (!keys.recordMac(bytes.subarray(at, macAt)).equals(bytes.subarray(macAt, macAt + MAC_BYTES))) return null;
  let from = at + HEAD_BYTES;
  const op = bytes.readUInt8(from) === 1 ? 'put' : 'del';
  const tableBytes = bytes.readUInt16BE(from + 1);
  const sessionBytes = bytes.readUInt16BE(from + 3);
  from += 5;
  const take = (count: number) => bytes.subarray(from, (from += count));
  const table = take(tableBytes).toString('utf8');
  const session = take(sessionBytes).toString('utf8');
  const record: JournalRecord = {
    generation: bytes.readUInt32BE(at + GENERATION_AT),
    seq: bytes.readUIntBE(at + SEQ_AT, 6),
    table,
    op,
    session: session === '' ? null : session,
    proof: take(PROOF_BYTES),
    sealed: bytes.subarray(from, macAt),
  };
  return { record, database: bytes.subarray(at + DATABASE_AT, at + HEAD_BYTES), end: macAt + MAC_BYTES };
}

/** Where the next record may begin; -1 when there is none. */
export function findMark(bytes: Buffer, from: number): number {
  return bytes.indexOf(MARK, from);
}

/**
 * A row as the journal keeps it: a byte for the form, the length of the list of columns, that list as JSON, and after it the
 * bytes of its blobs as they are. A sealed report is millions of them: as text they would be a third more.
 */
export function sealRow(cipher: FieldCipher, { table, seq }: Pick<Change, 'table' | 'seq'>, cells: Cells): Buffer {
  const blobs = Object.values(cells).filter((cell) => Buffer.isBuffer(cell));
  const columns = Object.entries(cells).flatMap(([column, cell]) =>
    cell === null ? [] : [[column, Buffer.isBuffer(cell) ? { length: cell.length } : cell]],
  );
  const list = Buffer.from(JSON.stringify(columns), 'utf8');
  const head = Buffer.alloc(LIST_AT);
  head.writeUInt8(WITH_BLOBS, 0);
  head.writeUInt32BE(list.length, 1);
  return cipher.sealBytes(`journal:${table}:${seq}`, [head, list, ...blobs]);
}

/** Reverses `sealRow`, also for rows of before, which were all text. Throws when the key is another one. */
export function openRow(cipher: FieldCipher, { table, seq, sealed }: JournalRecord): Cells {
  const plain = cipher.openBytes(`journal:${table}:${seq}`, sealed);
  const isText = plain[0] !== WITH_BLOBS;
  const listEnd = isText ? plain.length : LIST_AT + plain.readUInt32BE(1);
  const columns = Columns.parse(JSON.parse(plain.subarray(isText ? 0 : LIST_AT, listEnd).toString('utf8')));
  let at = listEnd;
  const cellOf = (cell: z.infer<typeof Columns>[number][1]): string | number | Buffer => {
    if (typeof cell !== 'object') return cell;
    if ('bytes' in cell) return Buffer.from(cell.bytes, 'base64');
    return Buffer.from(plain.subarray(at, (at += cell.length)));
  };
  return Object.fromEntries(columns.map(([column, cell]) => [column, cellOf(cell)]));
}

export const NO_ROW = Buffer.alloc(0);
