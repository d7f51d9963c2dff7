import { expect, test } from 'vitest';
import { readPackets } from '../../../electron/core/rehearsal/hls-packets.ts';
import { inspectSegment } from '../../../electron/shared/hls/segment-gate.ts';
import { SilenceFiller } from '../../../renderer/stage/player/silence-filler.ts';
import { getSegment } from '../../faults/media.ts';
import { withoutSound } from '../../faults/spoil.ts';

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function soundStamps(body: ArrayBuffer): number[] {
  return [...readPackets(new Uint8Array(body))]
    .filter((p) => p.streamId !== null && (p.streamId & 0xe0) === 0xc0 && p.pts !== null)
    .map((p) => p.pts!.ticks);
}

test('a segment that has its sound is left alone', () => {
  const body = bufferOf(getSegment('360', 3));
  expect(new SilenceFiller().fill(body, 2)).toBe(body);
});

test('a segment that lost its sound gets silence at the stamp of its first picture', () => {
  const filler = new SilenceFiller();
  filler.fill(bufferOf(getSegment('360', 3)), 2);
  const mute = bufferOf(withoutSound(Buffer.from(getSegment('360', 4))));
  expect(soundStamps(mute)).toEqual([]);
  const filled = filler.fill(mute, 2);
  expect(inspectSegment(filled, { encrypted: false, rangeLength: null })).toBeNull();
  const picture = [...readPackets(new Uint8Array(mute))].find(
    (p) => p.streamId !== null && (p.streamId & 0xf0) === 0xe0,
  );
  expect(soundStamps(filled)).toEqual([picture!.pts!.ticks]);
});

test('a stream that never had sound, and what is no transport stream, is left alone', () => {
  const filler = new SilenceFiller();
  const mute = bufferOf(withoutSound(Buffer.from(getSegment('360', 4))));
  expect(new Uint8Array(filler.fill(mute, 2))).toEqual(new Uint8Array(mute));
  const other = bufferOf(Buffer.from('ftypisom'));
  expect(filler.fill(other, 2)).toBe(other);
});
