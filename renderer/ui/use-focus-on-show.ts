import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/** Moves the focus to an element when it appears, so that Enter does the obvious thing. */
export function useFocusOnShow<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return ref;
}
