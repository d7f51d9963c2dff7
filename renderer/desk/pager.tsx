import type { JSX, RefObject } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { Hidden } from './use-hidden.ts';

/** Of what is visible, so much is left out at each step: the last row is seen again. */
const STEP = 0.85;

/** One large key through a list that is longer than its place: on, and from the end back to the top. */
export function Pager({ list, hidden }: { list: RefObject<HTMLElement | null>; hidden: Hidden }): JSX.Element | null {
  const { t } = useTexts();
  if (!hidden.above && !hidden.below) return null;
  const turn = (): void => {
    const element = list.current;
    if (!element) return;
    const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
    const top = hidden.below ? Math.min(rest, element.clientHeight * STEP) : -element.scrollTop;
    element.scrollBy({ top, behavior: 'smooth' });
  };
  return (
    <Button icon={hidden.below ? 'down' : 'up'} size="large" className="pager" tabIndex={-1} onClick={turn}>
      {t(hidden.below ? 'desk.nextPage' : 'desk.firstPage')}
    </Button>
  );
}
