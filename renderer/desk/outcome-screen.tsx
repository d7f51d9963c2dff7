import type { Dispatch, JSX } from 'react';
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
import { useNextPerson } from './use-next-person.ts';
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
  /** A scan is being looked up. */
  looking: boolean;
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
  useNextPerson(dispatch, props.looking);
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
