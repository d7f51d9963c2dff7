const LIMIT = BigInt(Number.MAX_SAFE_INTEGER);
/** Segments that may pass between two readings of one stream while it still counts as the same numbering. */
const NEAR = 100_000n;
const TURN = 2n ** 32n;

/**
 * The media sequence number of a list's first segment in a form that a player can count with: itself where it is one, else
 * its low 32 bits (packagers that overflow a signed counter write negative numbers, others write 64-bit ones). A
 * function of the number alone, so that renditions, the watcher and a core that was restarted agree. `segments` is the
 * length of the list. `near` is a number of the same stream as counted before: a counter that passes a border of
 * 32 bits is continued, as time stamps of 33 bits are.
 */
export function countableSequence(written: bigint, segments: number, near: number | null): number {
  const countable = written >= 0n && written + BigInt(segments) <= LIMIT;
  const plain = countable ? written : BigInt.asUintN(32, written);
  if (near === null) return Number(plain);
  const turns = (BigInt(near) - plain + TURN / 2n) / TURN;
  const continued = plain + turns * TURN;
  const distance = continued > BigInt(near) ? continued - BigInt(near) : BigInt(near) - continued;
  return Number(turns > 0n && continued + BigInt(segments) <= LIMIT && distance <= NEAR ? continued : plain);
}

/** Players keep an array by discontinuity number, and go through it. */
const MOST_DISCONTINUITIES = 1_000_000n;

/** A discontinuity sequence number that a player can keep an array by: itself, else its low 16 bits. */
export function countableDiscontinuity(written: bigint): number {
  return Number(written >= 0n && written <= MOST_DISCONTINUITIES ? written : BigInt.asUintN(16, written));
}

/** The number as written in EXT-X-MEDIA-SEQUENCE or EXT-X-DISCONTINUITY-SEQUENCE; null where there is none. */
export function writtenNumber(value: string): bigint | null {
  const digits = /^\s*([+-]?\d+)/u.exec(value)?.[1];
  return digits === undefined ? null : BigInt(digits.replace('+', ''));
}

/** The IV of a segment that has none of its own: its sequence number as 128 bits (RFC 8216, 5.2). */
export function implicitIv(written: bigint): string {
  const number = written < 0n ? BigInt.asUintN(32, written) : written;
  return `0x${BigInt.asUintN(128, number).toString(16).padStart(32, '0')}`;
}

/** hls.js makes implicit IVs from the low 32 bits of the number it counts; beyond them the IV must be written out. */
export function needsWrittenIv(written: bigint, counted: number): boolean {
  return written >= TURN || BigInt(counted) >= TURN;
}
