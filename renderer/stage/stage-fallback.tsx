import type { JSX } from 'react';
import './stage.css';
import type { StageView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { SlateFrame } from './slate-frame.tsx';

/** The slate of a window that broke and is about to load again; shows only what was known before. */
export function StageFallback({ view }: { view: StageView | null }): JSX.Element {
  const { t } = useTexts();
  return (
    <main className="stage">
      <SlateFrame
        organiser={view?.organiser ?? null}
        conference={view?.conference ?? null}
        venue={view ? t('common.venue', { venue: view.venue.name }) : null}
        time={null}
        day={null}
      >
        <p className="slate-title">{t('common.restarting')}</p>
      </SlateFrame>
    </main>
  );
}
