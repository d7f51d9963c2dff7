import type { Dispatch, JSX } from 'react';
import { useLayoutEffect } from 'react';
import './outcome-screen.css';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { classes } from '../ui/classes.ts';
import { Button } from '../ui/button.tsx';
import type { IconName } from '../ui/icon.tsx';
import { Icon } from '../ui/icon.tsx';
import { useFocusOnShow } from '../ui/use-focus-on-show.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import type { DeskAction, OutcomeName, OutcomeStep } from './flow.ts';
import { outcomeName } from './flow.ts';
import { useOutcomeLines } from './use-outcome-lines.ts';

const ICONS: Record<OutcomeName, IconName> = {
  signed_in: 'check',
  confirmed: 'check',
  already_signed_in: 'already',
  not_on_list: 'unknown_person',
  wrong_venue: 'other_place',
  unreadable: 'unreadable',
  not_open: 'hourglass',
  closed: 'lock',
  unreachable: 'unplugged',
};

/**
 * What became of a sign-in, readable from 3 m: a colour, a drawing, a word, the name. A touch anywhere or any key goes
 * on; a letter starts the next person's search at once.
 */
export function OutcomeScreen(props: {
  shown: OutcomeStep;
  view: DeskView;
  dispatch: Dispatch<DeskAction>;
  onHelp: () => void;
  onTakeBack: (person: PersonCard) => void;
}): JSX.Element {
  const { shown, view, dispatch, onHelp, onTakeBack } = props;
  const { outcome } = shown;
  const { t } = useTexts();
  const name = outcomeName(outcome);
  const lines = useOutcomeLines(outcome, view);
  const focus = useFocusOnShow<HTMLButtonElement>();
  useNextPerson(dispatch);
  return (
    <section
      className={classes('outcome', `outcome-${name.replaceAll('_', '-')}`, `outcome-by-${shown.by}`)}
      role="alert"
      data-testid="outcome"
      data-outcome={name}
    >
      <Icon name={ICONS[name]} className="outcome-icon" />
      <h2 className="outcome-word">{t(`outcome.${name}`)}</h2>
      {lines.person && <p className="outcome-person">{lines.person}</p>}
      {lines.unit && <p className="outcome-facts">{lines.unit}</p>}
      {lines.facts.length > 0 && <p className="outcome-facts">{lines.facts.join(' · ')}</p>}
      {lines.hint && <p className="outcome-hint">{lines.hint}</p>}
      <div className="outcome-actions">
        <Button ref={focus} size="large">
          {t(outcome.ok ? 'desk.done' : 'common.back')}
        </Button>
        {outcome.ok && (
          <Button
            size="large"
            icon="undo"
            className="outcome-quiet"
            onClick={(event) => {
              event.stopPropagation();
              onTakeBack(outcome.person);
            }}
          >
            {t('desk.notMe')}
          </Button>
        )}
        {!outcome.ok && (
          <Button
            size="large"
            icon="hand"
            onClick={(event) => {
              event.stopPropagation();
              onHelp();
            }}
          >
            {t('desk.askSecretary')}
          </Button>
        )}
      </div>
      {shown.otherCodes > 0 && (
        <p key={shown.otherCodes} className="outcome-also" data-testid="other-code">
          {t('outcome.otherCode')}
        </p>
      )}
      {outcome.ok && <div key={`time ${shown.otherCodes}`} className="outcome-time" aria-hidden="true" />}
    </section>
  );
}

/** The second tap of a double tap, or a held Enter, must not take the outcome away before it was seen. */
const NOT_BEFORE_MS = 600;

/** A touch anywhere goes back; a letter is the first letter of the next name; Escape just goes back. */
function useNextPerson(dispatch: Dispatch<DeskAction>): void {
  // As soon as it is drawn: the next person may be quick.
  useLayoutEffect(() => {
    const shownAt = performance.now();
    const onClick = (): void => {
      if (performance.now() - shownAt >= NOT_BEFORE_MS) dispatch({ type: 'started_over' });
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') dispatch({ type: 'started_over' });
      else if (/^\p{L}$/u.test(event.key)) {
        event.preventDefault();
        dispatch({ type: 'letter', letter: event.key });
      }
    };
    window.addEventListener('click', onClick);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('click', onClick);
      window.removeEventListener('keydown', onKey);
    };
  }, [dispatch]);
}
