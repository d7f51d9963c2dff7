/**
 * Takes sound out of a transport stream segment that this PC cannot decode, so that the picture plays on. Layouts: ISO/IEC
 * 13818-1, 2.4.4 (PAT, PMT), table 2-34 (stream types); MPEG audio header: ISO/IEC 11172-3, 2.4.1.3.
 */

const PACKET = 188;
const PICTURES = new Set([0x01, 0x02, 0x10, 0x1b, 0x24]);
const MPEG_AUDIO = new Set([0x03, 0x04]);
const LAYER_2 = 2;
const OTHERS: Record<number, string> = { 0x11: 'mp4a.40.2 LATM', 0x81: 'ac-3', 0x87: 'ec-3', 0x82: 'dts', 0x85: 'dts' };

export interface FilteredSound {
  body: ArrayBuffer;
  /** What was taken out; null when nothing was. */
  dropped: string | null;
}

/** `canPlay`: whether this PC decodes a codec. Where there is no picture the sound stays: there is nothing else to play. */
export function withoutUnplayableSound(body: ArrayBuffer, canPlay: (codec: string) => boolean): FilteredSound {
  const bytes = new Uint8Array(body);
  if (bytes.length < PACKET || bytes[0] !== 0x47) return { body, dropped: null };
  let pmtPid: number | null = null;
  let out: Uint8Array | null = null;
  let dropped: string | null = null;
  for (let offset = 0; offset + PACKET <= bytes.length; offset += PACKET) {
    const pid = pidAt(bytes, offset);
    if (pid !== 0 && pid !== pmtPid) continue;
    const table = sectionAt(bytes, offset);
    if (table === null) continue;
    if (pid === 0) pmtPid ??= ((bytes[table + 10]! & 0x1f) << 8) | bytes[table + 11]!;
    else {
      const streams = readStreams(bytes, table, offset + PACKET);
      if (!streams.some((stream) => PICTURES.has(stream.type))) return { body, dropped: null };
      const bad = streams.map((stream) => ({ ...stream, codec: unplayable(bytes, stream, canPlay) }));
      dropped = bad.find((stream) => stream.codec !== null)?.codec ?? null;
      if (dropped === null) return { body, dropped: null };
      out ??= bytes.slice();
      rewrite(out, table, offset + PACKET, bad);
    }
  }
  return { body: out ? (out.buffer as ArrayBuffer) : body, dropped };
}

interface Stream {
  type: number;
  pid: number;
  from: number;
  to: number;
}

function unplayable(bytes: Uint8Array, { type, pid }: Stream, canPlay: (codec: string) => boolean): string | null {
  if (MPEG_AUDIO.has(type)) {
    const codec = layerOf(bytes, pid) === LAYER_2 ? 'mp2' : 'mp3';
    return codec === 'mp2' || !canPlay(codec) ? codec : null;
  }
  const codec = OTHERS[type];
  return codec !== undefined && !canPlay(codec) ? codec : null;
}

/** Layer of the first frame of MPEG audio on `pid`: 1 to 3, 0 when none is found. */
function layerOf(bytes: Uint8Array, pid: number): number {
  for (let offset = 0; offset + PACKET <= bytes.length; offset += PACKET) {
    if (pidAt(bytes, offset) !== pid || (bytes[offset + 1]! & 0x40) === 0) continue;
    const pes = payloadOf(bytes, offset);
    for (let at = pes + 9 + bytes[pes + 8]!; at + 1 < offset + PACKET; at++)
      if (bytes[at] === 0xff && (bytes[at + 1]! & 0xe0) === 0xe0) return 4 - ((bytes[at + 1]! >> 1) & 3);
  }
  return 0;
}

function readStreams(bytes: Uint8Array, table: number, limit: number): Stream[] {
  const end = Math.min(table + 3 + lengthOf(bytes, table) - 4, limit - 5);
  const streams: Stream[] = [];
  let at = table + 12 + (((bytes[table + 10]! & 0x0f) << 8) | bytes[table + 11]!);
  while (at < end) {
    const to = at + 5 + (((bytes[at + 3]! & 0x0f) << 8) | bytes[at + 4]!);
    streams.push({ type: bytes[at]!, pid: ((bytes[at + 1]! & 0x1f) << 8) | bytes[at + 2]!, from: at, to });
    at = to;
  }
  return streams;
}

/** Writes the table again without the streams that have a codec to be dropped. */
function rewrite(out: Uint8Array, table: number, limit: number, streams: (Stream & { codec: string | null })[]): void {
  const first = streams[0]!.from;
  const kept = streams.filter((stream) => stream.codec === null).flatMap(({ from, to }) => [...out.subarray(from, to)]);
  const length = first - (table + 3) + kept.length + 4;
  out.set(kept, first);
  out[table + 1] = (out[table + 1]! & 0xf0) | (length >> 8);
  out[table + 2] = length & 0xff;
  const crcAt = first + kept.length;
  const crc = crc32(out.subarray(table, crcAt));
  out.set([crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff], crcAt);
  out.fill(0xff, crcAt + 4, limit);
}

/** CRC of MPEG-2 sections (ISO/IEC 13818-1, annex A). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

function lengthOf(bytes: Uint8Array, table: number): number {
  return ((bytes[table + 1]! & 0x0f) << 8) | bytes[table + 2]!;
}

function pidAt(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset + 1]! & 0x1f) << 8) | bytes[offset + 2]!;
}

function payloadOf(bytes: Uint8Array, offset: number): number {
  return offset + 4 + ((bytes[offset + 3]! & 0x20) !== 0 ? 1 + bytes[offset + 4]! : 0);
}

/** Where a table section begins in a packet that starts one; null otherwise. */
function sectionAt(bytes: Uint8Array, offset: number): number | null {
  if ((bytes[offset + 1]! & 0x40) === 0) return null;
  const payload = payloadOf(bytes, offset);
  const table = payload + 1 + (bytes[payload] ?? 0);
  return table + 12 < offset + PACKET ? table : null;
}
