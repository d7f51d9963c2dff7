import { expect, test } from 'vitest';
import { withPreferredSound } from '../../../renderer/stage/player/preferred-sound.ts';
import { withoutUnplayableSound } from '../../../renderer/stage/player/sound-filter.ts';
import { spanOfTs, SpanCheck } from '../../../electron/shared/hls/segment-span.ts';
import { RefillLimit } from '../../../renderer/stage/player/refill.ts';
import { getSegment } from '../../faults/media.ts';
import { withoutSound, withSoundOfType } from '../../faults/spoil.ts';

function master(...tags: string[]): string {
  return `#EXTM3U\n${tags.map((tag) => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",${tag}`).join('\n')}\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n`;
}

const defaultOf = (text: string): string | null =>
  /NAME="([^"]*)"[^\n]*DEFAULT=YES/u.exec(text)?.[1] ?? /DEFAULT=YES[^\n]*NAME="([^"]*)"/u.exec(text)?.[1] ?? null;

test('the sound is Vietnamese wherever there is Vietnamese, however it is written', () => {
  const english = 'NAME="English",LANGUAGE="en",DEFAULT=YES,URI="en.m3u8"';
  for (const vietnamese of [
    'NAME="A",LANGUAGE="vi"',
    'NAME="A",LANGUAGE="vi-VN",DEFAULT=NO',
    'NAME="A",LANGUAGE="vie"',
    'NAME="Tiếng Việt"',
  ])
    expect(defaultOf(withPreferredSound(master(english, `${vietnamese},URI="vi.m3u8"`), 'vi'))).toBe(
      vietnamese.includes('"A"') ? 'A' : 'Tiếng Việt',
    );
  expect(defaultOf(withPreferredSound(master(english, 'NAME="A",LANGUAGE="vi",URI="vi.m3u8"'), 'en'))).toBe('English');
  // Without the language the broadcast's own default stays, and so does a master without sound of its own.
  const french = master(english, 'NAME="F",LANGUAGE="fr",URI="fr.m3u8"');
  expect(withPreferredSound(french, 'vi')).toBe(french);
  expect(withPreferredSound('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n', 'vi')).not.toContain('DEFAULT');
});

const bufferOf = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer;
const SEGMENT = Buffer.from(getSegment('360', 310));

test('sound that this PC cannot decode is taken out of the tables, the picture stays; sound that it can is left alone', () => {
  const plays = (codecs: string[]) => (codec: string) => codecs.includes(codec);
  const untouched = withoutUnplayableSound(bufferOf(SEGMENT), plays([]));
  expect(untouched.dropped).toBeNull();
  expect(Buffer.from(untouched.body).equals(SEGMENT)).toBe(true);
  const layer2 = withoutUnplayableSound(bufferOf(withSoundOfType(SEGMENT, 0x03)), plays(['mp3']));
  expect(layer2.dropped).toBe('mp2');
  expect(layer2.body.byteLength).toBe(SEGMENT.length);
  // Once out, there is nothing left to take out.
  expect(withoutUnplayableSound(layer2.body, plays([])).dropped).toBeNull();
  expect(withoutUnplayableSound(bufferOf(withSoundOfType(SEGMENT, 0x81)), plays([])).dropped).toBe('ac-3');
  expect(withoutUnplayableSound(bufferOf(withSoundOfType(SEGMENT, 0x81)), plays(['ac-3'])).dropped).toBeNull();
});

test('a segment knows how long it is; one that was cut where a packet ends is asked for again, and a list that lies is believed once', () => {
  expect(spanOfTs(bufferOf(SEGMENT))).toBeCloseTo(2, 1);
  expect(spanOfTs(bufferOf(withoutSound(SEGMENT)))).toBeCloseTo(2, 1);
  const cut = SEGMENT.subarray(0, Math.floor((SEGMENT.length * 0.6) / 188) * 188);
  const check = new SpanCheck();
  expect(check.isCut('1', bufferOf(cut), 2)).toBe(true);
  expect(check.isCut('1', bufferOf(SEGMENT), 2)).toBe(false);
  // The same body again: the list is wrong. After two of them nothing is asked for twice any more.
  const lied = ['2', '2', '3', '3', '4'].map((key) => check.isCut(key, bufferOf(SEGMENT), 4));
  expect(lied).toEqual([true, false, true, false, false]);
});

test('a fragmented MP4 segment knows how long it is by its own tables, with lengths per sample, per fragment and per track', () => {
  const u32 = (...values: number[]): Buffer =>
    Buffer.concat(values.map((v) => Buffer.from([v >>> 24, (v >> 16) & 255, (v >> 8) & 255, v & 255])));
  const box = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
  };
  const init = box(
    'moov',
    box('trak', box('tkhd', u32(0, 0, 0, 1)), box('mdia', box('mdhd', u32(0, 0, 0, 90_000)))),
    box('mvex', box('trex', u32(0, 1, 1, 3_600, 0, 0))),
  );
  const moof = (tfhd: Buffer, trun: Buffer): Buffer =>
    Buffer.concat([box('moof', box('traf', box('tfhd', tfhd), box('trun', trun))), box('mdat', Buffer.alloc(40))]);
  const perTrack = moof(u32(0, 1), u32(0, 25));
  const perFragment = moof(u32(8, 1, 1_800), u32(0, 25));
  const perSample = moof(u32(0, 1), u32(0x300, 2, 45_000, 9, 45_000, 9));
  const check = new SpanCheck();
  check.noteInit(bufferOf(init));
  // 1 s, 0.5 s and 1 s: whole, and cut behind the second fragment.
  expect(check.isCut('a', bufferOf(Buffer.concat([perTrack, perFragment, perSample])), 2.5)).toBe(false);
  expect(check.isCut('b', bufferOf(Buffer.concat([perTrack, perFragment])), 2.5)).toBe(true);
  expect(new SpanCheck().isCut('b', bufferOf(perTrack), 2.5)).toBe(false);
});

test('a first start fills the cushion at line speed, a return after an outage does not', () => {
  const first = new RefillLimit(95);
  const later = new RefillLimit();
  const t0 = performance.now();
  for (let i = 0; i < 47; i++) expect(first.waitMs(2, 40, t0)).toBe(0);
  expect(first.waitMs(2, 40, t0)).toBeGreaterThan(0);
  for (let i = 0; i < 15; i++) expect(later.waitMs(2, 40, t0)).toBe(0);
  expect(later.waitMs(2, 40, t0)).toBeGreaterThan(0);
});
