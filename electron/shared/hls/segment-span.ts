import { Fmp4Span } from './fmp4-span.ts';

const PACKET = 188;
const SYNC = 0x47;
const TICKS = 90_000;
const WRAP = 2 ** 33;

/**
 * The span of the picture (or, without one, of the sound) in a transport stream segment, the last frame included; null for what
 * is no transport stream or has fewer than two stamps. ISO/IEC 13818-1, 2.4.3.6.
 */
export function spanOfTs(body: ArrayBuffer): number | null {
  const bytes = new Uint8Array(body);
  if (bytes.length < PACKET || bytes[0] !== SYNC) return null;
  const stamps: Record<'picture' | 'sound', number[]> = { picture: [], sound: [] };
  for (let offset = 0; offset + PACKET <= bytes.length; offset += PACKET) {
    if (bytes[offset] !== SYNC || (bytes[offset + 1]! & 0x40) === 0) continue;
    const pes = offset + 4 + ((bytes[offset + 3]! & 0x20) !== 0 ? 1 + bytes[offset + 4]! : 0);
    if (pes + 14 > offset + PACKET) continue;
    if (bytes[pes] !== 0 || bytes[pes + 1] !== 0 || bytes[pes + 2] !== 1 || (bytes[pes + 7]! & 0x80) === 0) continue;
    const id = bytes[pes + 3]!;
    const kind = (id & 0xf0) === 0xe0 ? 'picture' : (id & 0xe0) === 0xc0 || id === 0xbd ? 'sound' : null;
    if (kind) stamps[kind].push(readPts(bytes, pes + 9));
  }
  return spanOf(stamps.picture.length >= 2 ? stamps.picture : stamps.sound);
}

function spanOf(stamps: readonly number[]): number | null {
  if (stamps.length < 2) return null;
  const first = stamps[0]!;
  // Stamps pass 33 bits in the middle of a segment now and then.
  const relative = stamps.map((stamp) => {
    const distance = stamp - first;
    return distance > WRAP / 2 ? distance - WRAP : distance < -WRAP / 2 ? distance + WRAP : distance;
  });
  const span = Math.max(...relative) - Math.min(...relative);
  return (span + span / (stamps.length - 1)) / TICKS;
}

function readPts(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at]! >> 1) & 7) * 2 ** 30 +
    (bytes[at + 1]! << 22) +
    ((bytes[at + 2]! >> 1) << 15) +
    (bytes[at + 3]! << 7) +
    (bytes[at + 4]! >> 1)
  );
}

/** A segment that is so much shorter than it claims may have been cut, seconds. */
const SHORT_S = 0.5;
/** After so many that were short and whole, what this rendition claims is not believed any more. */
const ENOUGH_LIES = 2;

/**
 * Finds segments that were cut where a packet or a box ends, which no length tells: they hold less than the playlist says. Asked
 * again, the same body means that the playlist is wrong, and not the body.
 */
export class SpanCheck {
  readonly #short = new Map<string, number>();
  readonly #fmp4 = new Fmp4Span();
  #lies = 0;

  /** An initialisation segment: it says how the segments count time. */
  noteInit(body: ArrayBuffer): void {
    this.#fmp4.noteInit(body);
  }

  /** True when the segment `key` should be asked for again. */
  isCut(key: string, body: ArrayBuffer, claimedS: number): boolean {
    if (this.#lies >= ENOUGH_LIES) return false;
    const span = spanOfTs(body) ?? this.#fmp4.spanOf(body);
    if (span === null) return false;
    if (claimedS - span <= SHORT_S) {
      this.#lies = 0;
      this.#short.delete(key);
      return false;
    }
    if (this.#short.get(key) === body.byteLength) {
      this.#short.delete(key);
      this.#lies += 1;
      return false;
    }
    this.#short.set(key, body.byteLength);
    if (this.#short.size > 50) this.#short.delete(this.#short.keys().next().value!);
    return true;
  }
}
