import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';

/** What the desk says to whoever comes next: three steps and nothing else. */
export function Greeting(props: {
  view: DeskView;
  /** A scanner has been used here: then cards are worth a word. */
  hasScanner: boolean;
  onBrowse: () => void;
}): JSX.Element {
  const { view } = props;
  const { t, you } = useTexts(view.address);
  return (
    <div className="greeting">
      <p className="greeting-hello">
        {view.sitting && `${view.sitting.title} · `}
        {t('desk.greeting', { you })}
      </p>
      <p className="greeting-invite">{t('desk.invite', { you })}</p>
      {view.rollCall && <p className="greeting-roll-call">{t('desk.rollCall', { title: view.rollCall.title })}</p>}
      <ol className="greeting-steps">
        <li>{t('desk.step1')}</li>
        <li>{t('desk.step2')}</li>
        <li>{t('desk.step3')}</li>
      </ol>
      <div className="greeting-other">
        <Button size="large" icon="board" onClick={props.onBrowse}>
          {t('desk.browse')}
        </Button>
        {props.hasScanner && <p>{t('desk.scanHint')}</p>}
      </div>
    </div>
  );
}
