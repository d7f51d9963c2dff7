import { expect, test } from 'vitest';
import { encodeFrameIndex, FRAME_COUNTER, readFrameIndex } from '../../../electron/core/rehearsal/hls-frame-counter.ts';
import { getRehearsalMedia } from '../../../electron/core/rehearsal/hls-media.ts';
import { readPackets, TICK_WRAP } from '../../../electron/core/rehearsal/hls-packets.ts';
import { HlsTimestamps } from '../../../electron/core/rehearsal/hls-timestamps.ts';
import { mediaDir } from './central-media.ts';

const { index, renditions } = getRehearsalMedia(mediaDir);
const FRAME_TICKS = 90_000 / index.frameRate;
/** AAC-LC: 1024 samples at 32 kHz. */
const SOUND_TICKS = (90_000 * 1024) / 32_000;

interface Stamps {
  picture: { pts: number; dts: number }[];
  sound: number[];
  pcr: number[];
}

function readStamps(bytes: Uint8Array, into: Stamps): void {
  for (const packet of readPackets(bytes)) {
    if (packet.pcr) into.pcr.push(packet.pcr.ticks);
    if (!packet.pts || packet.streamId === null) continue;
    if (packet.streamId >= 0xe0) into.picture.push({ pts: packet.pts.ticks, dts: (packet.dts ?? packet.pts).ticks });
    else into.sound.push(packet.pts.ticks);
  }
}

/** Differences between neighbours on the 33-bit clock, as signed numbers. */
function steps(ticks: number[]): number[] {
  return ticks.slice(1).map((t, i) => {
    const step = (t - ticks[i]! + TICK_WRAP) % TICK_WRAP;
    return step > TICK_WRAP / 2 ? step - TICK_WRAP : step;
  });
}

const loopsFrom = (stream: HlsTimestamps, first: number, count: number): Stamps => {
  const stamps: Stamps = { picture: [], sound: [], pcr: [] };
  for (let n = first; n < first + count; n += 1) readStamps(stream.segment(n), stamps);
  return stamps;
};

test.each(renditions)('picture, sound and clock of rendition $name run on over the seam of the loop', (rendition) => {
  const stream = new HlsTimestamps(rendition.segments, index.loopMs);
  const stamps = loopsFrom(stream, 0, 65);
  expect(stamps.picture).toHaveLength(65 * 50);
  expect(new Set(steps(stamps.picture.map((p) => p.dts)))).toEqual(new Set([FRAME_TICKS]));
  const shown = stamps.picture.map((p) => p.pts).sort((a, b) => a - b);
  expect(new Set(steps(shown))).toEqual(new Set([FRAME_TICKS]));
  for (const { pts, dts } of stamps.picture) expect(pts).toBeGreaterThanOrEqual(dts);
  // Each PES packet of sound holds whole frames, so every step is a whole number of them, and all frames are there.
  expect(steps(stamps.sound).every((s) => s > 0 && s % SOUND_TICKS === 0)).toBe(true);
  expect(stamps.sound.at(-1)! - stamps.sound[0]!).toBeGreaterThan(64.9 * 2 * 90_000);
  expect(steps(stamps.pcr).every((s) => s > 0 && s < 90_000 / 10)).toBe(true);
});

test.each(renditions)('rendition $name holds exactly one loop of sound and picture', (rendition) => {
  const stamps = loopsFrom(new HlsTimestamps(rendition.segments, index.loopMs), 0, 31);
  const second = stamps.picture[1500]!;
  expect(second.dts - stamps.picture[0]!.dts).toBe(60 * 90_000);
  expect(stamps.sound.filter((t) => t < stamps.sound[0]! + 60 * 90_000).at(-1)! % SOUND_TICKS).toBe(
    stamps.sound[0]! % SOUND_TICKS,
  );
});

test.each(renditions)(
  'continuity counters of rendition $name count on from segment to segment and over the seam',
  (rendition) => {
    const stream = new HlsTimestamps(rendition.segments, index.loopMs);
    const last = new Map<number, number>();
    const broken: string[] = [];
    for (let n = 0; n < 65; n += 1)
      for (const packet of readPackets(stream.segment(n))) {
        const before = last.get(packet.pid);
        const due = before === undefined ? packet.continuity : (before + (packet.hasPayload ? 1 : 0)) % 16;
        if (packet.continuity !== due) broken.push(`pid ${packet.pid} in segment ${n}`);
        last.set(packet.pid, packet.continuity);
      }
    expect(broken).toEqual([]);
    expect([...last.keys()].sort((a, b) => a - b)).toEqual([0, 17, 256, 257, 4096]);
  },
);

