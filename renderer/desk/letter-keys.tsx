import type { JSX, PointerEvent } from 'react';
import './letter-keys.css';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';

/** Alphabetical, because many who come here know the alphabet and not a typewriter. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

/** The press must not take the focus away from the field. */
const keepFocus = (event: PointerEvent): void => event.preventDefault();

/** A touch keyboard of plain letters: the search ignores marks, so there are no mark keys to get wrong. */
export function LetterKeys(props: {
  onLetter: (letter: string) => void;
  onErase: () => void;
  onClear: () => void;
}): JSX.Element {
  const { t } = useTexts();
  return (
    <fieldset className="letter-keys" aria-label={t('desk.keyboard')} onPointerDown={keepFocus}>
      {LETTERS.map((letter) => (
        <button key={letter} type="button" tabIndex={-1} onClick={() => props.onLetter(letter)}>
          {letter}
        </button>
      ))}
      <button
        type="button"
        tabIndex={-1}
        className="letter-keys-erase"
        onClick={props.onErase}
        aria-label={t('desk.keyErase')}
      >
        <Icon name="backspace" />
        <span>{t('desk.keyErase')}</span>
      </button>
      <button type="button" tabIndex={-1} className="letter-keys-space" onClick={() => props.onLetter(' ')}>
        {t('desk.keySpace')}
      </button>
      <button type="button" tabIndex={-1} className="letter-keys-clear" onClick={props.onClear}>
        {t('desk.keyClear')}
      </button>
    </fieldset>
  );
}
