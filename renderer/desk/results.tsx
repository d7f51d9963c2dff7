import type { JSX, RefObject } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { MIN_QUERY_LETTERS } from '../../electron/contract/limits.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { countLetters } from './flow.ts';
import { showNextPage, useHiddenBelow } from './use-hidden-below.ts';
import type { Found } from './use-search.ts';

interface Props {
  query: string;
  found: Found | null;
  view: DeskView;
  /** The choice cards inside are walked with the arrow keys. */
  cards: RefObject<HTMLUListElement | null>;
  onPick: (person: PersonCard) => void;
}

/** The choice cards, or one sentence that says why there are none. */
export function Results({ query, found, view, cards, onPick }: Props): JSX.Element {
  const { t, you } = useTexts(view.address);
  if (countLetters(query) < MIN_QUERY_LETTERS) return <p className="results-note">{t('desk.oneMore')}</p>;
  if (found === null) return <p className="results-note" />;
  const { answer } = found;
  if (!answer.ok)
    return (
      <p className="results-note" aria-live="polite">
        {t(answer.error === 'query_too_short' ? 'desk.oneMore' : 'common.reconnecting')}
      </p>
    );
  if (answer.people.length === 0)
    return (
      <div className="results-note" aria-live="polite">
        <p className="results-note-strong">{t('desk.nothing')}</p>
        <p>{t('desk.nothingHint', { you })}</p>
      </div>
    );
  return (
    <People
      key={answer.people.map((person) => person.personId).join(' ')}
      people={answer.people}
      more={answer.more}
      cards={cards}
      onPick={onPick}
    />
  );
}

function People(props: {
  people: readonly PersonCard[];
  more: boolean;
  cards: Props['cards'];
  onPick: Props['onPick'];
}): JSX.Element {
  const { t } = useTexts();
  const { cards } = props;
  const hidden = useHiddenBelow(cards);
  return (
    <div className="results">
      <p className="results-head">{t('desk.pickYours')}</p>
      <ul ref={cards} aria-label={t('desk.results')} className="results-list">
        {props.people.map((person) => (
          <li key={person.personId}>
            <PersonChoice person={person} onPick={props.onPick} />
          </li>
        ))}
      </ul>
      {(hidden || props.more) && (
        <div className="results-foot">
          {hidden && (
            <Button icon="down" size="large" tabIndex={-1} onClick={() => showNextPage(cards.current)}>
              {t('desk.nextPage')}
            </Button>
          )}
          {props.more && <p>{t('desk.more')}</p>}
        </div>
      )}
    </div>
  );
}

/** One person to choose: what tells namesakes apart and nothing more. */
export function PersonChoice({
  person,
  onPick,
}: {
  person: PersonCard;
  onPick: (person: PersonCard) => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const facts = [person.unit, person.position].filter(Boolean).join(' · ');
  return (
    <button
      type="button"
      className={classes('person', person.signedInAt !== null && 'person-done')}
      onClick={() => onPick(person)}
    >
      <span className="person-name">{person.name}</span>
      <span className="person-facts">
        {person.birthYear !== null && (
          <span className="person-born">{t('desk.bornIn', { year: person.birthYear })} </span>
        )}
        {facts}
      </span>
      {person.signedInAt !== null && (
        <span className="person-mark">
          <Icon name="already" />
          {t('desk.alreadyMark', { time: formatTime(person.signedInAt, language) })}
        </span>
      )}
    </button>
  );
}
