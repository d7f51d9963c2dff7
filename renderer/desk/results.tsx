import type { JSX, RefObject } from 'react';
import './results.css';
import type { DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { MIN_QUERY_LETTERS } from '../../electron/contract/limits.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { countLetters } from './flow.ts';
import { Pager } from './pager.tsx';
import { PersonRow } from './person-choice.tsx';
import { useHidden } from './use-hidden.ts';
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
  const hidden = useHidden(cards);
  const side = hidden.above || hidden.below || props.more;
  return (
    <div className="results">
      <p className="results-head">{t('desk.pickYours')}</p>
      <ul ref={cards} aria-label={t('desk.results')} className="results-list">
        {props.people.map((person) => (
          <li key={person.personId}>
            <PersonRow person={person} onPick={props.onPick} />
          </li>
        ))}
      </ul>
      {side && (
        <div className="results-side">
          <Pager list={cards} hidden={hidden} />
          {props.more && <p>{t('desk.more')}</p>}
        </div>
      )}
    </div>
  );
}
