/** Growth in megabytes an hour: the line through the medians of the first and the last third, which single outliers do not move. */
export function slopePerHour(points: { atS: number; megabytes: number }[]): number {
  const third = Math.floor(points.length / 3);
  if (third < 1) return 0;
  const from = points.slice(0, third);
  const to = points.slice(-third);
  const hours = (median(to.map((p) => p.atS)) - median(from.map((p) => p.atS))) / 3600;
  return hours === 0 ? 0 : (median(to.map((p) => p.megabytes)) - median(from.map((p) => p.megabytes))) / hours;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
