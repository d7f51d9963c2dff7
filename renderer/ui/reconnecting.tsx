import type { JSX } from 'react';
import './reconnecting.css';
import { useTexts } from '../i18n/use-texts.ts';

/** Says that the line to the core is lost; the window stays usable. */
export function Reconnecting({ lost }: { lost: boolean }): JSX.Element {
  const { t } = useTexts();
  return (
    <div className="reconnecting" aria-live="polite">
      {lost && <span>{t('common.reconnecting')}</span>}
    </div>
  );
}
