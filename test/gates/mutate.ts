/** Random numbers that are the same for the same seed (mulberry32). */
export function createDice(seed: number): {
  next(): number;
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
} {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return { next, int, pick: (from) => from[int(from.length)]! };
}
export type Dice = ReturnType<typeof createDice>;

/** What no reader expects. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  0,
  -1,
  1e308,
  -0.5,
  2 ** 53,
  '\u0000',
  '\ud800',
  '‮abc',
  'a'.repeat(5_000),
  'Ạ̣̣̣̣̣̣'.repeat(50),
  '../../etc/passwd',
  '<script>alert(1)</script>',
  "'; DROP TABLE person; --",
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999+14:00',
  '2026-02-30',
  [],
  {},
  [[[[]]]],
  { toString: 1 },
  ['constructor'],
  '__proto__',
];

/** A copy in which one to three values somewhere were replaced, taken out, doubled or added. */
export function mutateValue(value: unknown, dice: Dice): unknown {
  const copy: unknown = structuredClone(value);
  for (let i = 1 + dice.int(3); i > 0; i -= 1) {
    const spots = listSpots(copy);
    if (spots.length === 0) return structuredClone(dice.pick(HOSTILE));
    const { parent, key } = dice.pick(spots);
    switch (dice.int(5)) {
      case 0:
        if (Array.isArray(parent)) parent.splice(Number(key), 1);
        else delete parent[key];
        break;
      case 1:
        if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
        else parent[`${key}x`] = 1;
        break;
      case 2: {
        const other = dice.pick(spots);
        parent[key] = structuredClone(other.parent[other.key]);
        break;
      }
      default:
        parent[key] = structuredClone(dice.pick(HOSTILE));
    }
  }
  return copy;
}

interface Spot {
  parent: Record<string, unknown>;
  key: string;
}

function listSpots(value: unknown): Spot[] {
  if (value === null || typeof value !== 'object') return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...listSpots(parent[key])]);
}

/** The text with a few characters changed, cut out, doubled, moved, or cut off. */
export function mutateText(text: string, dice: Dice): string {
  let now = text;
  for (let i = 1 + dice.int(3); i > 0; i -= 1) {
    const at = dice.int(now.length + 1);
    const to = Math.min(now.length, at + 1 + dice.int(8));
    switch (dice.int(6)) {
      case 0:
        now = now.slice(0, at) + now.slice(to);
        break;
      case 1:
        now = now.slice(0, to) + now.slice(at);
        break;
      case 2:
        now = now.slice(0, at);
        break;
      case 3:
        now = now.slice(0, at) + String.fromCharCode(dice.int(0x250)) + now.slice(at);
        break;
      case 4:
        now = now.slice(0, at) + dice.pick(['|', '"', ',', '{', '[', '\\', '\u0000', '.', '\ufeff']) + now.slice(to);
        break;
      default:
        now = now.slice(to) + now.slice(at, to) + now.slice(0, at);
    }
  }
  return now;
}

/** Milliseconds of the processor since then, of this whole process. */
export function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}
