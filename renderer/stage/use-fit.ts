import { useLayoutEffect, useRef, type RefObject } from 'react';

const SMALLEST = 0.5;
const STEP = 0.04;

/**
 * Makes the letters of the slate smaller, step by step, until every line has its place: `--fit`, 1 to 0.5, is a factor of all its
 * sizes. Long titles and notices leave less room than anybody can plan for, and a hall reads small letters better than letters over
 * letters. Measured again when the room or the length of a line changes; a countdown changes neither.
 */
export function useFit(slate: RefObject<HTMLElement | null>): void {
  const measured = useRef('');
  const fit = (): void => {
    const element = slate.current;
    if (!element) return;
    const lines = [...element.querySelectorAll('h1, p, span, strong')].map(({ textContent }) => textContent.length);
    const now = `${element.clientWidth}×${element.clientHeight} ${lines.join(' ')}`;
    if (now === measured.current) return;
    measured.current = now;
    let size = 1;
    element.style.setProperty('--fit', '1');
    while (size > SMALLEST && !isWhole(element)) {
      size -= STEP;
      element.style.setProperty('--fit', size.toFixed(2));
    }
  };
  useLayoutEffect(fit);
  const latest = useRef(fit);
  useLayoutEffect(() => {
    const again = (): void => latest.current();
    const watch = new ResizeObserver(again);
    if (slate.current) watch.observe(slate.current);
    // The typeface may come after the first drawing.
    void document.fonts.ready.then(() => {
      measured.current = '';
      again();
    });
    return () => watch.disconnect();
  }, [slate]);
}

/** Title, what happens and foot stand one under the other, and the foot in the slate. */
function isWhole(slate: HTMLElement): boolean {
  const boxOf = (part: Element | null | undefined): DOMRect => (part ?? slate).getBoundingClientRect();
  const [head, happening, foot] = slate.children;
  if (!happening || happening.children.length === 0) return true;
  const gap = 1;
  return (
    boxOf(happening.firstElementChild).top >= boxOf(head).bottom - gap &&
    boxOf(happening.lastElementChild).bottom <= boxOf(foot).top + gap &&
    boxOf(foot).bottom <= boxOf(slate).bottom + gap
  );
}
