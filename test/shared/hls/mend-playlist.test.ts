import { expect, test } from 'vitest';
import { mendPlaylist } from '../../../electron/shared/hls/mend-playlist.ts';
import { readPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { checkList } from '../../fuzz/playlist-check.ts';
import { makeList } from '../../fuzz/playlist-maker.ts';

const ORIGIN = { url: 'http://a.example/live/index.m3u8?q=7', masterVariables: null, nearSequence: null };

function mend(text: string, more: { masterVariables?: Map<string, string> } = {}): string {
  const mended = mendPlaylist(text, { ...ORIGIN, ...more });
  if (!mended.ok) throw new Error(mended.error);
  return mended.text;
}

function list(...lines: string[]): string {
  return ['#EXTM3U', '#EXT-X-TARGETDURATION:2', ...lines, ''].join('\n');
}

function segments(text: string, more: { nearSequence?: number } = {}) {
  const read = readPlaylist(text, { ...ORIGIN, ...more });
  if (!read.ok || read.playlist.kind !== 'media') throw new Error('no media playlist');
  return read.playlist.segments;
}

test('what needs no mending is the very same text: byte ranges, keys, gaps, low-latency tags, skips, CRLF', () => {
  const lists = [
    list('#EXT-X-MEDIA-SEQUENCE:0', '#EXTINF:2,', 'a.ts'),
    list('#EXT-X-MEDIA-SEQUENCE:9007199254740000', '#EXT-X-BYTERANGE:100@50', '#EXTINF:2.002,title', 'a.ts'),
    list(
      '#EXT-X-KEY:METHOD=AES-128,URI="k"',
      '#EXTINF:2,',
      'a.ts',
      '#EXT-X-GAP',
      '#EXTINF:2,',
      'b.ts',
      '#EXT-X-ENDLIST',
    ),
    list(
      '#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=12',
      '#EXT-X-SKIP:SKIPPED-SEGMENTS=3',
      '#EXTINF:2,',
      'a.ts',
      '#EXT-X-PART:DURATION=1,URI="p"',
    ),
    list('#EXT-X-MEDIA-SEQUENCE:5', '#EXTINF:2,', 'a.ts').replaceAll('\n', '\r\n'),
    '#EXTM3U\n#EXT-X-CONTENT-STEERING:SERVER-URI="/s",PATHWAY-ID="A"\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="x"\na.m3u8',
    '<html>Wi-Fi</html>',
    '',
  ];
  for (const text of lists) expect(mend(text)).toBe(text);
});

test('variables of the list, of its master and of its address are put in, and nobody has to define them any more', () => {
  const text = list(
    '#EXT-X-DEFINE:NAME="base",VALUE="https://cdn.example/{$none}"',
    '#EXT-X-DEFINE:IMPORT="token"',
    '#EXT-X-DEFINE:QUERYPARAM="q"',
    '#EXT-X-KEY:METHOD=AES-128,URI="{$base}/k?t={$token}",IV={$q}',
    '#EXTINF:2,{$base}',
    '{$base}/a.ts?t={$token}&q={$q}&left={$alone}',
  );
  expect(mend(text, { masterVariables: new Map([['token', 'x=1']]) })).toBe(
    list(
      '#EXT-X-KEY:METHOD=AES-128,URI="https://cdn.example/{$none}/k?t=x=1",IV=7',
      '#EXTINF:2,{$base}',
      'https://cdn.example/{$none}/a.ts?t=x=1&q=7&left={$alone}',
    ),
  );
  expect(mendPlaylist(text, ORIGIN)).toEqual({ ok: false, error: 'master_needed' });
  expect(readPlaylist(text, ORIGIN)).toEqual({ ok: false, error: 'master_needed' });
});

test('negative and huge sequence numbers are counted alike by everybody, and go on across the border', () => {
  const first = (sequence: string, nearSequence?: number) =>
    segments(
      list(`#EXT-X-MEDIA-SEQUENCE:${sequence}`, '#EXTINF:2,', 'a.ts'),
      nearSequence === undefined ? {} : { nearSequence },
    )[0]!.sn;
  expect(first('-1031974141')).toBe(3_262_993_155);
  expect(first('-1031974140')).toBe(3_262_993_156);
  expect(first('-1')).toBe(4_294_967_295);
  expect(first('0', 4_294_967_295)).toBe(4_294_967_296);
  expect(first('5', 4_294_967_299)).toBe(4_294_967_301);
  // The stage of a core that was restarted says where it was; a stream that really begins at nothing stays there.
  expect(first('0')).toBe(0);
  expect(first('3', 500_000)).toBe(3);
  expect(first('18446744073709551615')).toBe(4_294_967_295);
  expect(first('+5')).toBe(5);
});

test('discontinuity numbers stay small: players keep an array by them and hang when it is long', () => {
  const mended = (n: string): string | undefined =>
    /DISCONTINUITY-SEQUENCE:(.*)/u.exec(mend(list(`#EXT-X-DISCONTINUITY-SEQUENCE:${n}`, '#EXTINF:2,', 'a.ts')))?.[1];
  expect([mended('7'), mended('-4'), mended('4294967292'), mended('x')]).toEqual(['7', '65532', '65532', '0']);
});

test('renumbering does not change what a segment is decrypted with', () => {
  const text = list(
    '#EXT-X-MEDIA-SEQUENCE:18446744073709551614',
    '#EXT-X-KEY:METHOD=AES-128,URI="k"',
    '#EXTINF:2,',
    'a.ts',
    '#EXTINF:2,',
    'b.ts',
    '#EXT-X-KEY:METHOD=NONE',
    '#EXTINF:2,',
    'c.ts',
  );
  const mended = mend(text);
  expect(mended).toContain('IV=0x0000000000000000fffffffffffffffe');
  expect(mended).toContain('IV=0x0000000000000000ffffffffffffffff');
  expect(mended.match(/METHOD=AES/g)).toHaveLength(2);
  expect(segments(text).map((s) => s.sn)).toEqual([4_294_967_294, 4_294_967_295, 4_294_967_296]);
});

test('a segment of no length gets the time to the next date, else the usual length; a list without a target gets one', () => {
  const lengths = (...lines: string[]) => segments(list(...lines)).map((s) => s.durationS);
  expect(lengths('#EXTINF:2,', 'a.ts', '#EXTINF:0,', 'b.ts', '#EXTINF:2,', 'c.ts')).toEqual([2, 2, 2]);
  const date = (s: number) => `#EXT-X-PROGRAM-DATE-TIME:${new Date(1_800_000_000_000 + s * 1000).toISOString()}`;
  expect(
    lengths(date(0), '#EXTINF:2,', 'a.ts', date(2), '#EXTINF:0,', 'b.ts', date(3.5), '#EXTINF:2,', 'c.ts'),
  ).toEqual([2, 1.5, 2]);
  expect(lengths('#EXTINF:nan,', 'a.ts', 'b.ts')).toEqual([2, 2]);
  expect(mend('#EXTM3U\n#EXTINF:5.5,\na.ts\n')).toBe('#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:5.5,\na.ts\n');
});

test('3,000 lists of all kinds read as hls.js reads what it is given', () => {
  let accepted = 0;
  const faults: string[] = [];
  for (let seed = 1; seed <= 3_000; seed++) {
    const verdict = checkList(makeList(seed), seed % 5 === 0 ? 4_294_967_290 : null);
    if (verdict.accepted) accepted += 1;
    faults.push(...verdict.faults.map((fault) => `seed ${seed}: ${fault}`));
  }
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(1_500);
});
