import type { JSX } from 'react';
import { keepTogether } from '../../electron/shared/keep-together.ts';

/**
 * One line at the foot of the hall's screen, from the package or the console. Long text wraps to two lines; it never runs. `quiet`: for
 * whoever works at this PC, in small letters, so that the picture keeps its room.
 */
export function NoticeLine({ text, quiet = false }: { text: string; quiet?: boolean }): JSX.Element {
  return (
    <p className={quiet ? 'notice-line notice-line-quiet' : 'notice-line'} aria-live="polite">
      {keepTogether(text)}
    </p>
  );
}
