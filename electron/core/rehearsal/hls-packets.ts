import { assert } from '../../shared/result.ts';

/**
 * Reading and patching of MPEG-2 transport stream packets, as far as looping a stream needs it.
 * Field layouts: ISO/IEC 13818-1, 2.4.3.2 (packet), 2.4.3.4 (adaptation field), 2.4.3.6 (PES header).
 */

export const PACKET_BYTES = 188;
/** PTS, DTS and the PCR base count 90 kHz ticks in 33 bits, so they return to 0 after about 26.5 hours. */
export const TICKS_PER_SECOND = 90_000;
export const TICK_WRAP = 2 ** 33;

/** What one packet says; offsets are from the beginning of the buffer. Absent fields are null. */
export interface PacketFacts {
  offset: number;
  pid: number;
  hasPayload: boolean;
  continuity: number;
  /** PCR base in ticks, and where it stands. */
  pcr: { ticks: number; offset: number } | null;
  /** `streamId` of a PES packet that begins here: 0xC0–0xDF sound, 0xE0–0xEF picture. */
  streamId: number | null;
  pts: { ticks: number; offset: number } | null;
  dts: { ticks: number; offset: number } | null;
}

function at(bytes: Uint8Array, offset: number): number {
  const value = bytes[offset];
  assert(value !== undefined, 'a transport packet ends inside a field');
  return value;
}

/** Five bytes of PTS or DTS: 4 prefix bits, then 3 + 15 + 15 bits, each group followed by a marker bit. */
function readStamp(bytes: Uint8Array, offset: number): number {
  const high = (at(bytes, offset) >> 1) & 0x07;
  const middle = (at(bytes, offset + 1) << 7) | (at(bytes, offset + 2) >> 1);
  const low = (at(bytes, offset + 3) << 7) | (at(bytes, offset + 4) >> 1);
  return high * 2 ** 30 + middle * 2 ** 15 + low;
}

/** Overwrites a PTS or DTS at `offset`; `ticks` is 0 … 2^33 − 1. Prefix bits stay. */
export function writeStamp(bytes: Uint8Array, offset: number, ticks: number): void {
  const high = Math.floor(ticks / 2 ** 30) & 0x07;
  const middle = Math.floor(ticks / 2 ** 15) & 0x7fff;
  const low = ticks % 2 ** 15;
  bytes[offset] = (at(bytes, offset) & 0xf0) | (high << 1) | 1;
  bytes[offset + 1] = middle >> 7;
  bytes[offset + 2] = ((middle & 0x7f) << 1) | 1;
  bytes[offset + 3] = low >> 7;
  bytes[offset + 4] = ((low & 0x7f) << 1) | 1;
}

/** Overwrites the 33-bit PCR base at `offset`; the 27 MHz extension stays. */
export function writePcr(bytes: Uint8Array, offset: number, ticks: number): void {
  const top = Math.floor(ticks / 2);
  bytes[offset] = (top >>> 24) & 0xff;
  bytes[offset + 1] = (top >>> 16) & 0xff;
  bytes[offset + 2] = (top >>> 8) & 0xff;
  bytes[offset + 3] = top & 0xff;
  bytes[offset + 4] = (at(bytes, offset + 4) & 0x7f) | ((ticks % 2) << 7);
}

/** Overwrites the 4-bit continuity counter of the packet at `offset`. */
export function writeContinuity(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset + 3] = (at(bytes, offset + 3) & 0xf0) | (value & 0x0f);
}

function readPcr(bytes: Uint8Array, packet: number): PacketFacts['pcr'] {
  if (at(bytes, packet + 4) < 7 || (at(bytes, packet + 5) & 0x10) === 0) return null;
  const offset = packet + 6;
  let ticks = 0;
  for (let i = 0; i < 4; i += 1) ticks = ticks * 256 + at(bytes, offset + i);
  return { ticks: ticks * 2 + (at(bytes, offset + 4) >> 7), offset };
}

/** Reads every packet of whole transport stream bytes; throws when they are not whole packets. */
export function* readPackets(bytes: Uint8Array): Generator<PacketFacts> {
  assert(bytes.length % PACKET_BYTES === 0, 'a transport stream is not a whole number of packets');
  for (let offset = 0; offset < bytes.length; offset += PACKET_BYTES) {
    assert(bytes[offset] === 0x47, `no sync byte at ${offset}`);
    const control = at(bytes, offset + 3);
    const hasField = (control & 0x20) !== 0;
    const hasPayload = (control & 0x10) !== 0;
    const facts: PacketFacts = {
      offset,
      pid: ((at(bytes, offset + 1) & 0x1f) << 8) | at(bytes, offset + 2),
      hasPayload,
      continuity: control & 0x0f,
      pcr: hasField ? readPcr(bytes, offset) : null,
      streamId: null,
      pts: null,
      dts: null,
    };
    const payload = offset + 4 + (hasField ? 1 + at(bytes, offset + 4) : 0);
    const starts = hasPayload && (at(bytes, offset + 1) & 0x40) !== 0;
    // A payload that starts with 00 00 01 is a PES packet; PSI sections start with a pointer and a table id.
    if (starts && payload + 9 <= offset + PACKET_BYTES && isPes(bytes, payload)) {
      const flags = at(bytes, payload + 7) >> 6;
      assert(payload + (flags === 3 ? 19 : 14) <= offset + PACKET_BYTES || flags === 0, 'a PES header spans packets');
      facts.streamId = at(bytes, payload + 3);
      if (flags >= 2) facts.pts = { ticks: readStamp(bytes, payload + 9), offset: payload + 9 };
      if (flags === 3) facts.dts = { ticks: readStamp(bytes, payload + 14), offset: payload + 14 };
    }
    yield facts;
  }
}

/** Only sound and picture streams have the optional header that carries stamps in every case. */
function isPes(bytes: Uint8Array, payload: number): boolean {
  const isPrefix = at(bytes, payload) === 0 && at(bytes, payload + 1) === 0 && at(bytes, payload + 2) === 1;
  const streamId = at(bytes, payload + 3);
  return isPrefix && streamId >= 0xc0 && streamId <= 0xef;
}
