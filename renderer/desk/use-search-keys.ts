import type { RefObject } from 'react';
import { useEffect, useEffectEvent } from 'react';

interface SearchKeys {
  /** The search is on screen and may be used. */
  active: boolean;
  input: RefObject<HTMLInputElement | null>;
  cards: RefObject<HTMLUListElement | null>;
  onEnter: () => void;
  onClear: () => void;
}

/**
 * The search by keyboard alone: whatever was tapped last, a typed letter goes into the field; the arrows walk from the
 * field to the cards and back; Enter on a card picks it.
 */
export function useSearchKeys({ active, input, cards, onEnter, onClear }: SearchKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const { activeElement } = document;
    const inField = activeElement === input.current;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      walk(event.key === 'ArrowDown' ? 1 : -1, input.current, cards.current);
    } else if (event.key === 'Enter' && inField) onEnter();
    else if (event.key === 'Escape') {
      onClear();
      input.current?.focus({ preventScroll: true });
    } else if (isTyping(event) && !inField) input.current?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (!active) return;
    input.current?.focus({ preventScroll: true });
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [active, input]);
}

/** A letter, or an erasure; a space on a button presses the button. */
function isTyping(event: KeyboardEvent): boolean {
  if (event.key === 'Backspace') return true;
  return event.key.length === 1 && !(event.key === ' ' && document.activeElement instanceof HTMLButtonElement);
}

function walk(step: 1 | -1, input: HTMLInputElement | null, list: HTMLUListElement | null): void {
  const stops = [input, ...(list?.querySelectorAll('button') ?? [])];
  const at = Math.max(0, stops.indexOf(document.activeElement as HTMLInputElement | HTMLButtonElement));
  const target = stops[Math.max(0, Math.min(stops.length - 1, at + step))];
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'nearest' });
}
