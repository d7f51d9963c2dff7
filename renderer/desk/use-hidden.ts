import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/** Which ends of a list lie outside what is visible. */
export interface Hidden {
  above: boolean;
  below: boolean;
}

/** A part of this height is no row, px. */
const SLACK = 8;

/** Follows a list that may be longer than its place on screen; `content` says what is in it. */
export function useHidden(list: RefObject<HTMLElement | null>, content = ''): Hidden {
  const [hidden, setHidden] = useState<Hidden>({ above: false, below: false });
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = (): void => {
      const above = element.scrollTop > SLACK;
      const below = element.scrollHeight - element.clientHeight - element.scrollTop > SLACK;
      setHidden((was) => (was.above === above && was.below === below ? was : { above, below }));
    };
    element.scrollTop = 0;
    element.addEventListener('scroll', measure);
    // Also measures once by itself, as soon as it observes.
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, [list, content]);
  return hidden;
}
