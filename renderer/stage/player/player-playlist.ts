import { withoutCutLine } from '../../../electron/shared/hls/read-playlist.ts';

const DROPPED_TAGS = /^#EXT-X-(PART|PART-INF|PRELOAD-HINT|SERVER-CONTROL|RENDITION-REPORT|START):.*(\r?\n|$)/gm;
const CODECS = /,?(?:SUPPLEMENTAL-)?CODECS="[^"]*"/gm;
const VARIANT_TAG = /^#EXT-X-(?:I-FRAME-)?STREAM-INF:.*$/gm;

/**
 * A mended playlist as hls.js gets it: no low-latency tags (whole segments are played, and blocking reloads would tie up
 * connections); no wish of the origin where to start, because the start rule decides that; no line that may have been cut.
 */
export function playlistForPlayer(mended: string): string {
  return withoutCutLine(mended).replace(DROPPED_TAGS, '');
}

/** A master without its claims about codecs: what the segments hold is then tried. */
export function withoutCodecs(master: string): string {
  return master.replace(VARIANT_TAG, (tag) => tag.replace(CODECS, '').replace(':,', ':'));
}
