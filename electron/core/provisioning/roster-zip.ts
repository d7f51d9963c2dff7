import { inflateRawSync } from 'node:zlib';

/**
 * Looks into a zip archive before anything is unpacked (APPNOTE 6.3.10, sections 4.3.12 to 4.3.16), so that a file that
 * would swell beyond any roster is refused while it is still small; and straightens names that spreadsheet programs accept
 * and libraries do not.
 */

const END_OF_DIRECTORY = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const MAX_COMMENT = 65_535;
/** Bytes that may stand behind the archive: mail gateways and sticks add some. */
const MAX_TAIL = 1024 * 1024;

export interface ZipEntry {
  name: string;
  compressed: number;
  uncompressed: number;
  method: number;
  crc: number;
  /** Where the entry's own header begins. */
  at: number;
}

/** Entries of the central directory, of the plain and the zip64 kind; null when the bytes are no sound archive. */
export function listZipEntries(bytes: Uint8Array, maxEntries: number): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  let count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) {
    const wide = readEnd64(view, end);
    if (!wide) return null;
    ({ count, at } = wide);
  }
  if (count > maxEntries) return null;
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return null;
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > end) return null;
    const sizes = readSizes(view, at, at + 46 + nameLength, extraLength);
    if (!sizes) return null;
    // A size of nothing for packed bytes is a lie that lifts every later limit.
    if (sizes.uncompressed === 0 && sizes.compressed > 2) return null;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizes,
    });
    at = next;
  }
  return entries;
}

function readSizes(
  view: DataView,
  entry: number,
  extra: number,
  extraLength: number,
): { compressed: number; uncompressed: number; at: number } | null {
  let compressed = view.getUint32(entry + 20, true);
  let uncompressed = view.getUint32(entry + 24, true);
  let at = view.getUint32(entry + 42, true);
  if (compressed !== 0xffffffff && uncompressed !== 0xffffffff && at !== 0xffffffff)
    return { compressed, uncompressed, at };
  for (let i = extra; i + 4 <= extra + extraLength;) {
    const size = view.getUint16(i + 2, true);
    if (view.getUint16(i, true) === 1) {
      let from = i + 4;
      const take = (): number => {
        const value = from + 8 <= i + 4 + size ? Number(view.getBigUint64(from, true)) : Number.NaN;
        from += 8;
        return value;
      };
      if (uncompressed === 0xffffffff) uncompressed = take();
      if (compressed === 0xffffffff) compressed = take();
      if (at === 0xffffffff) at = take();
      return [compressed, uncompressed, at].every(Number.isSafeInteger) ? { compressed, uncompressed, at } : null;
    }
    i += 4 + size;
  }
  return null;
}

function readEnd64(view: DataView, end: number): { count: number; at: number } | null {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return null;
  const record = Number(view.getBigUint64(locator + 8, true));
  if (!Number.isSafeInteger(record) || record + 56 > view.byteLength || view.getUint32(record, true) !== END_64)
    return null;
  const count = Number(view.getBigUint64(record + 32, true));
  const at = Number(view.getBigUint64(record + 48, true));
  return Number.isSafeInteger(count) && Number.isSafeInteger(at) ? { count, at } : null;
}

function findEnd(view: DataView): number | null {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT - MAX_TAIL); at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue;
    const directory = view.getUint32(at + 16, true);
    if (directory === 0xffffffff || directory + view.getUint32(at + 12, true) <= at) return at;
  }
  return null;
}

/** True for an archive that says it is an OpenDocument spreadsheet. */
export function isOpenDocument(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(200, bytes.byteLength))
    .toString('latin1')
    .includes('mimetypeapplication/vnd.oasis.opendocument.spreadsheet');
}

/**
 * The same archive with plain names (slashes forward, none in front), and parts named as the others refer to them where only
 * capitals differ; bytes behind the archive left off. Null when nothing of it can be read.
 */
export function straightenZip(bytes: Uint8Array, entries: readonly ZipEntry[]): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/u, '');
  const bodies = entries.map((entry) => {
    if (entry.at + 30 > bytes.byteLength || view.getUint32(entry.at, true) !== LOCAL_ENTRY) return null;
    const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    return from + entry.compressed <= bytes.byteLength ? bytes.subarray(from, from + entry.compressed) : null;
  });
  const wanted = new Map<string, string>([
    ['[content_types].xml', '[Content_Types].xml'],
    ['_rels/.rels', '_rels/.rels'],
  ]);
  entries.forEach((entry, i) => {
    const body = bodies[i];
    const name = plain(entry.name);
    if (!body || !/\.rels$/iu.test(name) || entry.uncompressed > 1_000_000) return;
    const folder = name.replace(/_rels\/[^/]*$/iu, '');
    for (const [, target] of textOfEntry(entry, body).matchAll(/Target="([^"]+)"/gu)) {
      const path = resolvePart(folder, target ?? '');
      wanted.set(path.toLowerCase(), path);
    }
  });
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let written = 0;
  entries.forEach((entry, i) => {
    const body = bodies[i];
    if (!body) return;
    const name = plain(entry.name);
    const named = Buffer.from(
      wanted.get(name.toLowerCase()) ??
        name.replace(
          /^(.*_rels\/)([^/]+)\.rels$/iu,
          (_, dir: string, of: string) =>
            `${dir}${(wanted.get(`${dir.replace(/_rels\/$/iu, '')}${of}`.toLowerCase()) ?? of).split('/').at(-1)}.rels`,
        ),
      'utf8',
    );
    const head = Buffer.alloc(30);
    head.writeUInt32LE(LOCAL_ENTRY, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x0800, 6);
    head.writeUInt16LE(entry.method, 8);
    head.writeUInt32LE(entry.crc, 14);
    head.writeUInt32LE(entry.compressed, 18);
    head.writeUInt32LE(entry.uncompressed, 22);
    head.writeUInt16LE(named.length, 26);
    const line = Buffer.alloc(46);
    line.writeUInt32LE(DIRECTORY_ENTRY, 0);
    line.writeUInt16LE(20, 4);
    head.copy(line, 6, 4, 30);
    line.writeUInt16LE(0, 30);
    line.writeUInt32LE(offset, 42);
    parts.push(head, named, Buffer.from(body));
    directory.push(line, named);
    offset += 30 + named.length + body.length;
    written += 1;
  });
  if (written === 0) return null;
  const lines = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(written, 8);
  end.writeUInt16LE(written, 10);
  end.writeUInt32LE(lines.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, lines, end]);
}

function textOfEntry(entry: ZipEntry, body: Uint8Array): string {
  try {
    const raw = entry.method === 0 ? Buffer.from(body) : inflateRawSync(body, { maxOutputLength: 1_000_000 });
    return raw.toString('utf8');
  } catch {
    return '';
  }
}

function resolvePart(folder: string, target: string): string {
  const path: string[] = [];
  for (const part of (target.startsWith('/') ? target : `${folder}${target}`).replaceAll('\\', '/').split('/')) {
    if (part === '..') path.pop();
    else if (part !== '' && part !== '.') path.push(part);
  }
  return path.join('/');
}
