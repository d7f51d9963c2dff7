import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/** Which ends of a list lie outside what is visible. */
export interface Hidden {
  above: boolean;
  below: boolean;
}

/** A part of this height is no row, px. */
const SLACK = 8;

/** Follows a list that may be longer than its place on screen. */
export function useHidden(list: RefObject<HTMLElement | null>): Hidden {
  const [hidden, setHidden] = useState<Hidden>({ above: false, below: false });
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = (): void => {
      const above = element.scrollTop > SLACK;
      const below = element.scrollHeight - element.clientHeight - element.scrollTop > SLACK;
      setHidden((was) => (was.above === above && was.below === below ? was : { above, below }));
    };
    element.addEventListener('scroll', measure);
    // Also measures once by itself, as soon as it observes.
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    // Another list in the same place begins at its top.
    const changed = new MutationObserver(() => {
      element.scrollTo({ top: 0 });
      measure();
    });
    changed.observe(element, { childList: true });
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
      changed.disconnect();
    };
  }, [list]);
  return hidden;
}
