import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/** True while a part of the list lies below what is visible. */
export function useHiddenBelow(list: RefObject<HTMLElement | null>): boolean {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = (): void => setHidden(element.scrollHeight - element.clientHeight - element.scrollTop > 8);
    element.addEventListener('scroll', measure);
    // Also measures once by itself, as soon as it observes.
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, [list]);
  return hidden;
}

/** Moves on by a little less than what is visible. */
export function showNextPage(list: HTMLElement | null): void {
  const rest = list ? list.scrollHeight - list.clientHeight - list.scrollTop : 0;
  list?.scrollBy({ top: Math.min(rest, list.clientHeight * 0.85), behavior: 'smooth' });
}
