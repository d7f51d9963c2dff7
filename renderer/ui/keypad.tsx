import type { JSX } from 'react';
import { useEffect, useEffectEvent } from 'react';
import './keypad.css';
import { Icon } from './icon.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * Number keys for touch, and the same by keyboard. Reads `event.code`, because some Vietnamese layouts turn the
 * digit row into letters.
 */
export function Keypad(props: {
  label: string;
  eraseLabel: string;
  enterLabel: string;
  disabled: boolean;
  onDigit: (digit: string) => void;
  onErase: () => void;
  onEnter: () => void;
}): JSX.Element {
  const { disabled, onDigit, onErase, onEnter } = props;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (disabled || event.ctrlKey || event.altKey || event.metaKey) return;
    const digit = /^(?:Digit|Numpad)(\d)$/u.exec(event.code)?.[1];
    const onAButton = document.activeElement instanceof HTMLButtonElement;
    if (digit !== undefined && !event.shiftKey) onDigit(digit);
    else if (event.code === 'Backspace') onErase();
    else if ((event.code === 'Enter' || event.code === 'NumpadEnter') && !onAButton) onEnter();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <fieldset className="keypad" aria-label={props.label}>
      {DIGITS.map((digit) => (
        <button key={digit} type="button" disabled={disabled} onClick={() => onDigit(digit)}>
          {digit}
        </button>
      ))}
      <button
        type="button"
        className="keypad-erase"
        disabled={disabled}
        onClick={onErase}
        aria-label={props.eraseLabel}
      >
        <Icon name="backspace" />
      </button>
      <button type="button" disabled={disabled} onClick={() => onDigit('0')}>
        0
      </button>
      <button type="button" className="keypad-enter" disabled={disabled} onClick={onEnter}>
        {props.enterLabel}
      </button>
    </fieldset>
  );
}
