import type { JSX } from 'react';
import './greeting.css';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';
import { keepTogether } from '../../electron/shared/keep-together.ts';

/** What the desk says to whoever comes next. */
export function Greeting({ view }: { view: DeskView }): JSX.Element {
  const { t, you } = useTexts(view.address);
  const where = t('common.venue', { venue: view.venue.name });
  return (
    <div className="greeting">
      <p className="greeting-hello">{keepTogether(view.sitting ? `${view.sitting.title} · ${where}` : where)}</p>
      <p className="greeting-invite">{t('desk.invite', { you })}</p>
      {view.rollCall && <p className="greeting-roll-call">{t('desk.rollCall', { title: view.rollCall.title })}</p>}
    </div>
  );
}

/** The three steps of typing, under the field. */
export function TypingSteps(): JSX.Element {
  const { t } = useTexts();
  return (
    <ol className="greeting-steps">
      <li>{t('desk.step1')}</li>
      <li>{t('desk.step2')}</li>
      <li>{t('desk.step3')}</li>
    </ol>
  );
}

/** The ways without typing, as large as the way with it. */
export function OtherWays(props: {
  /** A scanner has been used here: then cards are worth a word. */
  hasScanner: boolean;
  onBrowse: () => void;
}): JSX.Element {
  const { t } = useTexts();
  return (
    <div className="other-ways">
      <button type="button" className="other-browse" onClick={props.onBrowse}>
        <Icon name="board" />
        <span className="other-browse-word">{t('desk.browse')}</span>
        <span className="other-browse-hint">{t('desk.browseHint')}</span>
      </button>
      {props.hasScanner && (
        <p className="other-scan">
          <Icon name="scan" />
          <span>{t('desk.scanHint')}</span>
        </p>
      )}
    </div>
  );
}
