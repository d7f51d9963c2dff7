import { fmp4Unavailable, getFmp4 } from './fmp4.ts';
import { getSegment } from './media.ts';
import type { StreamSpec } from './origin.ts';
import { encrypt, KEY, rangeOf, tenSegments } from './packagers.ts';
import type { Row } from './row.ts';
import { soundOnly, withoutSound } from './spoil.ts';

/** Content number from which the time stamps of a segment count. */
export type ZeroOf = (content: number) => number;

/** What an encoder does all day, healthy or not. */
export interface Habit {
  name: string;
  row?: Pick<Row, 'ladder' | 'sourcePath' | 'unavailable' | 'cmcd'>;
  stream: (zeroOf: ZeroOf) => Partial<StreamSpec>;
  /** Time stamps that start from nothing by habit. */
  zeroOf?: ZeroOf;
  /** Fault groups that this habit's files cannot carry here. */
  without?: readonly ('bytes' | 'restart' | 'sound')[];
  encrypted?: boolean;
  /** How long all must be able to be out, seconds, where the window is the limit and not the cushion. */
  outageS?: number;
}

const plain =
  (list: StreamSpec['list'], rest: Partial<StreamSpec> = {}) =>
  (): Partial<StreamSpec> => ({ ...rest, list });
const ts = (zeroOf: ZeroOf, content: number | null, variant = '360') =>
  Buffer.from(getSegment(variant, content ?? 0, zeroOf(content ?? 0)));

export const HABITS: readonly Habit[] = [
  { name: 'muxed TS', stream: plain({ single: true }) },
  { name: 'two renditions', row: { ladder: true }, stream: plain({}) },
  {
    name: 'fMP4',
    row: { unavailable: fmp4Unavailable },
    stream: plain({
      single: true,
      map: true,
      extension: 'm4s',
      encode: (variant, content) => getFmp4(variant, content),
    }),
    without: ['sound'],
  },
  {
    name: 'fMP4 with AES-128',
    row: { unavailable: fmp4Unavailable },
    stream: plain({
      single: true,
      map: true,
      extension: 'm4s',
      key: KEY,
      // The playlist names the key after the initialisation segment, which is therefore in the clear.
      encode: (variant, content, sn) =>
        content === null ? getFmp4(variant, null) : encrypt(getFmp4(variant, content), sn),
    }),
    without: ['sound', 'bytes'],
    encrypted: true,
  },
  {
    name: 'byte ranges',
    stream: (zeroOf) => ({
      list: { single: true, ranges: rangeOf, encode: (variant, content) => tenSegments(variant, content ?? 0, zeroOf) },
    }),
    without: ['restart', 'bytes', 'sound'],
  },
  {
    name: 'sound as a rendition of its own',
    stream: (zeroOf) => ({
      list: {
        single: true,
        audio: true,
        encode: (variant, content) =>
          variant === 'audio' ? soundOnly(ts(zeroOf, content)) : withoutSound(ts(zeroOf, content, variant)),
      },
    }),
    without: ['sound'],
  },
  {
    name: 'AES-128',
    stream: (zeroOf) => ({
      list: { single: true, key: KEY, encode: (variant, content, sn) => encrypt(ts(zeroOf, content, variant), sn) },
    }),
    without: ['sound', 'bytes'],
    encrypted: true,
  },
  {
    name: 'byte order mark, CRLF, whole addresses with queries',
    row: { cmcd: 'query' },
    stream: plain({ single: true, crlf: true, byteOrderMark: true, absolute: 'SELF' }),
  },
  { name: 'no programme date-time', stream: plain({ single: true, noDates: true }) },
  { name: 'date-time on the first segment only', stream: plain({ single: true, dateOnFirst: true }) },
  { name: 'dates written at +07:00', stream: plain({ single: true, zoneH: 7 }) },
  { name: 'EVENT list', stream: plain({ single: true, event: true }, { windowS: 3600 }) },
  { name: 'a media playlist as the source', row: { sourcePath: '/360/index.m3u8' }, stream: plain({ single: true }) },
  {
    name: 'target duration 6 written over segments of 2 s',
    stream: plain({ single: true }, { shape: (list) => (list.targetDurationS = 6) }),
  },
  {
    name: 'sound-only rendition, I-frame playlist and subtitles',
    stream: (zeroOf) => ({
      list: {
        single: true,
        extras: true,
        encode: (variant, content) => {
          if (variant === 'subs') return Buffer.from('WEBVTT\n\n');
          return variant === 'sound' ? soundOnly(ts(zeroOf, content)) : ts(zeroOf, content, variant);
        },
      },
    }),
  },
  {
    name: 'DISCONTINUITY every 5 segments, without its sequence',
    zeroOf: (content) => content - (content % 5),
    stream: plain(
      { single: true },
      {
        shape: (list) => {
          for (const segment of list.segments) segment.discontinuity = segment.content % 5 === 0;
        },
      },
    ),
  },
  { name: 'window of 30 s', stream: plain({ single: true }, { windowS: 30 }), outageS: 15 },
];
