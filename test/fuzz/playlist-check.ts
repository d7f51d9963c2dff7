import { M3U8Parser, PlaylistLevelType } from 'hls.js';
import { mendPlaylist } from '../../electron/shared/hls/mend-playlist.ts';
import { readPlaylist, withoutCutLine } from '../../electron/shared/hls/read-playlist.ts';
import type { MadeList } from './playlist-maker.ts';

export interface Verdict {
  accepted: boolean;
  changed: boolean;
  /** What is wrong; empty when all holds. */
  faults: string[];
}

/**
 * Reads one list as the core does and compares with what hls.js makes of the text that the relay hands to the player:
 * numbers, addresses, lengths, dates, ranges, the end. And: mending twice changes nothing more; what needs no mending is
 * the same string; every segment has a length and a number that can be counted with.
 */
export function checkList(list: MadeList, nearSequence: number | null = null): Verdict {
  const origin = { url: list.url, masterVariables: list.masterVariables, nearSequence };
  const faults: string[] = [];
  const mended = mendPlaylist(list.text, origin);
  const read = readPlaylist(list.text, origin);
  if (!mended.ok)
    return { accepted: false, changed: false, faults: read.ok ? ['read although the master is needed'] : [] };
  const again = mendPlaylist(mended.text, origin);
  if (!again.ok || again.text !== mended.text) faults.push('mended twice is not mended once');
  const secondRead = readPlaylist(mended.text, origin);
  if (JSON.stringify(facts(secondRead)) !== JSON.stringify(facts(read))) faults.push('the mended text reads otherwise');
  if (!read.ok) return { accepted: false, changed: mended.text !== list.text, faults };
  const { playlist } = read;
  if (playlist.kind === 'media') {
    const body = withoutCutLine(mended.text);
    const details = M3U8Parser.parseLevelPlaylist(body, list.url, 0, PlaylistLevelType.MAIN, 0, null);
    const fragments = details.fragments.filter(Boolean);
    const theirs = fragments.map((f) => [
      f.sn,
      f.url,
      f.duration,
      f.programDateTime,
      f.byteRange.length === 2 ? f.byteRange : null,
    ]);
    const ours = playlist.segments.map((s) => [
      s.sn,
      s.url,
      s.durationS,
      s.programmeMs,
      s.range && [s.range.start, s.range.end],
    ]);
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) faults.push('hls.js reads other segments');
    if (details.live === playlist.ended) faults.push('hls.js reads another end');
    if (details.startSN !== playlist.startSn && !details.skippedSegments)
      faults.push(`starts at ${playlist.startSn}, hls.js at ${details.startSN}`);
    if (
      !playlist.segments.every((s, i) => s.durationS > 0 && s.sn === playlist.startSn + i && Number.isSafeInteger(s.sn))
    )
      faults.push('a segment without a length or a number');
    if (!(details.targetduration > 0)) faults.push('no target duration');
    const problem = details.playlistParsingError?.message ?? '';
    if (problem && !/must not appear more than once|must appear before|Variable Reference/u.test(problem))
      faults.push(problem);
  } else {
    const parsed = M3U8Parser.parseMasterPlaylist(mended.text, list.url);
    if (M3U8Parser.isMediaPlaylist(mended.text)) faults.push('hls.js takes the master for a media playlist');
    if (
      JSON.stringify(parsed.levels.map((l) => l.url).filter((u) => URL.canParse(u))) !==
      JSON.stringify(playlist.variants.map((v) => v.url))
    )
      faults.push('hls.js reads other variants');
  }
  return { accepted: true, changed: mended.text !== list.text, faults };
}

function facts(read: ReturnType<typeof readPlaylist>): unknown {
  if (!read.ok) return read;
  return read.playlist.kind === 'media' ? read.playlist : { ...read.playlist, variables: null };
}
