export interface Reading {
  atS: number;
  value: number;
}

/** Growth an hour, in the unit of the readings, and the 95 % interval in which it lies. */
export interface Slope {
  perHour: number;
  low: number;
  high: number;
}

/** Of the standard normal distribution, for 95 % on both sides. */
const Z = 1.96;

/**
 * Growth an hour: the median of the slopes between all pairs (Theil and Sen), which single outliers do not move, and its 95 %
 * interval by rank (Sen 1968). With fewer than four readings the interval is everything.
 */
export function slopeOf(points: readonly Reading[]): Slope {
  const slopes = points
    .flatMap((from, i) => points.slice(i + 1).map((to) => ((to.value - from.value) / (to.atS - from.atS)) * 3600))
    .sort((a, b) => a - b);
  const n = points.length;
  const perHour = slopes[Math.floor(slopes.length / 2)] ?? 0;
  if (n < 4) return { perHour, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const spread = Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const low = slopes[Math.max(0, Math.floor((slopes.length - spread) / 2))]!;
  const high = slopes[Math.min(slopes.length - 1, Math.ceil((slopes.length + spread) / 2))]!;
  return { perHour, low, high };
}

/**
 * The lowest reading of each `windowS` seconds. What is alive goes up and down with what is under way: lists, segments, a
 * second player. A leak lifts what is left at the quietest moment.
 */
export function floorsOf(points: readonly Reading[], windowS: number): Reading[] {
  const floors = new Map<number, Reading>();
  for (const point of points) {
    const window = Math.floor(point.atS / windowS);
    const lowest = floors.get(window);
    if (!lowest || point.value < lowest.value) floors.set(window, point);
  }
  return [...floors.values()];
}

/** 0 for no values. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
