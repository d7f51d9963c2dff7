/** What the kiosk itself reads from a playlist, beside hls.js, to judge it before hls.js sees it. RFC 8216bis. */
export interface MediaView {
  type: 'media';
  targetDurationS: number;
  startSn: number;
  endSn: number;
  segments: SegmentView[];
  totalS: number;
  ended: boolean;
  event: boolean;
}

export interface SegmentView {
  sn: number;
  /** Seconds from the start of the list. */
  offsetS: number;
  durationS: number;
  uri: string;
  /** Programme date-time of the first frame, epoch ms; carried on from an earlier tag; null where the list has none. */
  programmeMs: number | null;
  /** Part of the file that it is; `end` is exclusive. Null: the whole file. */
  range: { start: number; end: number } | null;
}

export interface MasterView {
  type: 'master';
  /** A second address for the same rendition exists: plain redundant variants or pathways. */
  redundant: boolean;
  /** SourceAddresses of all variants, as written. */
  uris: string[];
}

export type PlaylistView = MediaView | MasterView;
export type ParseFailure = 'empty' | 'portal' | 'not_playlist' | 'no_segments';

/** Reads a playlist; a byte order mark, CRLF and blank lines in front are allowed. */
export function parsePlaylist(raw: string): { ok: true; view: PlaylistView } | { ok: false; error: ParseFailure } {
  const text = wholeLines(raw);
  if (text === '') return { ok: false, error: 'empty' };
  if (!text.startsWith('#EXTM3U'))
    return { ok: false, error: /^<(!doctype|html|head|body|\?xml)/i.test(text) ? 'portal' : 'not_playlist' };
  if (/^#EXT-X-STREAM-INF:/m.test(text)) return { ok: true, view: parseMaster(text) };
  if (!/^#EXTINF:/m.test(text)) return { ok: false, error: 'no_segments' };
  return { ok: true, view: parseMedia(text) };
}

const DROPPED_TAGS = /^#EXT-X-(PART|PART-INF|PRELOAD-HINT|SERVER-CONTROL|RENDITION-REPORT|START):.*(\r?\n|$)/gm;

/**
 * The playlist as hls.js gets it: no byte order mark; no low-latency tags (whole segments are played, and blocking
 * reloads would tie up connections); no wish of the origin where to start, because the join rule decides that.
 */
export function cleanPlaylist(raw: string): string {
  return wholeLines(raw).replace(DROPPED_TAGS, '');
}

/**
 * Without byte order mark and blank lines in front, and in a media list without an address at the end that has no line end:
 * it may have been cut, and half an address names another segment. The only address of a list is kept.
 */
function wholeLines(raw: string): string {
  const text = raw.replace(/^\uFEFF/, '').trimStart();
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  const mayBeCut = lastLine !== '' && !lastLine.startsWith('#') && !text.includes('\n#EXT-X-STREAM-INF:');
  if (!mayBeCut || !/^[^#\s].*\n/m.test(text)) return text;
  return text.slice(0, -lastLine.length);
}

const VARIANT_URI = /^#EXT-X-STREAM-INF:.*\r?\n(?:#.*\r?\n|\s*\r?\n)*([^#\s].*)$/gm;

function parseMaster(text: string): MasterView {
  const seen = new Set<string>();
  let redundant = false;
  const pathways = new Set<string>();
  for (const [, attributes = ''] of text.matchAll(/^#EXT-X-STREAM-INF:(.*)$/gm)) {
    pathways.add(/PATHWAY-ID="([^"]*)"/.exec(attributes)?.[1] ?? '.');
    const key = ['BANDWIDTH', 'RESOLUTION', 'FRAME-RATE', 'CODECS']
      .map((name) => new RegExp(`(?:^|,)${name}=("[^"]*"|[^,\\s]*)`).exec(attributes)?.[1] ?? '')
      .join('|');
    if (seen.has(key)) redundant = true;
    seen.add(key);
  }
  return {
    type: 'master',
    redundant: redundant || pathways.size > 1,
    uris: [...text.matchAll(VARIANT_URI)].map((m) => m[1]!.trim()),
  };
}

function parseMedia(text: string): MediaView {
  const segments: SegmentView[] = [];
  let targetDurationS = 0;
  let sn = 0;
  let ended = false;
  let event = false;
  let durationS: number | null = null;
  let offsetS = 0;
  let programmeMs: number | null = null;
  let range: SegmentView['range'] = null;
  let rangeEnd = 0;
  for (const rawLine of text.split('\n')) {
    const line = rawLine.trim();
    if (line === '') continue;
    if (!line.startsWith('#')) {
      if (durationS === null) continue;
      segments.push({ sn, offsetS, durationS, uri: line, programmeMs, range });
      offsetS += durationS;
      if (programmeMs !== null) programmeMs += durationS * 1000;
      sn++;
      durationS = range = null;
    } else if (line.startsWith('#EXTINF:')) {
      const value = Number.parseFloat(line.slice(8));
      durationS = Number.isFinite(value) && value > 0 ? value : 0.001;
    } else if (line.startsWith('#EXT-X-BYTERANGE:')) {
      const [, length, start] = /^#EXT-X-BYTERANGE:(\d+)(?:@(\d+))?/.exec(line) ?? [];
      // Without an offset the range follows the one before (RFC 8216, 4.3.2.2).
      const from = Number(start ?? rangeEnd);
      if (length) range = { start: from, end: (rangeEnd = from + Number(length)) };
    } else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) {
      const at = Date.parse(line.slice(25));
      if (Number.isFinite(at)) programmeMs = at;
    } else if (line.startsWith('#EXT-X-DISCONTINUITY') && !line.startsWith('#EXT-X-DISCONTINUITY-SEQUENCE')) {
      // The clock of what follows is unknown until the next date-time tag; keep counting on, as players do.
    } else if (line.startsWith('#EXT-X-MEDIA-SEQUENCE:')) sn = Number.parseInt(line.slice(22), 10) || 0;
    else if (line.startsWith('#EXT-X-TARGETDURATION:')) targetDurationS = Number.parseFloat(line.slice(22)) || 0;
    else if (line.startsWith('#EXT-X-ENDLIST')) ended = true;
    else if (line.startsWith('#EXT-X-PLAYLIST-TYPE:')) event = /EVENT|VOD/.test(line);
  }
  backfillProgramme(segments);
  return {
    type: 'media',
    targetDurationS: targetDurationS || Math.max(1, ...segments.map((s) => s.durationS)),
    startSn: segments[0]?.sn ?? sn,
    endSn: sn - 1,
    segments,
    totalS: offsetS,
    ended,
    event,
  };
}

/** A date-time tag may come only in the middle of a list: count back from it. */
function backfillProgramme(segments: SegmentView[]): void {
  const first = segments.findIndex((s) => s.programmeMs !== null);
  for (let i = first - 1; i >= 0; i--)
    segments[i]!.programmeMs = segments[i + 1]!.programmeMs! - segments[i]!.durationS * 1000;
}

/** Seconds from the list's start at which the programme reads `programmeMs`; null when the list does not hold it. */
export function offsetOfProgramme(view: MediaView, programmeMs: number): number | null {
  for (let i = view.segments.length - 1; i >= 0; i--) {
    const segment = view.segments[i]!;
    if (segment.programmeMs === null || segment.programmeMs > programmeMs) continue;
    const into = (programmeMs - segment.programmeMs) / 1000;
    return into <= segment.durationS + 0.5 ? segment.offsetS + Math.min(into, segment.durationS) : null;
  }
  return null;
}

/** Programme date-time at the end of the list. */
export function programmeAtEdge(view: MediaView): number | null {
  const last = view.segments.at(-1);
  return last && last.programmeMs !== null ? last.programmeMs + last.durationS * 1000 : null;
}
