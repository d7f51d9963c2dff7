import type { JSX } from 'react';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** Leaves this session for the start screen: with the technician's PIN, and in a running sitting with a second yes. */
export function ChangeSessionSheet({ onClose }: { onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  const [pin, setPin] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const change = (): void =>
    void call('console/settings/change-session', { pin, sure: isRunning }).then((answer) => {
      setFailure(null);
      if (answer.ok) return onClose();
      if (answer.error === 'sitting_running') return setRunning(true);
      setPin('');
      if ('retryAfterMs' in answer)
        return setFailure(
          answer.retryAfterMs > 0
            ? t('lobby.failed.wait', { seconds: Math.ceil(answer.retryAfterMs / 1000) })
            : t('lobby.failed.wrong_pin'),
        );
      return setFailure(t('lobby.failed.unreachable'));
    });
  return (
    <Sheet
      title={t('settings.session.sheet')}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button size="large" tone={isRunning ? 'danger' : 'primary'} disabled={pin === ''} onClick={change}>
            {t(isRunning ? 'settings.session.doItAllTheSame' : 'settings.session.doIt')}
          </Button>
        </>
      }
    >
      {isRunning && <p className="confirm-warning">{t('settings.session.running')}</p>}
      <p>{t('settings.session.body')}</p>
      <label className="settings-pin">
        {t('lobby.allow.pin')}
        <input
          className="board-input"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value)}
        />
      </label>
      <p className="settings-failure" role="alert">
        {failure}
      </p>
    </Sheet>
  );
}
