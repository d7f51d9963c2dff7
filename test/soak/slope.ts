export interface Reading {
  atS: number;
  value: number;
}

/** Growth an hour, in the unit of `value`: the median of the slopes between all pairs (Theil and Sen), which single outliers do not move. */
export function slopePerHour(points: Reading[]): number {
  const slopes = points.flatMap((from, i) =>
    points.slice(i + 1).map((to) => ((to.value - from.value) / (to.atS - from.atS)) * 3600),
  );
  return median(slopes);
}

/**
 * The lowest reading of each `windowS` seconds. What is alive goes up and down with what is under way: lists, segments, a
 * second player. A leak lifts what is left at the quietest moment.
 */
export function floorsOf(points: Reading[], windowS: number): Reading[] {
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
