import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { CopyAnswer, CopyJob } from './copy-thread.ts';
import { renameHeldSync } from './rename-held.ts';

/**
 * A thread of its own for everything that touches another disk: a stick that hangs or is pulled out holds up this thread, and
 * nobody else. It carries a copy of the journal on, or fetches copies at a start.
 */

const FOLDER = 'diem-cau-ban-sao';
const PORTION = 256 * 1024;
/** What this thread wrote itself: only that can be carried on without reading it all. */
const written = new Map<string, { length: number; generation: number }>();
/** Device of each folder when it was looked at: once its disk is out, the same path is a folder of this PC's own disk. */
let devices = { round: -1, of: new Map<string, number>() };

parentPort?.on('message', (job: CopyJob) =>
  parentPort?.postMessage(job.kind === 'fetch' ? fetchCopies(job) : copy(job)),
);

function copy({ journal, name, length, generation, folders, round }: Extract<CopyJob, { kind: 'copy' }>): CopyAnswer {
  const copied: string[] = [];
  if (devices.round !== round) devices = { round, of: new Map() };
  for (const folder of folders) {
    const target = path.join(folder, FOLDER, `${name}.journal`);
    try {
      const device = statSync(folder).dev;
      if ((devices.of.get(folder) ?? device) !== device) throw new Error('the disk is out');
      devices.of.set(folder, device);
      const before = written.get(target);
      const canGoOn = before?.generation === generation && before.length <= length && sizeOf(target) === before.length;
      if (canGoOn) append(journal, target, before.length, length);
      else copyWhole(journal, target, length);
      written.set(target, { length, generation });
      copied.push(folder);
    } catch {
      written.delete(target);
    }
  }
  return { kind: 'copied', length, generation, copied };
}

function append(journal: string, target: string, from: number, to: number): void {
  if (from === to) return;
  const source = openSync(journal, 'r');
  try {
    const handle = openSync(target, 'r+');
    try {
      pump(source, handle, from, to);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } finally {
    closeSync(source);
  }
}

function copyWhole(journal: string, target: string, length: number): void {
  mkdirSync(path.dirname(target), { recursive: true });
  const temporary = `${target}.new`;
  const source = openSync(journal, 'r');
  try {
    const handle = openSync(temporary, 'w', 0o600);
    try {
      pump(source, handle, 0, length);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } finally {
    closeSync(source);
  }
  // A longer one says that this PC has lost something, or was given an older copy of all its files.
  if (sizeOf(target) > length) renameHeldSync(target, `${target}.${Date.now()}`);
  renameHeldSync(temporary, target);
}

function pump(source: number, target: number, from: number, to: number): void {
  const bytes = Buffer.alloc(PORTION);
  for (let at = from; at < to;) {
    const read = readSync(source, bytes, 0, Math.min(PORTION, to - at), at);
    if (read === 0) throw new Error('the journal was written again meanwhile');
    for (let put = 0; put < read;) put += writeSync(target, bytes, put, read - put, at + put);
    at += read;
  }
}

/** Copies found on other disks, brought into a folder beside the records. */
function fetchCopies({ folders, into }: Extract<CopyJob, { kind: 'fetch' }>): CopyAnswer {
  const files: string[] = [];
  for (const folder of folders) {
    try {
      const from = path.join(folder, FOLDER);
      for (const name of readdirSync(from).filter((each) => each.includes('.journal') && !each.endsWith('.new'))) {
        mkdirSync(into, { recursive: true, mode: 0o700 });
        const file = path.join(into, `${files.length}.journal`);
        copyFileSync(path.join(from, name), file);
        files.push(file);
      }
    } catch {
      // Nothing of ours is there, or it cannot be read.
    }
  }
  return { kind: 'fetched', files };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
