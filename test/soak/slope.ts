/** Growth an hour, in the unit of `value`: the line through the medians of the first and the last third, which single outliers do not move. */
export function slopePerHour(points: { atS: number; value: number }[]): number {
  const third = Math.floor(points.length / 3);
  if (third < 1) return 0;
  const from = points.slice(0, third);
  const to = points.slice(-third);
  const hours = (median(to.map((p) => p.atS)) - median(from.map((p) => p.atS))) / 3600;
  return hours === 0 ? 0 : (median(to.map((p) => p.value)) - median(from.map((p) => p.value))) / hours;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
