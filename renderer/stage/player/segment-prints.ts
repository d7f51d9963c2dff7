import type { SegmentRequest } from './load-request.ts';

/** Segments whose looks are remembered. */
const MOST_PRINTS = 100;

/** What the segments of the main rendition look like, by number. */
export class SegmentPrints extends Map<number, string> {
  note({ sn, track }: Pick<SegmentRequest, 'sn' | 'track'>, body: ArrayBuffer): void {
    if (sn === null || track !== 'main') return;
    this.set(sn, printOf(body));
    if (this.size > MOST_PRINTS) this.delete(this.keys().next().value!);
  }
}

/** What a segment looks like: its length and a sample of its bytes. */
function printOf(body: ArrayBuffer): string {
  const bytes = new Uint8Array(body);
  let hash = 0x811c9dc5;
  const step = Math.max(1, Math.floor(bytes.length / 512));
  for (let i = 0; i < bytes.length; i += step) hash = Math.imul(hash ^ bytes[i]!, 0x01000193) >>> 0;
  return `${bytes.length}-${hash.toString(36)}`;
}
