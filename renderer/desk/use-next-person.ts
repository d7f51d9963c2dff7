import type { Dispatch } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { DeskAction } from './flow.ts';

/** The second tap of a double tap, or a held Enter, must not take the outcome away before it was seen. */
const NOT_BEFORE_MS = 600;
/** A hand types at most three letters in this time; more are the beginning of a code. */
const FIRST_LETTERS_MS = 150;
const BY_HAND = 3;
/** A code has ended when nothing came for this long. */
const QUIET_MS = 300;

/**
 * While an outcome is on screen: a touch anywhere goes back; letters are the beginning of the next name; Escape just goes
 * back. `looking`: a code was read and is being looked up. What it typed before it was known for a code is forgotten then,
 * so that a second code on the same card does not take the success away.
 */
export function useNextPerson(dispatch: Dispatch<DeskAction>, looking: boolean): void {
  const letters = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!looking) return;
    clearTimeout(timer.current);
    letters.current = '';
  }, [looking]);
  // As soon as it is drawn: the next person may be quick.
  useLayoutEffect(() => {
    const shownAt = performance.now();
    const begin = (): void => {
      dispatch({ type: 'typed', query: letters.current });
      letters.current = '';
    };
    const onClick = (): void => {
      if (performance.now() - shownAt >= NOT_BEFORE_MS) dispatch({ type: 'started_over' });
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') dispatch({ type: 'started_over' });
      else if (/^\p{L}$/u.test(event.key)) {
        event.preventDefault();
        letters.current += event.key;
        if (letters.current.length === 1) timer.current = setTimeout(begin, FIRST_LETTERS_MS);
        else if (letters.current.length > BY_HAND) {
          clearTimeout(timer.current);
          timer.current = setTimeout(begin, QUIET_MS);
        }
      }
    };
    window.addEventListener('click', onClick);
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer.current);
      letters.current = '';
      window.removeEventListener('click', onClick);
      window.removeEventListener('keydown', onKey);
    };
  }, [dispatch]);
}
