/**
 * Looks into a zip archive before anything is unpacked (APPNOTE 6.3.10, sections 4.3.12 and 4.3.16), so that a file that
 * would swell beyond any roster is refused while it is still small.
 */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const MAX_COMMENT = 65_535;

export interface ZipEntry {
  name: string;
  compressed: number;
  uncompressed: number;
}

/** Entries of the central directory; null when the bytes are no sound archive of the plain (not zip64) kind. */
export function listZipEntries(bytes: Uint8Array, maxEntries: number): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > maxEntries) return null;
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return null;
    const compressed = view.getUint32(at + 20, true);
    const uncompressed = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end || compressed === 0xffffffff || uncompressed === 0xffffffff) return null;
    // A size of nothing for packed bytes is a lie that lifts every later limit.
    if (uncompressed === 0 && compressed > 2) return null;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      compressed,
      uncompressed,
    });
    at = next;
  }
  return entries;
}

function findEnd(view: DataView): number | null {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY && at + 22 + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  }
  return null;
}
