import { expect, test } from 'vitest';
import { buildMediaPlaylist, getWindow } from '../../../electron/core/rehearsal/hls-playlist.ts';
import type { Timeline } from '../../../electron/core/rehearsal/hls-playlist.ts';

const startsAt = Date.parse('2026-03-04T08:00:00+07:00');
const timeline: Timeline = { startsAt, endsAt: startsAt + 600_500, segmentMs: 2000, windowMs: 300_000 };
const textAt = (now: number): string => buildMediaPlaylist(timeline, getWindow(timeline, now)!);
const sequenceOf = (text: string): number => Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
const segmentsOf = (text: string): string[] => text.match(/^\d+\.ts$/gm) ?? [];

test('there is no window before the first segment is complete', () => {
  expect(getWindow(timeline, startsAt - 1)).toBeNull();
  expect(getWindow(timeline, startsAt + 1999)).toBeNull();
  expect(getWindow(timeline, startsAt + 2000)).toEqual({ first: 0, last: 0, ended: false });
});

test('the window grows to its size, then slides with the clock', () => {
  expect(getWindow(timeline, startsAt + 300_000)).toEqual({ first: 0, last: 149, ended: false });
  expect(getWindow(timeline, startsAt + 301_999)).toEqual({ first: 0, last: 149, ended: false });
  expect(getWindow(timeline, startsAt + 302_000)).toEqual({ first: 1, last: 150, ended: false });
  const text = textAt(startsAt + 400_000);
  expect(sequenceOf(text)).toBe(50);
  expect(segmentsOf(text)).toHaveLength(150);
  expect(segmentsOf(text)[0]).toBe('50.ts');
});

test('every segment says its wall time, two seconds apart', () => {
  const text = textAt(startsAt + 450_000);
  const times = [...text.matchAll(/PROGRAM-DATE-TIME:(\S+)/g)].map((m) => Date.parse(m[1]!));
  expect(times).toHaveLength(150);
  expect(times[0]).toBe(startsAt + sequenceOf(text) * 2000);
  expect(times.slice(1).map((t, i) => t - times[i]!)).toEqual(times.slice(1).map(() => 2000));
});

test('the end is said from its moment on, never before, and the last segment ends on a boundary by then', () => {
  expect(textAt(timeline.endsAt - 1)).not.toContain('ENDLIST');
  const last = textAt(timeline.endsAt);
  expect(last.endsWith('#EXT-X-ENDLIST\n')).toBe(true);
  expect(segmentsOf(last).at(-1)).toBe('299.ts');
  expect(textAt(timeline.endsAt + 3_600_000)).toBe(last);
});

test('a restarted server writes the very same text', () => {
  const again: Timeline = { ...timeline };
  for (const after of [2000, 77_777, 333_333, 700_000])
    expect(buildMediaPlaylist(again, getWindow(again, startsAt + after)!)).toBe(textAt(startsAt + after));
});

test('the sequence number never goes back and no segment is left out, whatever the moment', () => {
  let first = 0;
  let last = -1;
  for (let now = startsAt; now < timeline.endsAt + 5000; now += 777) {
    const window = getWindow(timeline, now);
    if (!window) continue;
    expect(window.first).toBeGreaterThanOrEqual(first);
    expect(window.last - last).toBeLessThanOrEqual(1);
    expect(window.last).toBeGreaterThanOrEqual(last);
    ({ first, last } = window);
  }
  expect(last).toBe(299);
});
