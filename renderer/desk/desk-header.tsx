import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatCount, formatTime } from '../ui/format.ts';
import { HoldButton } from '../ui/hold-button.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import { RehearsalChip } from '../ui/watermark.tsx';

/** On one line: the technician's way to the console, what event this is, letters and language, the time, and how many have come. */
export function DeskHeader(props: {
  view: DeskView;
  clock: CoreClock;
  /** The mark of a rehearsal stands here; elsewhere while something covers the desk. */
  chip: boolean;
  large: boolean;
  onLarge: () => void;
}): JSX.Element {
  const { view } = props;
  const { t, language } = useTexts();
  const now = useNow(props.clock);
  const present = formatCount(view.signedIn, language);
  return (
    <header className="desk-header">
      <HoldButton
        icon="lock"
        label={t('ways.console')}
        hint={t('ways.consoleHint')}
        onHeld={() => void call('desk/show', { role: 'console' })}
      />
      <h1 title={view.conference}>{view.conference}</h1>
      {view.rehearsal && props.chip && <RehearsalChip word={t('common.rehearsal')} />}
      <button
        type="button"
        className="desk-letters"
        aria-label={t('desk.largeLetters')}
        aria-pressed={props.large}
        onClick={props.onLarge}
      >
        <span aria-hidden="true">A</span>
      </button>
      <LanguageSwitch />
      <p className="desk-clock">{formatTime(now, language)}</p>
      <p className="desk-count" data-testid="count">
        <span className="desk-count-word">{t('desk.present')}</span>{' '}
        <strong>
          {view.hasRoster ? t('desk.presentOf', { present, summoned: formatCount(view.summoned, language) }) : present}
        </strong>
      </p>
    </header>
  );
}
