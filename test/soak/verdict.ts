import { totalOf, type MemoryPoint } from './memory.ts';
import { floorsOf, median, slopeOf, type Reading, type Slope } from './slope.ts';

/** Growth an hour that the upper end of the 95 % interval must not pass, megabytes. */
export const BARS = { heap: 0.5, all: 10 } as const;
/** The quietest moment of so many seconds counts. */
const FLOOR_S = 120;

export interface Growth extends Slope {
  name: string;
  /** Its median, megabytes; a number for what is counted. */
  level: number;
}

/** `unclear`: the interval lies on both sides of the bar, as it does after a short run. */
export type Verdict = 'met' | 'missed' | 'unclear';

export interface MemoryVerdict {
  heap: Growth & { verdict: Verdict };
  all: Growth & { verdict: Verdict };
  /** Each kind of process, and what the page holds, fastest first. */
  parts: Growth[];
  /** Names of those that grow for certain: their whole interval is above nothing. */
  growing: string[];
}

/** What `points`, readings after the warm-up, say of growth. */
export function judgeMemory(points: readonly MemoryPoint[]): MemoryVerdict {
  const growth = (name: string, pick: (point: MemoryPoint) => number | undefined): Growth => {
    const readings: Reading[] = points.flatMap((p) => {
      const value = pick(p);
      return value === undefined ? [] : [{ atS: p.atS, value }];
    });
    return { name, level: median(readings.map(({ value }) => value)), ...slopeOf(floorsOf(readings, FLOOR_S)) };
  };
  const heap = growth('heap of the page', (p) => p.heap);
  const all = growth('all processes', totalOf);
  const kinds = new Set(points.flatMap((p) => Object.keys(p.processes)));
  const parts = [
    ...[...kinds].map((kind) => growth(kind, (p) => p.processes[kind])),
    growth('elements of the page', (p) => p.counts.nodes),
    growth('listeners of the page', (p) => p.counts.listeners),
  ].sort((a, b) => b.perHour - a.perHour);
  return {
    heap: { ...heap, verdict: verdictOf(heap, BARS.heap) },
    all: { ...all, verdict: verdictOf(all, BARS.all) },
    parts,
    growing: [heap, ...parts].filter(({ low }) => low > 0).map(({ name }) => name),
  };
}

function verdictOf({ low, high }: Slope, bar: number): Verdict {
  if (high <= bar) return 'met';
  return low > bar ? 'missed' : 'unclear';
}

/** One line for a person. */
export function describeGrowth({ name, level, perHour, low, high }: Growth): string {
  const n = (value: number) => (Number.isFinite(value) ? `${value >= 0 ? '+' : ''}${value.toFixed(2)}` : '?');
  return `${name}: ${level.toFixed(1)}, ${n(perHour)} an hour (95 %: ${n(low)} to ${n(high)})`;
}
