import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useFocusOnShow } from '../ui/use-focus-on-show.ts';

/** Seen from across the hall: somebody here would like the secretary. `heard`: the console shows it. */
export function HelpScreen(props: { view: DeskView; heard: boolean; onDone: () => void }): JSX.Element {
  const { view, heard, onDone } = props;
  const { t, you } = useTexts(view.address);
  const focus = useFocusOnShow<HTMLButtonElement>();
  return (
    <section className="outcome outcome-help" role="alert">
      <Icon name="hand" className="outcome-icon" />
      <h2 className="outcome-word">{t(heard ? 'desk.helpTitle' : 'desk.helpCalling')}</h2>
      <p className="outcome-hint">{t('desk.helpHint', { you })}</p>
      <div className="outcome-actions">
        <Button ref={focus} size="large" onClick={onDone}>
          {t('desk.helpDone')}
        </Button>
      </div>
    </section>
  );
}
