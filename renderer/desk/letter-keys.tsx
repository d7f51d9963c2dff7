import type { JSX, PointerEvent } from 'react';
import './letter-keys.css';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';

/** Alphabetical, because many who come here know the alphabet and not a typewriter. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const FIRST_ROW = LETTERS.slice(0, 13);
const SECOND_ROW = LETTERS.slice(13);

/** The press must not take the focus away from the field. */
const keepFocus = (event: PointerEvent): void => event.preventDefault();

/** A touch keyboard of plain letters: the search ignores marks, so there are no mark keys to get wrong. */
export function LetterKeys({
  onLetter,
  onErase,
}: {
  onLetter: (letter: string) => void;
  onErase: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const keyOf = (letter: string): JSX.Element => (
    <button key={letter} type="button" tabIndex={-1} onClick={() => onLetter(letter)}>
      {letter}
    </button>
  );
  return (
    <fieldset className="letter-keys" aria-label={t('desk.keyboard')} onPointerDown={keepFocus}>
      {FIRST_ROW.map(keyOf)}
      <button type="button" tabIndex={-1} className="letter-keys-wide" onClick={onErase}>
        <Icon name="backspace" />
        <span>{t('desk.keyErase')}</span>
      </button>
      {SECOND_ROW.map(keyOf)}
      <button type="button" tabIndex={-1} className="letter-keys-wide" onClick={() => onLetter(' ')}>
        {t('desk.keySpace')}
      </button>
    </fieldset>
  );
}
