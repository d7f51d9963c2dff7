import type { JSX } from 'react';
import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Chip } from '../ui/card.tsx';
import { formatCount, formatDay, formatTimeWithSeconds } from '../ui/format.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import { RehearsalChip } from '../ui/watermark.tsx';
import { SittingSelect, type ChosenSitting } from './chosen-sitting.tsx';

/** A clock this far from the centre's deserves a word. */
const SKEW_WARNING_MS = 60_000;

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
  const skew = open.clockOffsetMs ?? 0;
  return (
    <header className="board-header">
      <div className="board-header-event">
        <h1>{view.conference}</h1>
        <p>
          {t('common.venue', { venue: view.venue.name })}
          {view.role && ` · ${t(`console.lock.${view.role}`)}`}
          {view.hotline && ` · ${t('common.hotline', { hotline: view.hotline })}`}
        </p>
      </div>
      {chosen && <SittingSelect chosen={chosen} open={open} />}
      {Math.abs(skew) > SKEW_WARNING_MS && (
        <Chip tone="warn">
          {t('console.clock.skewed', { seconds: formatCount(Math.round(Math.abs(skew) / 1000), language) })}
        </Chip>
      )}
      {open.provenance === 'unsigned' && <Chip tone="warn">{t('console.package.unsigned')}</Chip>}
      {view.rehearsal && <RehearsalChip word={t('common.rehearsal')} />}
      <LanguageSwitch />
      <p className="board-clock">
        <strong>{formatTimeWithSeconds(now)}</strong>
        <span>{formatDay(now, language)}</span>
      </p>
    </header>
  );
}
