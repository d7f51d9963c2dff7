import type { JSX } from 'react';
import './display-number.css';
import type { CommonView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { CoreClock } from './use-now.ts';
import { useNow } from './use-now.ts';

interface Props {
  view: Pick<CommonView, 'identifyUntil'>;
  clock: CoreClock;
  /** Which of the two this window lies on. */
  of: 'hall' | 'operator';
}

/** The number of this display, large, for as long as somebody asked for it: 1 is the operator's, 2 the hall's. */
export function DisplayNumber(props: Props): JSX.Element | null {
  return props.view.identifyUntil === null ? null : <Shown {...props} until={props.view.identifyUntil} />;
}

function Shown({ clock, of, until }: Props & { until: number }): JSX.Element | null {
  const { t } = useTexts();
  const now = useNow(clock);
  if (now >= until) return null;
  return (
    <div className="display-number" data-testid="display-number">
      <strong>{of === 'operator' ? 1 : 2}</strong>
      <span>{t(of === 'operator' ? 'common.displayOperator' : 'common.displayHall')}</span>
    </div>
  );
}
