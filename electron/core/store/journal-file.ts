import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { ChangeKeys } from './change-keys.ts';
import { syncFolderSync } from './durable-file.ts';
import { findMark, readRecord, writeRecord, type JournalRecord } from './journal-record.ts';
import { renameHeldSync } from './rename-held.ts';

const WRITE_BYTES = 1024 * 1024;
const ERASE = Buffer.alloc(256 * 1024);

/** What a journal file holds. */
export interface JournalContents {
  /** Id of the database whose journal this is; null when nothing in it can be read. */
  database: Buffer | null;
  /** Newest generation found in it. */
  generation: number;
  records: Map<number, JournalRecord>;
  /** Places at which bytes are no record: damage. A torn end, as a power cut leaves it, is none. */
  damages: number;
  /** Bytes up to the end of the last whole record. */
  length: number;
}

export const NO_JOURNAL: JournalContents = { database: null, generation: 0, records: new Map(), damages: 0, length: 0 };

/** Reads what can be read of a journal; null when there is nothing. Only records made with these keys count. */
export function readJournal(file: string, keys: ChangeKeys): JournalContents | null {
  // Something else under that name, a folder, is no journal of ours: it is set aside like one.
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return { ...NO_JOURNAL, damages: 1 };
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  if (bytes.length === 0) return null;
  const contents: JournalContents = { ...NO_JOURNAL, records: new Map() };
  let at = 0;
  while (at < bytes.length) {
    const found = readRecord(keys, bytes, at);
    if (found && (contents.database === null || contents.database.equals(found.database))) {
      contents.database = Buffer.from(found.database);
      contents.generation = Math.max(contents.generation, found.record.generation);
      contents.records.set(found.record.seq, found.record);
      if (at !== contents.length) contents.damages += 1;
      contents.length = at = found.end;
      continue;
    }
    const next = findMark(bytes, at + 1);
    if (next < 0) break;
    at = next;
  }
  // What stands after the last whole record began as one when it is a torn end.
  if (contents.length === 0 && bytes.length > 0) contents.damages += 1;
  return contents;
}

/**
 * The append-only file beside the database. `append` returns when the bytes are on the disk; what a failed one left half
 * is cut off before the next.
 */
export class JournalFile {
  readonly file: string;
  readonly #keys: ChangeKeys;
  readonly #database: Buffer;
  #handle: number | null = null;
  #length: number;

  constructor(file: string, keys: ChangeKeys, database: Buffer, length: number) {
    this.file = file;
    this.#keys = keys;
    this.#database = database;
    this.#length = length;
  }

  /** Bytes of whole records. */
  get length(): number {
    return this.#length;
  }

  /** Throws with the system's error; then nothing counts as written. */
  append(records: readonly JournalRecord[], options: { sync: boolean }): void {
    const bytes = Buffer.concat(records.map((record) => writeRecord(this.#keys, this.#database, record)));
    const handle = this.#open();
    const { size } = fstatSync(handle);
    if (size < this.#length) throw new Error('the journal was cut while it was open');
    if (size > this.#length) ftruncateSync(handle, this.#length);
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at, bytes.length - at, this.#length + at);
    if (options.sync) fdatasyncSync(handle);
    this.#length += bytes.length;
  }

  /**
   * Puts a whole new journal in the place of this one. With `erase` the bytes of the old one are written over. `waitsMs`: between tries
   * while another program holds it; some seconds when absent.
   */
  replace(
    records: Iterable<JournalRecord>,
    options: { erase: boolean; waitsMs?: readonly number[] | undefined },
  ): void {
    const temporary = `${this.file}.new`;
    rmSync(temporary, { force: true });
    const handle = openSync(temporary, 'wx', 0o600);
    let length = 0;
    try {
      let parts: Buffer[] = [];
      let size = 0;
      const write = (): void => {
        const bytes = Buffer.concat(parts);
        for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
        length += bytes.length;
        parts = [];
        size = 0;
      };
      for (const record of records) {
        const bytes = writeRecord(this.#keys, this.#database, record);
        parts.push(bytes);
        size += bytes.length;
        if (size > WRITE_BYTES) write();
      }
      write();
      fsyncSync(handle);
    } catch (cause) {
      closeSync(handle);
      rmSync(temporary, { force: true });
      throw cause;
    }
    closeSync(handle);
    this.close();
    const old = options.erase && existsSync(this.file) ? openSync(this.file, 'r+') : null;
    // Windows renames nothing over a file that is open.
    if (old !== null && process.platform === 'win32') eraseAndClose(old);
    renameHeldSync(temporary, this.file, options.waitsMs);
    syncFolderSync(path.dirname(this.file));
    if (old !== null && process.platform !== 'win32') eraseAndClose(old);
    this.#length = length;
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }

  #open(): number {
    if (this.#handle !== null) return this.#handle;
    const isNew = !existsSync(this.file);
    this.#handle = openSync(this.file, isNew ? 'wx' : 'r+', 0o600);
    if (isNew) syncFolderSync(path.dirname(this.file));
    return this.#handle;
  }
}

function eraseAndClose(handle: number): void {
  try {
    const size = fstatSync(handle).size;
    for (let at = 0; at < size; at += ERASE.length) writeSync(handle, ERASE, 0, Math.min(ERASE.length, size - at), at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
