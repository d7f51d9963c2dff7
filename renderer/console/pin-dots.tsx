import type { JSX } from 'react';
import './pin-dots.css';
import { useTexts } from '../i18n/use-texts.ts';

/** How many digits were entered, never which. */
export function PinDots({ length }: { length: number }): JSX.Element {
  const { t } = useTexts();
  return (
    <div className="pin-dots">
      <span className="visually-hidden" aria-live="polite">
        {t('console.lock.entered', { count: length })}
      </span>
      {Array.from({ length: Math.max(6, length) }, (_, i) => (
        <i key={i} className={i < length ? 'full' : ''} aria-hidden="true" />
      ))}
    </div>
  );
}
