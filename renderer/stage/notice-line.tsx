import type { JSX } from 'react';
import { keepTogether } from '../ui/keep-together.ts';

/** One line at the foot of the hall's screen, from the package or the console. Long text wraps to two lines; it never runs. */
export function NoticeLine({ text }: { text: string }): JSX.Element {
  return (
    <p className="notice-line" aria-live="polite">
      {keepTogether(text)}
    </p>
  );
}
