import { writeMasterPlaylist, writeMediaPlaylist } from '../../../shared/hls/write-playlist.ts';
import type { Entry } from './cache-index.ts';
import type { RenditionFacts } from './followed-source.ts';

/** Where the stage finds the cache: a host that exists nowhere (RFC 6761) and is answered by the relay. */
export const CACHE_ORIGIN = 'http://broadcast-cache.invalid';
export const CACHE_URL = `${CACHE_ORIGIN}/live.m3u8`;

export function buildLateMaster(facts: RenditionFacts, hasSound: boolean): string {
  return writeMasterPlaylist({
    bandwidth: facts.bandwidth,
    resolution: facts.resolution,
    codecs: facts.codecs,
    listUrl: 'main.m3u8',
    sound:
      hasSound && facts.sound ? { url: 'sound.m3u8', name: facts.sound.name, language: facts.sound.language } : null,
  });
}

/** The part of a track that the stage may know: all that ends by `untilS`, media seconds of that track. */
export function revealed(entries: readonly Entry[], fromS: number, untilS: number): readonly Entry[] {
  const from = entries.findIndex((entry) => entry.startS + entry.durationS > fromS);
  const until = entries.findLastIndex((entry) => entry.startS + entry.durationS <= untilS + 0.001);
  return from < 0 ? [] : entries.slice(from, until + 1);
}

/** The list of one track as the stage reads it; `entries` must not be empty. */
export function buildLateList(entries: readonly Entry[], options: { targetDurationS: number; ended: boolean }): string {
  const first = entries[0]!;
  const longest = entries.reduce((most, entry) => Math.max(most, Math.round(entry.durationS)), 1);
  return writeMediaPlaylist({
    startSn: first.n,
    discontinuities: first.breaks,
    targetDurationS: Math.max(longest, options.targetDurationS),
    ended: options.ended,
    segments: entries.map((entry, i) => ({
      url: `${entry.track}-${entry.n}.seg`,
      durationS: entry.durationS,
      programmeMs: entry.programmeMs,
      discontinuity: i > 0 && entry.breaks !== entries[i - 1]!.breaks,
      gap: entry.bytes === 0,
      mapUrl: entry.map && `map-${entry.map}.init`,
      key: entry.key && { method: entry.key.method, url: `key-${entry.key.name}`, iv: entry.key.iv },
    })),
  });
}

/** The sound of the same time as these segments of picture, by programme dates. */
export function soundOf<E extends { programmeMs: number | null; durationS: number }>(
  all: readonly E[],
  main: readonly E[],
): readonly E[] {
  const first = main[0]?.programmeMs ?? null;
  const last = main.at(-1);
  if (first === null || !last || last.programmeMs === null) return [];
  const endMs = last.programmeMs + last.durationS * 1000;
  const from = all.findIndex((e) => e.programmeMs !== null && e.programmeMs + e.durationS * 1000 > first);
  const until = all.findLastIndex((e) => e.programmeMs !== null && e.programmeMs + e.durationS * 500 <= endMs);
  return from < 0 ? [] : all.slice(from, until + 1);
}
