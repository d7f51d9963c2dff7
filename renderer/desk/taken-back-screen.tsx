import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useFocusOnShow } from '../ui/use-focus-on-show.ts';
import type { TakeBackFault } from './flow.ts';

/** What came of "that is not me". */
export function TakenBackScreen(props: {
  view: DeskView;
  name: string;
  fault: TakeBackFault | null;
  onHelp: () => void;
  onDone: () => void;
}): JSX.Element {
  const { fault, name } = props;
  const { t, you } = useTexts(props.view.address);
  const focus = useFocusOnShow<HTMLButtonElement>();
  const hint = fault === null ? 'desk.takenBackHint' : fault === 'too_late' ? 'desk.tooLateHint' : 'desk.notTakenHint';
  return (
    <section
      className={fault === null ? 'outcome outcome-taken-back' : 'outcome outcome-unreadable'}
      role="alert"
      data-testid="taken-back"
      data-fault={fault ?? 'none'}
    >
      <Icon name={fault === null ? 'undo' : 'alert'} className="outcome-icon" />
      <h2 className="outcome-word">{t(fault === null ? 'desk.takenBack' : 'desk.notTaken')}</h2>
      <p className="outcome-person">{name}</p>
      <p className="outcome-hint">{t(hint, { you })}</p>
      <div className="outcome-actions">
        <Button ref={focus} size="large" onClick={props.onDone}>
          {t(fault === null ? 'desk.pickAgain' : 'common.back')}
        </Button>
        {fault !== null && (
          <Button size="large" icon="hand" onClick={props.onHelp}>
            {t('desk.askSecretary')}
          </Button>
        )}
      </div>
    </section>
  );
}
