import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Dice } from '../../gates/mutate.ts';

/** One call that a process made, as disk-record.c wrote it down. */
export type DiskCall =
  | { kind: 'open'; fd: number; file: string; creates: boolean; isNew: boolean; empties: boolean }
  | { kind: 'write'; fd: number; at: number; bytes: Buffer }
  | { kind: 'truncate'; fd: number; size: number }
  | { kind: 'sync'; fd: number }
  | { kind: 'rename' | 'link'; from: string; to: string }
  | { kind: 'remove'; file: string };

const HEAD_BYTES = 24;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
/** Disks write whole sectors, and a power cut may come between two of them. */
const SECTOR = 512;

/** Reads a record, in the order of the calls. */
export function readDiskRecord(bytes: Buffer): DiskCall[] {
  const calls: DiskCall[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const kind = String.fromCharCode(bytes.readUInt32LE(at));
    const fd = bytes.readInt32LE(at + 4);
    const number = Number(bytes.readBigInt64LE(at + 8));
    const size = bytes.readUInt32LE(at + 16);
    const second = bytes.readUInt32LE(at + 20);
    const first = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + size);
    const to = bytes.subarray(at + HEAD_BYTES + size, at + HEAD_BYTES + size + second).toString('utf8');
    at += HEAD_BYTES + size + second;
    const file = first.toString('utf8');
    const has = (flag: number): boolean => (number & flag) !== 0;
    if (kind === 'o')
      calls.push({ kind: 'open', fd, file, creates: has(O_CREAT), isNew: has(O_EXCL), empties: has(O_TRUNC) });
    else if (kind === 'w') calls.push({ kind: 'write', fd, at: number, bytes: first });
    else if (kind === 't') calls.push({ kind: 'truncate', fd, size: number });
    else if (kind === 's') calls.push({ kind: 'sync', fd });
    else if (kind === 'r' || kind === 'l') calls.push({ kind: kind === 'r' ? 'rename' : 'link', from: file, to });
    else if (kind === 'u') calls.push({ kind: 'remove', file });
    else throw new Error(`no such record: ${kind}`);
  }
  return calls;
}

type Change = { at: number; bytes: Buffer } | { size: number };
interface Content {
  /** What a sync has brought to the disk. */
  durable: Buffer;
  /** Since then, in order; a power cut keeps any of it. */
  pending: Change[];
}
/** A name that begins to mean a content, or nothing. Several at once are one step of the file system. */
type Names = readonly (readonly [file: string, content: Content | null])[];

/** How much of what was not synced a power cut keeps. */
export const SURVIVALS = ['nothing', 'everything', 'some', 'torn'] as const;
export type Survival = (typeof SURVIVALS)[number];

/**
 * A file system as its disk may be found after a power cut. What was synced is there; of everything else any part, in any
 * order, down to sectors. Names become durable in order, with the next sync of whatever file or folder (ext4, XFS, NTFS).
 */
export class CrashDisk {
  /** Which syncs count; a control leaves some out. */
  readonly #counts: (file: string) => boolean;
  readonly #names = new Map<string, Content>();
  readonly #durableNames = new Map<string, Content>();
  #pendingNames: Names[] = [];
  readonly #open = new Map<number, { file: string; content: Content | null }>();

  constructor(counts: (file: string) => boolean) {
    this.#counts = counts;
  }

  take(call: DiskCall): void {
    switch (call.kind) {
      case 'open': {
        let content = call.isNew && call.creates ? null : (this.#names.get(call.file) ?? null);
        if (!content && call.creates) {
          content = { durable: Buffer.from(new ArrayBuffer(0)), pending: [] };
          this.#name([[call.file, content]]);
        }
        if (content && call.empties) content.pending.push({ size: 0 });
        this.#open.set(call.fd, { file: call.file, content });
        return;
      }
      case 'write':
        return void this.#open.get(call.fd)?.content?.pending.push({ at: call.at, bytes: call.bytes });
      case 'truncate':
        return void this.#open.get(call.fd)?.content?.pending.push({ size: call.size });
      case 'sync': {
        const opened = this.#open.get(call.fd);
        if (!opened || !this.#counts(opened.file)) return;
        if (opened.content) {
          const { content } = opened;
          content.durable = apply(content.durable, content.pending, { inPlace: true });
          content.pending = [];
        }
        for (const names of this.#pendingNames) set(this.#durableNames, names);
        this.#pendingNames = [];
        return;
      }
      case 'rename': {
        const content = this.#names.get(call.from);
        if (content)
          this.#name([
            [call.from, null],
            [call.to, content],
          ]);
        return;
      }
      case 'link': {
        const content = this.#names.get(call.from);
        if (content) this.#name([[call.to, content]]);
        return;
      }
      case 'remove':
        return this.#name([[call.file, null]]);
    }
  }

  /** Files as a power cut at this moment may leave them, by path. */
  image(survival: Survival, dice: Dice): Map<string, Buffer> {
    const names = new Map(this.#durableNames);
    const steps = this.#pendingNames.length;
    const kept = survival === 'nothing' ? 0 : survival === 'everything' ? steps : dice.int(steps + 1);
    for (const step of this.#pendingNames.slice(0, kept)) set(names, step);
    const files = new Map<string, Buffer>();
    for (const [file, { durable, pending }] of names) {
      const survives = pending.flatMap((change): Change[] => {
        if (survival === 'nothing') return [];
        if (survival === 'everything') return [change];
        if (dice.int(2) === 0) return [];
        return survival === 'torn' && 'bytes' in change ? tear(change, dice) : [change];
      });
      files.set(file, survives.length === 0 ? durable : apply(durable, survives));
    }
    return files;
  }

  #name(names: Names): void {
    set(this.#names, names);
    this.#pendingNames.push(names);
  }
}

/** Writes an image into a folder in place of the folder it was recorded under. */
export function writeImage(image: ReadonlyMap<string, Buffer>, under: string, folder: string): void {
  for (const [file, bytes] of image) {
    const to = path.join(folder, path.relative(under, file));
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
}

function set(names: Map<string, Content>, step: Names): void {
  for (const [file, content] of step)
    if (content) names.set(file, content);
    else names.delete(file);
}

/** The bytes after the changes; `inPlace` writes into the memory of `before`, behind its end too where there is room. */
function apply(before: Buffer, changes: readonly Change[], { inPlace } = { inPlace: false }): Buffer {
  let bytes: Buffer = inPlace ? before : Buffer.from(before);
  for (const change of changes) {
    const size = 'size' in change ? change.size : Math.max(bytes.length, change.at + change.bytes.length);
    bytes = size <= bytes.length ? bytes.subarray(0, size) : grow(bytes, size);
    if ('bytes' in change) change.bytes.copy(bytes, change.at);
  }
  return bytes;
}

/** The bytes with zeros behind them; in new memory with room for more when there is none left. */
function grow(bytes: Buffer, size: number): Buffer {
  const room = Buffer.from(bytes.buffer, bytes.byteOffset);
  if (bytes.buffer.byteLength - bytes.byteOffset >= size && bytes.byteOffset === 0) {
    room.fill(0, bytes.length, size);
    return room.subarray(0, size);
  }
  const larger = Buffer.from(new ArrayBuffer(size * 2));
  bytes.copy(larger);
  return larger.subarray(0, size);
}

/** Sectors of one write, each there or not. */
function tear({ at, bytes }: { at: number; bytes: Buffer }, dice: Dice): Change[] {
  const parts: Change[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR));
    if (dice.int(2) === 0) parts.push({ at: at + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return parts;
}
