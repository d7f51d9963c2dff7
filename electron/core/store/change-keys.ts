import { hkdfSync } from 'node:crypto';
import { assert } from '../../shared/result.ts';
import { HmacKey } from './hmac-key.ts';

/** What SQLite gives for one column. */
export type Cell = string | number | Buffer | null;
/** A row by its columns. */
export type Cells = Readonly<Record<string, Cell>>;
export type ChangeOp = 'put' | 'del';

/** One change of a row that matters, as table `change` and the journal have it. */
export interface Change {
  seq: number;
  table: string;
  op: ChangeOp;
  proof: Buffer;
}

const KEY_BYTES = 16;
const HASH_BYTES = 32;
const DATABASE_BYTES = 16;
export const PROOF_BYTES = KEY_BYTES + 2 * HASH_BYTES;
/** Table of change 0, which names the database. */
export const GENESIS = 'genesis';
const NOTHING = Buffer.alloc(HASH_BYTES);

/** Parts of a proof; the buffers are views of it. */
export const rowKeyOf = (proof: Buffer): Buffer => proof.subarray(0, KEY_BYTES);
export const digestOf = (proof: Buffer): Buffer => proof.subarray(KEY_BYTES, KEY_BYTES + HASH_BYTES);
const macOf = (proof: Buffer): Buffer => proof.subarray(KEY_BYTES + HASH_BYTES);

/**
 * Keyed hashes over rows and over their order. Keys are derived (HKDF) from the key of this device: who has only the database
 * can neither change a row nor leave out the last ones and make the hashes again. What stands in clear is hashed with a key too, so
 * that nothing can be guessed from a hash after the row was destroyed.
 */
export class ChangeKeys {
  readonly #rows: HmacKey;
  readonly #links: HmacKey;
  readonly #records: HmacKey;
  /** Seals what belongs to no session. 32 bytes. */
  readonly body: Buffer;

  constructor(databaseKey: Buffer) {
    const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', databaseKey, '', `kiosk-${purpose}-v1`, 32));
    this.#rows = new HmacKey(derive('change-rows'));
    this.#links = new HmacKey(derive('change-links'));
    this.#records = new HmacKey(derive('journal-records'));
    this.body = derive('journal-body');
  }

  /** Key of a row by its primary key: says nothing to who has no key. */
  rowKey(table: string, primary: readonly Cell[]): Buffer {
    const parts = [Buffer.from(`key:${table}\n`, 'utf8')];
    for (const cell of primary) encodeCell(parts, '', cell);
    return this.#rows.mac(parts).subarray(0, KEY_BYTES);
  }

  /** Keyed hash of a row's contents. Columns that hold nothing do not count, so that a later column changes no old row. */
  digest(table: string, columns: readonly string[], cells: readonly Cell[]): Buffer {
    const parts = [Buffer.from(`row:${table}\n`, 'utf8')];
    columns.forEach((column, i) => {
      const cell = cells[i] ?? null;
      if (cell !== null) encodeCell(parts, `${column}=`, cell);
    });
    return this.#rows.mac(parts);
  }

  /** The proof of a change that follows another one. `digest` null: the row was deleted. */
  prove(before: Buffer, change: Omit<Change, 'proof'>, rowKey: Buffer, digest: Buffer | null): Buffer {
    const hash = digest ?? NOTHING;
    return Buffer.concat([rowKey, hash, this.#link(macOf(before), change, rowKey, hash)]);
  }

  /** Whether a change is as it was written, right after the one with proof `before`. */
  isNext(before: Buffer, change: Change): boolean {
    const { proof } = change;
    return (
      proof.length === PROOF_BYTES &&
      this.#link(macOf(before), change, rowKeyOf(proof), digestOf(proof)).equals(macOf(proof))
    );
  }

  /** Change 0. Rows of the attendance log before `keyedFrom` were written by a program without keys; 0 when there were none. */
  prove0(database: Buffer, keyedFrom: number): Buffer {
    assert(database.length === DATABASE_BYTES, 'a database has an id of 16 bytes');
    const digest = Buffer.alloc(HASH_BYTES);
    digest.writeUIntBE(keyedFrom, 0, 6);
    return this.prove(Buffer.alloc(PROOF_BYTES), { seq: 0, table: GENESIS, op: 'put' }, database, digest);
  }

  /** What change 0 says; null when it is not as it was written. */
  readGenesis(change: Change): { database: Buffer; keyedFrom: number } | null {
    if (change.seq !== 0 || change.table !== GENESIS || !this.isNext(Buffer.alloc(PROOF_BYTES), change)) return null;
    return { database: rowKeyOf(change.proof), keyedFrom: digestOf(change.proof).readUIntBE(0, 6) };
  }

  /** Keyed hash of one record of the journal. */
  recordMac(bytes: Buffer): Buffer {
    return this.#records.mac([bytes]);
  }

  #link(beforeMac: Buffer, { seq, table, op }: Omit<Change, 'proof'>, rowKey: Buffer, digest: Buffer): Buffer {
    const text = Buffer.from(`${seq}:${op}:${table}\n`, 'utf8');
    return this.#links.mac([beforeMac, text, rowKey, digest]);
  }
}

/** With kind and length, so that no two rows read alike. */
function encodeCell(parts: Buffer[], name: string, cell: Cell): void {
  if (Buffer.isBuffer(cell)) {
    parts.push(Buffer.from(`${name}b${cell.length}:`, 'utf8'), cell);
    return;
  }
  const text = cell === null ? '' : String(cell);
  const kind = cell === null ? 'n' : typeof cell === 'number' ? 'i' : 't';
  parts.push(Buffer.from(`${name}${kind}${text.length}:${text}`, 'utf8'));
}
