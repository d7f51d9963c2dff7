import { assert } from '../../shared/result.ts';
import { readPackets, TICK_WRAP, TICKS_PER_SECOND, writeContinuity, writePcr, writeStamp } from './hls-packets.ts';

/**
 * Makes an endless stream of a short loop: each repeat gets PTS, DTS and PCR moved on by the loop's length and continuity
 * counters that count on, so that a player sees one timeline and needs no EXT-X-DISCONTINUITY.
 */
export class HlsTimestamps {
  readonly #segments: readonly Uint8Array[];
  readonly #loopTicks: number;
  readonly #startTicks: number;
  /** Packets with payload before each segment of the loop, by PID; one more entry for the whole loop. */
  readonly #packetsBefore: ReadonlyMap<number, number>[] = [];

  /**
   * `segments`: the loop, in order, each whole packets. `loopMs`: its exact length.
   * `startTicks` (0 … 2^33 − 1): added to every stamp; only a test of the 33-bit wrap needs it.
   */
  constructor(segments: readonly Uint8Array[], loopMs: number, startTicks = 0) {
    assert(segments.length > 0, 'a loop has at least one segment');
    const loopTicks = (loopMs * TICKS_PER_SECOND) / 1000;
    assert(Number.isInteger(loopTicks) && loopTicks > 0, 'a loop lasts a whole number of ticks');
    this.#segments = segments;
    this.#loopTicks = loopTicks;
    this.#startTicks = startTicks;
    const counts = new Map<number, number>();
    for (const segment of segments) {
      this.#packetsBefore.push(new Map(counts));
      for (const packet of readPackets(segment))
        if (packet.hasPayload) counts.set(packet.pid, (counts.get(packet.pid) ?? 0) + 1);
    }
    this.#packetsBefore.push(counts);
  }

  /** The bytes of segment `sequence` (0, 1, 2 … without end), fit to follow those of `sequence − 1`. */
  segment(sequence: number): Buffer<ArrayBuffer> {
    assert(Number.isInteger(sequence) && sequence >= 0, 'segments are numbered from 0');
    const place = sequence % this.#segments.length;
    const loop = Math.floor(sequence / this.#segments.length);
    const bytes = Buffer.from(this.#segments[place]!);
    const shift = (loop * this.#loopTicks + this.#startTicks) % TICK_WRAP;
    const moved = (ticks: number) => (ticks + shift) % TICK_WRAP;
    const inLoop = this.#packetsBefore.at(-1)!;
    const before = this.#packetsBefore[place]!;
    const next = new Map<number, number>();
    for (const packet of readPackets(bytes)) {
      if (packet.pcr) writePcr(bytes, packet.pcr.offset, moved(packet.pcr.ticks));
      if (packet.pts) writeStamp(bytes, packet.pts.offset, moved(packet.pts.ticks));
      if (packet.dts) writeStamp(bytes, packet.dts.offset, moved(packet.dts.ticks));
      const counter =
        next.get(packet.pid) ?? (loop * (inLoop.get(packet.pid) ?? 0) + (before.get(packet.pid) ?? 0)) % 16;
      // A packet without payload repeats the counter of the one before it (ISO/IEC 13818-1, 2.4.3.3).
      writeContinuity(bytes, packet.offset, packet.hasPayload ? counter : counter + 15);
      next.set(packet.pid, packet.hasPayload ? (counter + 1) % 16 : counter);
    }
    return bytes;
  }
}
