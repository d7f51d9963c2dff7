import type { Dispatch } from 'react';
import { useEffect } from 'react';
import type { DeskAction } from './flow.ts';

/** Where no field is on screen a typed letter begins a search, so that no key and no badly read code stays without an answer. */
export function useTypingElsewhere(dispatch: Dispatch<DeskAction>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || !/^[\p{L}\p{N}]$/u.test(event.key)) return;
      event.preventDefault();
      dispatch({ type: 'letter', letter: event.key });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [dispatch]);
}
