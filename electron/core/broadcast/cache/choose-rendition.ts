import type { CachedRendition } from '../../../contract/session-package.ts';
import type { Variant } from '../../../shared/hls/alternatives.ts';
import type { Sound } from '../../../shared/hls/read-playlist.ts';
import { speaks } from '../../../shared/hls/language.ts';
import { FOLLOW } from './cache-policy.ts';

/** No hall's screen shows more lines. */
const MOST_LINES = 1080;
/** Codecs that a PC of a venue may not decode. */
const RARE_CODECS = /\b(?:hvc1|hev1|dvh1|dvhe|av01|vp09)\b/u;
const PICTURE_CODECS = /\b(?:avc[13]|hvc1|hev1|dvh1|dvhe|av01|vp09)\b/u;

/**
 * The one rendition that is kept: `wanted`, or the best, as far as the line carries it, `bitsPerSecond` being what was measured; null
 * before anything was. Of renditions that are equal the first of the list.
 */
export function chooseVariant(
  variants: readonly Variant[],
  bitsPerSecond: number | null,
  wanted: CachedRendition | null = null,
): Variant | null {
  const pictures = prefer(variants, (v) => v.attributes['RESOLUTION'] !== undefined || hasPicture(v));
  const plain = prefer(pictures, (v) => !RARE_CODECS.test(v.attributes['CODECS'] ?? ''));
  const { heightPx = MOST_LINES, bandwidth = Number.POSITIVE_INFINITY } = wanted ?? {};
  // Where nothing is so small, the smallest.
  const mostLines = Math.max(heightPx, Math.min(...plain.map(linesOf)));
  const mostBits = Math.max(bandwidth, Math.min(...plain.map(bandwidthOf)));
  const fitting = prefer(plain, (v) => linesOf(v) <= mostLines && bandwidthOf(v) <= mostBits);
  const light = fitting.toSorted((a, b) => bandwidthOf(a) - bandwidthOf(b));
  const limit = bitsPerSecond === null ? Number.POSITIVE_INFINITY : bitsPerSecond * FOLLOW.useOfLine;
  const best = light.findLast((v) => bandwidthOf(v) <= limit) ?? light[0];
  return (best && fitting.find((v) => bandwidthOf(v) === bandwidthOf(best))) ?? null;
}

/** The sound of this language, else the default of the group, else its first; null where the variant has none of its own. */
export function chooseSound(sounds: readonly Sound[], group: string | null, language: string): Sound | null {
  const own = sounds.filter((sound) => sound.group === group);
  return own.find((s) => speaks(s.language ?? s.name, language)) ?? own.find((s) => s.isDefault) ?? own[0] ?? null;
}

function prefer<T>(all: readonly T[], wanted: (one: T) => boolean): readonly T[] {
  const some = all.filter(wanted);
  return some.length > 0 ? some : all;
}

function hasPicture({ attributes }: Variant): boolean {
  const codecs = attributes['CODECS'];
  return codecs === undefined || PICTURE_CODECS.test(codecs);
}

function linesOf({ attributes }: Variant): number {
  return Number(attributes['RESOLUTION']?.split('x')[1]) || 0;
}

function bandwidthOf({ attributes }: Variant): number {
  return Number(attributes['BANDWIDTH']) || 0;
}
