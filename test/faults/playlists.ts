import type { Variant } from './media.ts';

export interface ListedSegment {
  sn: number;
  content: number;
  dateMs: number;
  durationS: number;
  discontinuity: boolean;
  gap: boolean;
}

export interface MediaList {
  segments: ListedSegment[];
  ended: boolean;
  targetDurationS: number;
}

/** How playlists are written: one flag for each habit of an encoder. */
export interface ListOptions {
  /** Only the lowest rendition. */
  single?: boolean;
  /** Every rendition twice, the second time on host b. */
  redundant?: boolean;
  /** With `redundant`: hosts a and b are pathways A and B, and a steering manifest says which comes first. */
  steered?: boolean;
  event?: boolean;
  noDates?: boolean;
  crlf?: boolean;
  byteOrderMark?: boolean;
  /** Whole addresses with a query on every segment and playlist. */
  absolute?: string;
  /** Low-latency tags. */
  parts?: boolean;
  /** fMP4: an EXT-X-MAP in front. */
  map?: boolean;
  /** AES-128 with this key. */
  key?: Buffer;
  /** All segments as byte ranges of one file. */
  ranges?: (variant: string, content: number) => { start: number; length: number };
  /** Sound as a rendition of its own. */
  audio?: boolean;
  /** Programme date-time on the first segment of the list only. */
  dateOnFirst?: boolean;
  /** Hours east of Greenwich in which dates are written. */
  zoneH?: number;
  /** A rendition of sound alone below the others, subtitles, and playlists of I-frames. */
  extras?: boolean;
  extension?: string;
  /** Added to the numbers that are written, not to those in names. */
  sequenceShift?: number;
  /** The same on host b alone. */
  sequenceShiftOnB?: number;
  /** Sound in English (first) and Vietnamese, none of them the default. */
  languages?: boolean;
  /** EXTINF as written, by content number; the true length when absent. */
  lengthOf?: (content: number) => string;
  /** Addresses by variables: NAME in the master, IMPORT in the lists, and a token in the query. */
  variables?: boolean;
  /** CODECS of all variants. */
  codecs?: string;
  /** Added to the address of each list in the master. */
  listQuery?: string;
  /** Makes a segment (or, for content null, the initialisation segment) instead of the plain TS. */
  encode?: (variant: string, content: number | null, sn: number) => Buffer;
}

export function buildMaster(
  options: ListOptions,
  hosts: Record<'a' | 'b', string>,
  variants: readonly Variant[],
): string {
  const lines = ['#EXTM3U', `#EXT-X-VERSION:${options.variables ? 8 : 6}`];
  if (options.variables)
    lines.push('#EXT-X-DEFINE:NAME="token",VALUE="pass-7"', '#EXT-X-DEFINE:NAME="list",VALUE="index.m3u8"');
  if (options.audio)
    lines.push(
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="vi",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,URI="audio/index.m3u8"',
    );
  if (options.languages)
    for (const [name, language, path] of [
      ['English', 'en', 'english'],
      ['Tiếng Việt', 'vi', 'audio'],
    ] as const)
      lines.push(
        `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="${name}",LANGUAGE="${language}",AUTOSELECT=YES,URI="${path}/index.m3u8"`,
      );
  if (options.steered) lines.push('#EXT-X-CONTENT-STEERING:SERVER-URI="/steering.json",PATHWAY-ID="A"');
  if (options.extras) lines.push(...EXTRAS);
  const listed = options.single ? variants.slice(0, 1) : variants;
  for (const host of options.redundant ? (['a', 'b'] as const) : (['a'] as const))
    for (const variant of listed) {
      const pathway = options.steered ? `,PATHWAY-ID="${host.toUpperCase()}"` : '';
      const group =
        (options.audio || options.languages ? ',AUDIO="aud"' : '') + (options.extras ? ',SUBTITLES="subs"' : '');
      lines.push(
        `#EXT-X-STREAM-INF:BANDWIDTH=${variant.bandwidth},RESOLUTION=${variant.width}x${variant.height},CODECS="${options.codecs ?? variant.codecs}"${group}${pathway}`,
        options.redundant
          ? `${hosts[host]}/${variant.name}/index.m3u8`
          : `${options.absolute ?? ''}${options.absolute ? '/' : ''}${variant.name}/${options.variables ? '{$list}?t={$token}' : 'index.m3u8'}${options.absolute ? '?v=1&user=hall%201' : ''}${options.listQuery ?? ''}`,
      );
    }
  return finish(lines, options);
}

