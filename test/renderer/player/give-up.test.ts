import { describe, expect, it } from 'vitest';
import { readPlaylist, type MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import type { Cause } from '../../../electron/shared/causes.ts';
import { SegmentFailures, type SegmentTrouble } from '../../../renderer/stage/player/give-up.ts';

function listOf(from: number, count: number): MediaPlaylist {
  const segments = Array.from({ length: count }, (_, i) => `#EXTINF:2,\n${from + i}.ts`);
  const text = `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:${from}\n${segments.join('\n')}\n`;
  const read = readPlaylist(text, { url: 'http://127.0.0.1/a.m3u8' });
  if (!read.ok || read.playlist.kind !== 'media') throw new Error('not a list');
  return read.playlist;
}

const VIEW = listOf(100, 20);

/** Fails once every `everyMs` until `untilMs`; when it is called lost, ms, or null. `listAt` and `listsFail` by time. */
function failUntil(
  failures: SegmentFailures,
  cause: Cause,
  { from = 0, untilMs = 30_000, everyMs = 700, aheadS = 40, sn = 105 as number | null },
  listsAt: (now: number) => Pick<SegmentTrouble, 'listAt' | 'listsFail'>,
): number | null {
  for (let now = from; now <= untilMs; now += everyMs)
    if (failures.isLostAfter({ cause, status: 0, text: '' }, { sn, now, view: VIEW, aheadS, ...listsAt(now) }))
      return now;
  return null;
}

/** Lists come every two seconds. */
const fine = (now: number) => ({ listAt: Math.floor(now / 2000) * 2000 + 1, listsFail: false });
/** As `fine`, but between the two moments lists cannot be had, which is noticed at the next one. */
const gone = (fromMs: number, toMs: number) => (now: number) => {
  const asked = Math.floor(now / 2000) * 2000;
  const isGone = asked >= fromMs && asked < toMs;
  return { listAt: isGone ? Math.floor(fromMs / 2000) * 2000 - 1999 : asked + 1, listsFail: isGone };
};

describe('a segment that fails while lists come', () => {
  it.each(['missing', 'portal', 'truncated', 'too_large'] as const)('%s: is lost', (cause) => {
    expect(failUntil(new SegmentFailures(), cause, {}, fine)).not.toBeNull();
  });

  it.each(['no_connection', 'server_error', 'no_answer'] as const)('%s: is not lost, another try can help', (cause) => {
    expect(failUntil(new SegmentFailures(), cause, {}, fine)).toBeNull();
  });

  it('missing: is lost sooner when little is left to show', () => {
    const patient = failUntil(new SegmentFailures(), 'missing', {}, fine)!;
    expect(failUntil(new SegmentFailures(), 'missing', { aheadS: 3 }, fine)).toBeLessThan(patient);
  });

  it('is never lost as the newest, nor as an initialisation segment', () => {
    expect(failUntil(new SegmentFailures(), 'missing', { sn: 119 }, fine)).toBeNull();
    expect(failUntil(new SegmentFailures(), 'missing', { sn: null }, fine)).toBeNull();
  });
});

describe('a segment that fails while everything fails', () => {
  it.each(['missing', 'portal'] as const)('%s: is not lost, however long it takes', (cause) => {
    expect(failUntil(new SegmentFailures(), cause, { from: 2100, untilMs: 36_000 }, gone(2100, 36_000))).toBeNull();
  });

  it('is not lost by what was counted before, when lists are back and the answer under way is still a bad one', () => {
    const failures = new SegmentFailures();
    // Listed some seconds before it can be had, and then the line is gone for half a minute.
    expect(failUntil(failures, 'missing', { untilMs: 3500 }, fine)).toBeNull();
    expect(failUntil(failures, 'portal', { from: 4100, untilMs: 38_000 }, gone(4000, 38_000))).toBeNull();
    expect(failUntil(failures, 'portal', { from: 38_100, untilMs: 38_200 }, fine)).toBeNull();
  });
});

describe('the next segment can be had', () => {
  const failure = { cause: 'server_error', status: 500, text: '' } as const;
  const trouble = { sn: 105, now: 9000, view: VIEW, listAt: 8001, listsFail: false, aheadS: 40 };

  it('gives this one another try before it is lost: the line may have come back between the two', () => {
    const failures = new SegmentFailures();
    expect(failures.isLostAfter(failure, trouble)).toBe(false);
    failures.recordNextAnswered();
    expect(failures.isLostAfter(failure, { ...trouble, now: 10_000 })).toBe(true);
  });

  it('says nothing any more once lists fail', () => {
    const failures = new SegmentFailures();
    failures.recordNextAnswered();
    expect(failures.isLostAfter(failure, { ...trouble, listsFail: true })).toBe(false);
    expect(failures.isLostAfter(failure, { ...trouble, now: 12_000 })).toBe(false);
  });
});
