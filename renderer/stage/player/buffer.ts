export interface Range {
  start: number;
  end: number;
}

/** Reads `buffered` of a media element as plain data. */
export function bufferedRanges(video: HTMLVideoElement): Range[] {
  const { buffered } = video;
  return Array.from({ length: buffered.length }, (_, i) => ({ start: buffered.start(i), end: buffered.end(i) }));
}

/** End of what can be played from `time` without a jump; holes up to `holeS` do not count. */
export function playableUntil(ranges: Range[], time: number, holeS = 0.3): number {
  let end = time;
  for (const range of ranges) if (range.start <= end + holeS && range.end > end) end = range.end;
  return end;
}

/** Media seconds after `time`, holes not counted. */
export function bufferedAfter(ranges: Range[], time: number): number {
  return ranges.reduce((sum, range) => sum + Math.max(0, range.end - Math.max(range.start, time)), 0);
}

/** Start of the next range behind the hole that playback is about to reach; null without one. */
export function nextRangeStart(ranges: Range[], time: number): number | null {
  const end = playableUntil(ranges, time);
  return ranges.find((range) => range.start > end)?.start ?? null;
}
