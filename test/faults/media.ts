import path from 'node:path';
import { getRehearsalMedia } from '../../electron/core/rehearsal/hls-media.ts';
import { HlsTimestamps } from '../../electron/core/rehearsal/hls-timestamps.ts';
import { TICK_WRAP, TICKS_PER_SECOND } from '../../electron/core/rehearsal/hls-packets.ts';

const MEDIA = path.resolve(import.meta.dirname, '../../electron/core/rehearsal/media');

export const SEGMENT_S = 2;
/** Segments in the loop whose frames carry a burnt-in counter. */
export const LOOP_SEGMENTS = 30;

export interface Variant {
  name: string;
  bandwidth: number;
  width: number;
  height: number;
  codecs: string;
}

const { renditions } = getRehearsalMedia(MEDIA);

/** The rehearsal's two renditions, highest last. */
export const VARIANTS: readonly Variant[] = renditions
  .map((r) => ({ name: r.name, bandwidth: r.bandwidth, width: r.width, height: r.height, codecs: r.codecs }))
  .sort((a, b) => a.bandwidth - b.bandwidth);

const stamps = new Map<string, HlsTimestamps>();
const cache = new Map<string, Buffer>();

/**
 * Segment number `content` of the endless programme. Its time stamps count from `zeroContent`: an encoder that began anew
 * there starts its stamps from nothing. `shiftTicks` moves them further (tests of the 33-bit wrap).
 */
export function getSegment(variant: string, content: number, zeroContent = 0, shiftTicks = 0): Buffer {
  const rendition = renditions.find((r) => r.name === variant);
  if (!rendition) throw new Error(`no rendition ${variant}`);
  const base = (((shiftTicks - zeroContent * SEGMENT_S * TICKS_PER_SECOND) % TICK_WRAP) + TICK_WRAP) % TICK_WRAP;
  const key = `${variant}/${content}/${base}`;
  let bytes = cache.get(key);
  if (!bytes) {
    const maker =
      stamps.get(`${variant}/${base}`) ?? new HlsTimestamps(rendition.segments, LOOP_SEGMENTS * SEGMENT_S * 1000, base);
    stamps.set(`${variant}/${base}`, maker);
    bytes = maker.segment(content);
    cache.set(key, bytes);
    if (cache.size > 600) cache.delete(cache.keys().next().value!);
  }
  return bytes;
}
