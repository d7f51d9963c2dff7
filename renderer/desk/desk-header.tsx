import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatCount } from '../ui/format.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { RehearsalChip } from '../ui/watermark.tsx';

/** What event this is, and how many have come. */
export function DeskHeader({ view }: { view: DeskView }): JSX.Element {
  const { t, language } = useTexts();
  const present = formatCount(view.signedIn, language);
  return (
    <header className="desk-header">
      <div className="desk-header-event">
        <h1>{view.conference}</h1>
        <p>{t('common.venue', { venue: view.venue.name })}</p>
      </div>
      {view.rehearsal && <RehearsalChip word={t('common.rehearsal')} />}
      <LanguageSwitch />
      <p className="desk-count" data-testid="count">
        <span className="desk-count-word">{t('desk.present')}</span>{' '}
        <strong>
          {view.hasRoster ? t('desk.presentOf', { present, summoned: formatCount(view.summoned, language) }) : present}
        </strong>
      </p>
    </header>
  );
}
