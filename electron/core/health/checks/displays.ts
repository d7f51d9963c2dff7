import type { ShellFacts } from '../../../contract/shell.ts';
import type { Check } from '../check.ts';

/** The windows are made for this, pixels of the page. */
const SMALLEST = { width: 1280, height: 720 };

type ShownDisplay = ShellFacts['displays'][number];

/** Displays: how many, how large, at which scale, and which window lies on which. */
export const displays: Check<'displays'> = {
  id: 'displays',
  run({ shell }) {
    if (!shell || shell.madeUp) return { word: 'unknown' };
    const { displays: all, windows } = shell;
    const [first] = all;
    if (!first) return { word: 'none' };
    const describe = (role: 'stage' | 'desk'): string => name(all.find((d) => d.shows.includes(role)) ?? first);
    const facts = { count: all.length, stage: describe('stage'), desk: describe('desk') };
    const small = all.find(({ width, height }) => width < SMALLEST.width || height < SMALLEST.height);
    if (small) return { word: 'small', facts: { ...facts, small: name(small) } };
    const misplaced = windows.find((window) => !window.fills);
    if (misplaced) return { word: 'misplaced', facts: { ...facts, window: misplaced.role } };
    const places = new Set(all.map(({ left, top }) => `${left} ${top}`));
    if (places.size < all.length) return { word: 'mirrored', facts };
    return { word: all.length > 1 ? 'two' : 'one', facts };
  },
};

function name({ label, width, height, scale }: ShownDisplay): string {
  const percent = scale !== null && scale !== 1 ? ` (${Math.round(scale * 100)} %)` : '';
  return `${label ? `${label} ` : ''}${width}×${height}${percent}`;
}
