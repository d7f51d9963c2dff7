import type { JSX } from 'react';
import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatDay, formatTimeWithSeconds } from '../ui/format.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import { RehearsalChip } from '../ui/watermark.tsx';
import { SittingSelect, type ChosenSitting } from './chosen-sitting.tsx';

/** Which event and venue, the time, and what is special about this run. */
export function BoardHeader({
  view,
  open,
  clock,
  chosen,
}: {
  view: ConsoleView;
  open: ConsoleOpenView;
  clock: CoreClock;
  chosen: ChosenSitting | null;
}): JSX.Element {
  const { t, language } = useTexts();
  const now = useNow(clock);
  return (
    <header className="board-header">
      <div className="board-header-event">
        <h1 title={view.conference}>{keepTogether(view.conference)}</h1>
        <p>
          <span>
            {t('common.venue', { venue: view.venue.name })}
            {view.role && ` · ${t(`console.lock.${view.role}`)}`}
          </span>
          {/* Half a number calls nobody: the name of the venue gives way. */}
          {view.hotline && <span className="board-hotline"> · {t('common.hotline', { hotline: view.hotline })}</span>}
        </p>
      </div>
      {chosen && <SittingSelect chosen={chosen} open={open} />}
      {view.rehearsal && <RehearsalChip word={t('common.rehearsal')} />}
      <LanguageSwitch />
      <p className="board-clock">
        <strong>{formatTimeWithSeconds(now)}</strong>
        <span>{formatDay(now, language)}</span>
      </p>
    </header>
  );
}
