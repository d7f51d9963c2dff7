/** A segment of a list that is written here. Addresses are written as they are given. */
export interface WrittenSegment {
  url: string;
  durationS: number;
  /** Programme date-time, epoch ms; null writes none. */
  programmeMs: number | null;
  /** A break in time stamps, format or numbering lies before it. */
  discontinuity: boolean;
  /** It does not exist (EXT-X-GAP). */
  gap: boolean;
  mapUrl: string | null;
  key: { method: string; url: string; iv: string } | null;
}

export interface WrittenList {
  segments: readonly WrittenSegment[];
  /** Sequence number of the first segment. */
  startSn: number;
  /** Breaks before the first segment. */
  discontinuities: number;
  targetDurationS: number;
  ended: boolean;
}

/** A media playlist (RFC 8216bis) that every reader understands alike: each segment says all that holds for it. Pure. */
export function writeMediaPlaylist(list: WrittenList): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:8',
    `#EXT-X-TARGETDURATION:${list.targetDurationS}`,
    `#EXT-X-MEDIA-SEQUENCE:${list.startSn}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${list.discontinuities}`,
  ];
  let map: string | null = null;
  let key = 'METHOD=NONE';
  for (const [i, segment] of list.segments.entries()) {
    // The one before the first segment is in the number above.
    if (segment.discontinuity && i > 0) lines.push('#EXT-X-DISCONTINUITY');
    const wanted = segment.key
      ? `METHOD=${segment.key.method},URI="${segment.key.url}",IV=0x${segment.key.iv}`
      : 'METHOD=NONE';
    if (wanted !== key) lines.push(`#EXT-X-KEY:${wanted}`);
    key = wanted;
    if (segment.mapUrl !== null && segment.mapUrl !== map) lines.push(`#EXT-X-MAP:URI="${segment.mapUrl}"`);
    map = segment.mapUrl ?? map;
    if (segment.programmeMs !== null)
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.programmeMs).toISOString()}`);
    if (segment.gap) lines.push('#EXT-X-GAP');
    lines.push(`#EXTINF:${Number(segment.durationS.toFixed(6))},`, segment.url);
  }
  if (list.ended) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

export interface WrittenMaster {
  bandwidth: number;
  /** Attributes of the variant that are passed on as they are, without quotes. */
  resolution: string | null;
  codecs: string | null;
  listUrl: string;
  /** Sound of its own; null where it is in the variant. */
  sound: { url: string; name: string; language: string | null } | null;
}

/** A multivariant playlist with one variant, and at most one sound of its own. Pure. */
export function writeMasterPlaylist({ bandwidth, resolution, codecs, listUrl, sound }: WrittenMaster): string {
  const language = sound?.language ? `,LANGUAGE="${quotable(sound.language)}"` : '';
  const media = sound
    ? `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="${quotable(sound.name)}"${language},DEFAULT=YES,AUTOSELECT=YES,URI="${sound.url}"`
    : null;
  const attributes = [
    `BANDWIDTH=${Math.max(1, Math.round(bandwidth))}`,
    resolution === null ? null : `RESOLUTION=${resolution}`,
    codecs === null ? null : `CODECS="${quotable(codecs)}"`,
    sound ? 'AUDIO="sound"' : null,
  ].filter((attribute) => attribute !== null);
  const lines = ['#EXTM3U', '#EXT-X-VERSION:8', media, `#EXT-X-STREAM-INF:${attributes.join(',')}`, listUrl];
  return `${lines.filter((line) => line !== null).join('\n')}\n`;
}

function quotable(text: string): string {
  return text.replace(/["\r\n]/gu, '');
}
