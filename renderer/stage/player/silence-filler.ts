/**
 * Puts silence into MPEG-2 transport stream segments that lost their sound. A muxed stream whose sound is missing for
 * longer than a few seconds makes hls.js stop fetching; with silence in its place the picture simply goes on.
 * Layouts: ISO/IEC 13818-1, 2.4.3.2 (packet), 2.4.3.6 (PES), 2.4.4 (PAT, PMT); ADTS: ISO/IEC 13818-7, 6.2.
 */

const PACKET = 188;
const SAMPLES_PER_FRAME = 1024;
const SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
const STREAM_TYPE_ADTS = 0x0f;
/** One frame of AAC-LC that decodes to silence, by number of channels. */
const SILENT_FRAMES: Record<number, number[]> = {
  1: [0x00, 0xc8, 0x00, 0x80, 0x23, 0x80],
  2: [0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80],
};

interface Tables {
  pmtPid: number;
  pmtPacket: Uint8Array;
  soundPid: number | null;
}

interface Sound {
  tables: Tables;
  /** First two bytes of ADTS, then profile, rate and channels. */
  adts: Uint8Array;
  rate: number;
  channels: number;
}

export class SilenceFiller {
  #sound: Sound | null = null;

  /** The same body, or a longer one where sound that was there before is missing. */
  fill(body: ArrayBuffer, durationS: number): ArrayBuffer {
    const bytes = new Uint8Array(body);
    if (bytes[0] !== 0x47 || bytes.length % PACKET !== 0) return body;
    const tables = readTables(bytes);
    if (!tables) return body;
    const sound = tables.soundPid === null ? null : readSound(bytes, tables, tables.soundPid);
    if (sound) {
      this.#sound = sound;
      return body;
    }
    return this.#sound ? withSilence(bytes, tables, this.#sound, durationS) : body;
  }
}

function withSilence(bytes: Uint8Array, tables: Tables, known: Sound, durationS: number): ArrayBuffer {
  const pts = firstPicturePts(bytes);
  const frame = SILENT_FRAMES[known.channels];
  const pid = known.tables.soundPid;
  if (pts === null || !frame || pid === null || tables.pmtPid !== known.tables.pmtPid) return bytes.slice().buffer;
  const count = Math.max(1, Math.ceil((durationS * known.rate) / SAMPLES_PER_FRAME));
  const silence = soundPackets(pid, pts, adtsFrames(known.adts, frame, count));
  const out = new Uint8Array(bytes.length + silence.length);
  out.set(bytes);
  // A segment made without sound announces none: it gets the announcement of those before it.
  if (tables.soundPid === null)
    for (let offset = 0; offset < bytes.length; offset += PACKET)
      if (pidAt(bytes, offset) === tables.pmtPid) out.set(known.tables.pmtPacket, offset);
  out.set(silence, bytes.length);
  return out.buffer;
}

function readTables(bytes: Uint8Array): Tables | null {
  let pmtPid: number | null = null;
  for (let offset = 0; offset < bytes.length; offset += PACKET) {
    const pid = pidAt(bytes, offset);
    if (pid === 0 && pmtPid === null) {
      const table = sectionAt(bytes, offset);
      if (table !== null) pmtPid = ((bytes[table + 10]! & 0x1f) << 8) | bytes[table + 11]!;
    } else if (pid === pmtPid && pmtPid !== null) {
      const table = sectionAt(bytes, offset);
      if (table === null) continue;
      const packet = bytes.slice(offset, offset + PACKET);
      return { pmtPid, pmtPacket: packet, soundPid: soundPidOf(bytes, table, offset + PACKET) };
    }
  }
  return null;
}

function soundPidOf(bytes: Uint8Array, table: number, limit: number): number | null {
  const end = Math.min(table + 3 + (((bytes[table + 1]! & 0x0f) << 8) | bytes[table + 2]!) - 4, limit - 5);
  let at = table + 12 + (((bytes[table + 10]! & 0x0f) << 8) | bytes[table + 11]!);
  while (at < end) {
    if (bytes[at] === STREAM_TYPE_ADTS) return ((bytes[at + 1]! & 0x1f) << 8) | bytes[at + 2]!;
    at += 5 + (((bytes[at + 3]! & 0x0f) << 8) | bytes[at + 4]!);
  }
  return null;
}

