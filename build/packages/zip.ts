import fs from 'node:fs';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** 1 January 1980, the first day that the format knows: the same files give the same archive. */
const DATE = 0x21;
/** Names are UTF-8 (APPNOTE, general purpose bit 11). */
const UTF8 = 0x800;
const DEFLATED = 8;

interface Entry {
  name: Buffer;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

/** Writes the files of `folder` (paths with `/`) as a ZIP archive in which all of them lie under `top`. At most 65,535 files, 4 GB. */
export function writeZip(file: string, folder: string, files: readonly string[], top: string): void {
  const handle = fs.openSync(file, 'w');
  let at = 0;
  const write = (...parts: Buffer[]) => {
    for (const part of parts) at += fs.writeSync(handle, part);
  };
  const entries: Entry[] = [];
  try {
    for (const inner of files) {
      const data = fs.readFileSync(path.join(folder, inner));
      const packed = deflateRawSync(data, { level: 9 });
      const name = Buffer.from(`${top}/${inner}`, 'utf8');
      const entry = { name, crc: crc32(data), packed: packed.length, size: data.length, at };
      entries.push(entry);
      write(localHeader(entry), name, packed);
    }
    const start = at;
    for (const entry of entries) write(centralHeader(entry), entry.name);
    write(endRecord(entries.length, at - start, start));
  } finally {
    fs.closeSync(handle);
  }
}

/** What local and central header have in common, from the version needed to the length of the name. */
function writeCommon(header: Buffer, at: number, entry: Entry): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(UTF8, at + 2);
  header.writeUInt16LE(DEFLATED, at + 4);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt32LE(entry.crc, at + 10);
  header.writeUInt32LE(entry.packed, at + 14);
  header.writeUInt32LE(entry.size, at + 18);
  header.writeUInt16LE(entry.name.length, at + 22);
}

function localHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry);
  return header;
}

function centralHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  writeCommon(header, 6, entry);
  header.writeUInt32LE(entry.at, 42);
  return header;
}

function endRecord(count: number, bytes: number, at: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(at, 16);
  return record;
}
