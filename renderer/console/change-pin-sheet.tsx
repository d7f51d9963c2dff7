import type { JSX } from 'react';
import { useState } from 'react';
import type { ConsoleRole } from '../../electron/contract/api.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatCountdown } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useSay } from './toasts.tsx';

const ROLES: readonly ConsoleRole[] = ['technician', 'chair'];

/** Where the PINs are changed. */
export function PinCard(): JSX.Element {
  const { t } = useTexts();
  const [changing, setChanging] = useState(false);
  return (
    <Card title={t('board.pin.title')} icon="lock">
      <div>
        <Button icon="lock" onClick={() => setChanging(true)}>
          {t('board.pin.change')}
        </Button>
      </div>
      {changing && <ChangePinSheet onClose={() => setChanging(false)} />}
    </Card>
  );
}

/** Changes the PIN of either role. Without the one that is replaced it is changed too, and stands in the report. */
function ChangePinSheet({ onClose }: { onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  const say = useSay();
  const [role, setRole] = useState<ConsoleRole>('technician');
  const [current, setCurrent] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isPin = /^\d{6,10}$/u.test(pin);
  const save = async (): Promise<void> => {
    if (pin !== again) return setRefusal(t('board.pin.differ'));
    setBusy(true);
    const answer = await call('console/set-pin', { role, pin, ...(current === '' ? {} : { current }) });
    setBusy(false);
    if (answer.ok) {
      say(t('board.pin.done', { role: t(`people.actor.${role}`) }));
      return onClose();
    }
    if (answer.error === 'wrong_pin' || answer.error === 'locked_out')
      return setRefusal(
        answer.retryAfterMs > 0
          ? t('report.failed.locked_out', { left: formatCountdown(answer.retryAfterMs) })
          : t('report.failed.wrong_pin'),
      );
    return setRefusal(t(answer.error === 'unreachable' ? 'console.failed.unreachable' : 'console.failed.general'));
  };
  return (
    <Sheet
      title={t('board.pin.title')}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button size="large" tone="primary" disabled={busy || !isPin || again === ''} onClick={() => void save()}>
            {t('board.pin.do')}
          </Button>
        </>
      }
    >
      <fieldset className="people-usual" aria-label={t('console.lock.role')}>
        {ROLES.map((each) => (
          <Button key={each} aria-pressed={role === each} onClick={() => setRole(each)}>
            {t(`console.lock.${each}`)}
          </Button>
        ))}
      </fieldset>
      <div className="people-form">
        <PinField label={t('board.pin.current')} value={current} onChange={setCurrent} />
        <p className="board-small">{t('board.pin.currentHint')}</p>
        <PinField label={t('board.pin.new')} value={pin} onChange={setPin} />
        <PinField label={t('board.pin.again')} value={again} onChange={setAgain} />
      </div>
      <p role="alert" className="people-said">
        {refusal}
      </p>
    </Sheet>
  );
}

function PinField(props: { label: string; value: string; onChange: (pin: string) => void }): JSX.Element {
  return (
    <label className="people-field">
      <span>{props.label}</span>
      <input
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        className="board-input people-time"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value.replace(/\D/gu, ''))}
      />
    </label>
  );
}