export function buildMedia(list: MediaList, options: ListOptions, variant: string): string {
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${options.variables ? 8 : options.map || options.parts ? 7 : 4}`,
    `#EXT-X-TARGETDURATION:${list.targetDurationS}`,
    `#EXT-X-MEDIA-SEQUENCE:${list.segments[0]!.sn + (options.sequenceShift ?? 0)}`,
  ];
  if (options.variables) lines.push('#EXT-X-DEFINE:IMPORT="token"');
  if (options.event) lines.push('#EXT-X-PLAYLIST-TYPE:EVENT');
  if (options.parts)
    lines.push(
      '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5,HOLD-BACK=6',
      '#EXT-X-PART-INF:PART-TARGET=0.5',
    );
  if (options.map) lines.push('#EXT-X-MAP:URI="init.mp4"');
  for (const [i, segment] of list.segments.entries()) {
    if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (!options.noDates && !(options.dateOnFirst && i > 0))
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${writeDate(segment.dateMs, options.zoneH)}`);
    if (options.key) lines.push(`#EXT-X-KEY:METHOD=AES-128,URI="/stream.key",IV=0x${ivOf(segment.sn).toString('hex')}`);
    if (segment.gap) lines.push('#EXT-X-GAP');
    if (options.parts && i >= list.segments.length - 3)
      for (let p = 0; p < 4; p++)
        lines.push(`#EXT-X-PART:DURATION=0.5,URI="part-${segment.sn}-${p}.ts"${p === 0 ? ',INDEPENDENT=YES' : ''}`);
    lines.push(`#EXTINF:${options.lengthOf?.(segment.content) ?? segment.durationS.toFixed(3)},`);
    const range = options.ranges?.(variant, segment.content);
    if (range) lines.push(`#EXT-X-BYTERANGE:${range.length}@${range.start}`);
    const name = range ? `seg-${segment.sn - (segment.sn % 10)}.ts` : `seg-${segment.sn}.${options.extension ?? 'ts'}`;
    if (options.variables) lines.push(`${name}?t={$token}`);
    else lines.push(options.absolute ? `${options.absolute}/${variant}/${name}?token=a%2Fb&n=${segment.sn}` : name);
  }
  if (options.parts) lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-${list.segments.at(-1)!.sn + 1}-0.ts"`);
  if (list.ended) lines.push('#EXT-X-ENDLIST');
  return finish(lines, options);
}

const EXTRAS = [
  '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="vi",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,FORCED=NO,URI="subs/index.m3u8"',
  '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=40000,RESOLUTION=640x360,CODECS="avc1.4d401e",URI="iframes/index.m3u8"',
  '#EXT-X-STREAM-INF:BANDWIDTH=66000,CODECS="mp4a.40.2",SUBTITLES="subs"',
  'sound/index.m3u8',
];

function writeDate(ms: number, zoneH: number | undefined): string {
  if (zoneH === undefined) return new Date(ms).toISOString();
  return `${new Date(ms + zoneH * 3_600_000).toISOString().slice(0, -1)}+${String(zoneH).padStart(2, '0')}:00`;
}

/** The initialisation vector that encryption and playlist agree on. */
export function ivOf(sn: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(sn, 12);
  return iv;
}

function finish(lines: string[], options: ListOptions): string {
  const end = options.crlf ? '\r\n' : '\n';
  return (options.byteOrderMark ? '\uFEFF' : '') + lines.join(end) + end;
}
