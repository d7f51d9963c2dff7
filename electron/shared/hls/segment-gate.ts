import type { Cause } from '../causes.ts';

/** What a segment's body is allowed to be. */
export interface SegmentFacts {
  /** AES-128 of the whole body: nothing can be seen inside. */
  encrypted: boolean;
  /** Bytes asked for, where the playlist names a byte range. */
  rangeLength: number | null;
}

const TS_PACKET = 188;
const SYNC = 0x47;
/** Boxes that may begin a fragmented MP4 segment or an initialisation segment (ISO/IEC 14496-12). */
const FIRST_BOXES = new Set(['ftyp', 'styp', 'moof', 'sidx', 'emsg', 'prft', 'moov', 'free', 'skip', 'mdat', 'uuid']);

/** Judges a segment's body before a demuxer sees it; null means good. A bad body must become a load error here, or it becomes a decode error that repeats for ever. */
export function inspectSegment(body: ArrayBuffer, facts: SegmentFacts): Cause | null {
  const bytes = new Uint8Array(body);
  if (bytes.length === 0) return 'truncated';
  if (isMarkup(bytes)) return 'portal';
  if (facts.rangeLength !== null && bytes.length !== facts.rangeLength) return 'truncated';
  if (facts.encrypted) return bytes.length % 16 === 0 ? null : 'truncated';
  if (bytes.length >= TS_PACKET && looksLikeTs(bytes)) return inspectTs(bytes, facts.rangeLength !== null);
  if (FIRST_BOXES.has(boxType(bytes, 0))) return inspectBoxes(bytes);
  return isAudioOrText(bytes) ? null : 'corrupt';
}

/** A web page where media was asked for: a captive portal or an error page with status 200. */
function isMarkup(bytes: Uint8Array): boolean {
  let i = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0;
  while (i < 64 && (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09)) i++;
  if (bytes[i] !== 0x3c) return false;
  const head = new TextDecoder('latin1').decode(bytes.subarray(i, i + 64)).toLowerCase();
  return /^<(!doctype|html|head|body|\?xml|script|title|error)/.test(head);
}

function looksLikeTs(bytes: Uint8Array): boolean {
  let synced = 0;
  const packets = Math.min(8, Math.floor(bytes.length / TS_PACKET));
  for (let i = 0; i < packets; i++) if (bytes[i * TS_PACKET] === SYNC) synced++;
  return synced * 2 > packets;
}

function inspectTs(bytes: Uint8Array, ranged: boolean): Cause | null {
  for (let offset = 0; offset < bytes.length; offset += TS_PACKET) if (bytes[offset] !== SYNC) return 'corrupt';
  // A byte range need not end on a packet border; a whole file must.
  return !ranged && bytes.length % TS_PACKET !== 0 ? 'truncated' : null;
}

function inspectBoxes(bytes: Uint8Array): Cause | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  let fragments = 0;
  let media = 0;
  while (offset + 8 <= bytes.length) {
    let size = view.getUint32(offset);
    const type = boxType(bytes, offset);
    if (!/^[\x20-\x7e]{4}$/.test(type)) return 'corrupt';
    if (size === 0) size = bytes.length - offset;
    else if (size === 1) {
      if (offset + 16 > bytes.length) return 'truncated';
      size = Number(view.getBigUint64(offset + 8));
    }
    if (size < 8) return 'corrupt';
    if (offset + size > bytes.length) return 'truncated';
    if (type === 'moof') fragments++;
    if (type === 'mdat') media++;
    offset += size;
  }
  if (offset !== bytes.length) return 'truncated';
  return fragments > 0 && media === 0 ? 'truncated' : null;
}

function boxType(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(
    bytes[offset + 4] ?? 0,
    bytes[offset + 5] ?? 0,
    bytes[offset + 6] ?? 0,
    bytes[offset + 7] ?? 0,
  );
}

/** Packed audio (ID3, ADTS, MP3, AC-3) and WebVTT are allowed HLS segments too. */
function isAudioOrText(bytes: Uint8Array): boolean {
  const [a, b, c] = bytes;
  if (a === 0x49 && b === 0x44 && c === 0x33) return true;
  if (a === 0xff && ((b ?? 0) & 0xe0) === 0xe0) return true;
  if (a === 0x0b && b === 0x77) return true;
  return new TextDecoder('latin1').decode(bytes.subarray(0, 10)).replace(/^ï»¿/, '').startsWith('WEBVTT');
}
