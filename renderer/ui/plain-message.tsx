import type { JSX } from 'react';
import './plain-message.css';
import { useTexts } from '../i18n/use-texts.ts';

/** A calm page with one sentence: before the first snapshot, and while a broken window starts again. */
export function PlainMessage({ text }: { text: 'starting' | 'restarting' | 'reconnecting' }): JSX.Element {
  const { t } = useTexts();
  return (
    <main className="plain-message">
      <p aria-live="polite">{t(`common.${text}`)}</p>
    </main>
  );
}