function readSound(bytes: Uint8Array, tables: Tables, pid: number): Sound | null {
  for (let offset = 0; offset < bytes.length; offset += PACKET) {
    if (pidAt(bytes, offset) !== pid || !starts(bytes, offset)) continue;
    const pes = payloadOf(bytes, offset);
    const at = pes + 9 + bytes[pes + 8]!;
    if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xf0) !== 0xf0) continue;
    const rate = SAMPLE_RATES[(bytes[at + 2]! >> 2) & 0x0f];
    const channels = ((bytes[at + 2]! & 1) << 2) | (bytes[at + 3]! >> 6);
    return rate ? { tables, adts: bytes.slice(at, at + 4), rate, channels } : null;
  }
  return null;
}

function firstPicturePts(bytes: Uint8Array): bigint | null {
  for (let offset = 0; offset < bytes.length; offset += PACKET) {
    if (!starts(bytes, offset)) continue;
    const pes = payloadOf(bytes, offset);
    const isPicture = bytes[pes + 2] === 1 && (bytes[pes + 3]! & 0xf0) === 0xe0 && (bytes[pes + 7]! & 0x80) !== 0;
    if (!isPicture || bytes[pes] !== 0 || bytes[pes + 1] !== 0) continue;
    const b = (i: number) => BigInt(bytes[pes + 9 + i]!);
    return (((b(0) >> 1n) & 7n) << 30n) | (b(1) << 22n) | ((b(2) >> 1n) << 15n) | (b(3) << 7n) | (b(4) >> 1n);
  }
  return null;
}

function adtsFrames(adts: Uint8Array, silent: number[], count: number): Uint8Array {
  const length = 7 + silent.length;
  const out = new Uint8Array(length * count);
  // Protection absent, frame length over 13 bits, buffer fullness "variable", one block.
  const head = [
    adts[0]!,
    adts[1]! | 1,
    adts[2]!,
    (adts[3]! & 0xc0) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  ];
  for (let i = 0; i < count; i++) out.set([...head, ...silent], i * length);
  return out;
}

/** One PES packet of sound cut into transport packets; the last one is stuffed. */
function soundPackets(pid: number, pts: bigint, payload: Uint8Array): Uint8Array {
  const stamp = [
    0x21 | Number((pts >> 29n) & 0x0en),
    Number((pts >> 22n) & 0xffn),
    1 | Number((pts >> 14n) & 0xfen),
    Number((pts >> 7n) & 0xffn),
    1 | Number((pts << 1n) & 0xfen),
  ];
  const length = payload.length + 8;
  const pes = new Uint8Array(14 + payload.length);
  pes.set([0, 0, 1, 0xc0, (length >> 8) & 0xff, length & 0xff, 0x80, 0x80, 5, ...stamp]);
  pes.set(payload, 14);
  const room = PACKET - 4;
  const packets = Math.ceil(pes.length / room);
  const out = new Uint8Array(packets * PACKET).fill(0xff);
  for (let i = 0; i < packets; i++) {
    const part = pes.subarray(i * room, (i + 1) * room);
    const stuffing = room - part.length;
    const at = i * PACKET;
    out.set([0x47, (i === 0 ? 0x40 : 0) | (pid >> 8), pid & 0xff, (stuffing > 0 ? 0x30 : 0x10) | (i & 0x0f)], at);
    if (stuffing > 0) out[at + 4] = stuffing - 1;
    if (stuffing > 1) out[at + 5] = 0;
    out.set(part, at + 4 + stuffing);
  }
  return out;
}

function pidAt(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset + 1]! & 0x1f) << 8) | bytes[offset + 2]!;
}

function starts(bytes: Uint8Array, offset: number): boolean {
  return (bytes[offset + 1]! & 0x40) !== 0;
}

function payloadOf(bytes: Uint8Array, offset: number): number {
  return offset + 4 + ((bytes[offset + 3]! & 0x20) !== 0 ? 1 + bytes[offset + 4]! : 0);
}

/** Where a table section begins in a packet that starts one; null otherwise. */
function sectionAt(bytes: Uint8Array, offset: number): number | null {
  if (!starts(bytes, offset)) return null;
  const payload = payloadOf(bytes, offset);
  const table = payload + 1 + (bytes[payload] ?? 0);
  return table + 12 < offset + PACKET ? table : null;
}