test('the timeline goes through the 33-bit wrap without a step', () => {
  const rendition = renditions[1]!;
  // Six seconds of stream, then the wrap.
  const stream = new HlsTimestamps(rendition.segments, index.loopMs, TICK_WRAP - 7 * 90_000);
  const stamps = loopsFrom(stream, 0, 6);
  expect(stamps.picture.some((p) => p.dts > TICK_WRAP - 90_000)).toBe(true);
  expect(stamps.picture.some((p) => p.dts < 90_000)).toBe(true);
  expect(new Set(steps(stamps.picture.map((p) => p.dts)))).toEqual(new Set([FRAME_TICKS]));
  expect(steps(stamps.pcr).every((s) => s > 0 && s < 9000)).toBe(true);
  expect(steps(stamps.sound).every((s) => s > 0 && s % SOUND_TICKS === 0)).toBe(true);
});

test('segments of a stream that has run for two days still follow each other', () => {
  const stream = new HlsTimestamps(renditions[0]!.segments, index.loopMs);
  const stamps = loopsFrom(stream, 86_400, 3);
  expect(new Set(steps(stamps.picture.map((p) => p.dts)))).toEqual(new Set([FRAME_TICKS]));
  const first = loopsFrom(stream, 0, 1).picture[0]!;
  expect(stamps.picture[0]!.dts).toBe((first.dts + 86_400 * 180_000) % TICK_WRAP);
});

/** The bytes without what a repeat may change. */
const masked = (bytes: Buffer): string => {
  for (const packet of readPackets(bytes)) {
    bytes[packet.offset + 3]! &= 0xf0;
    for (const field of [packet.pcr, packet.pts, packet.dts]) if (field) bytes.fill(0, field.offset, field.offset + 5);
  }
  return bytes.toString('latin1');
};

test('only stamps, clocks and counters differ between repeats', () => {
  const stream = new HlsTimestamps(renditions[0]!.segments, index.loopMs);
  expect(masked(stream.segment(34))).toBe(masked(stream.segment(4)));
  expect(stream.segment(34).equals(stream.segment(4))).toBe(false);
});

test('bytes that are no transport stream are refused', () => {
  expect(() => new HlsTimestamps([new Uint8Array(187)], 2000)).toThrow('whole number of packets');
  expect(() => new HlsTimestamps([new Uint8Array(188)], 2000)).toThrow('no sync byte');
});

/** A black picture with a row of blocks as build/media.mjs draws it. */
const paint = (width: number, height: number, bit: (i: number) => boolean) => {
  const data = new Uint8ClampedArray(width * height * 4);
  const scale = width / FRAME_COUNTER.pictureWidth;
  for (let i = 0; i < FRAME_COUNTER.bits; i += 1) {
    if (!bit(i)) continue;
    const left = (FRAME_COUNTER.x + i * FRAME_COUNTER.pitch) * scale;
    for (let y = FRAME_COUNTER.y * scale; y < (FRAME_COUNTER.y + FRAME_COUNTER.height) * scale; y += 1)
      for (let x = left; x < left + FRAME_COUNTER.width * scale; x += 1)
        data.fill(255, (Math.floor(y) * width + Math.floor(x)) * 4, (Math.floor(y) * width + Math.floor(x)) * 4 + 4);
  }
  return { data, width, height };
};
const coded = (code: number) => (i: number) => ((code >> (15 - i)) & 1) === 1;

test('the burnt-in frame counter is read at any size, and not from a black, white or torn picture', () => {
  for (const frame of [0, 1, 850, 1499])
    for (const [width, height] of [
      [1280, 720],
      [640, 360],
      [320, 180],
    ] as const)
      expect(readFrameIndex(paint(width, height, coded(encodeFrameIndex(frame))))).toBe(frame);
  expect(readFrameIndex(paint(640, 360, () => false))).toBeNull();
  expect(readFrameIndex(paint(640, 360, () => true))).toBeNull();
  expect(readFrameIndex(paint(640, 360, coded(encodeFrameIndex(850) ^ 0x0010)))).toBeNull();
});
