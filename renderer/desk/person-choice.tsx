import type { JSX } from 'react';
import './person-choice.css';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { classes } from '../ui/classes.ts';
import { formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';

interface Props {
  person: PersonCard;
  onPick: (person: PersonCard) => void;
}

/** One person among those found, on one line: name, year, unit; the position only where nothing else tells two people apart. */
export function PersonRow({ person, onPick }: Props): JSX.Element {
  const { t } = useTexts();
  const facts = person.alike === 'all' ? [person.position, person.unit] : [person.unit];
  return (
    <button type="button" className={nameClass('person-row', person)} onClick={() => onPick(person)}>
      <span className="person-name">{person.name}</span>
      <span className="person-born">{person.birthYear !== null && t('desk.bornIn', { year: person.birthYear })}</span>
      <span className="person-last">
        <span className="person-facts">{facts.filter(Boolean).join(' · ')}</span>
        <SignedInMark at={person.signedInAt} />
      </span>
    </button>
  );
}

/** One person of a unit that was chosen already. */
export function PersonTile({ person, onPick }: Props): JSX.Element {
  const facts = [person.birthYear, person.alike === 'all' && person.position].filter(Boolean);
  return (
    <button type="button" className={nameClass('person-tile', person)} onClick={() => onPick(person)}>
      <span className="person-tile-text">
        {person.name}
        {facts.length > 0 && <span className="person-tile-facts"> {facts.join(' · ')}</span>}
      </span>
      <SignedInMark at={person.signedInAt} />
    </button>
  );
}

function nameClass(look: string, person: PersonCard): string {
  return classes('person', look, person.signedInAt !== null && 'person-done');
}

function SignedInMark({ at }: { at: number | null }): JSX.Element | null {
  const { t, language } = useTexts();
  if (at === null) return null;
  const time = formatTime(at, language);
  return (
    <span className="person-mark">
      <Icon name="already" />
      <span aria-hidden="true">{time}</span>
      <span className="visually-hidden">{t('desk.alreadyMark', { time })}</span>
    </span>
  );
}
