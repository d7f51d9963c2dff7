import type { JSX } from 'react';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** Leaves the kiosk; where this PC has a technician's PIN, only with it. */
export function QuitSheet({ hasPin, onClose }: { hasPin: boolean; onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  const [pin, setPin] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const quit = (): void =>
    void call('lobby/quit', hasPin ? { pin } : {}).then((answer) => {
      if (answer.ok) return;
      setPin('');
      if (answer.error === 'unreachable') setFailure(t('lobby.failed.unreachable'));
      else if ('retryAfterMs' in answer && answer.retryAfterMs > 0)
        setFailure(t('lobby.failed.wait', { seconds: Math.ceil(answer.retryAfterMs / 1000) }));
      else setFailure(t('lobby.failed.wrong_pin'));
    });
  return (
    <Sheet
      title={t('lobby.leave.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="danger" icon="power" disabled={hasPin && pin === ''} onClick={quit}>
            {t('lobby.leave.leave')}
          </Button>
        </>
      }
    >
      <p>{t('lobby.leave.hint')}</p>
      {hasPin && (
        <div className="lobby-allow">
          <label>
            {t('lobby.allow.pin')}
            <input
              type="password"
              inputMode="numeric"
              autoComplete="off"
              value={pin}
              onChange={(event) => setPin(event.currentTarget.value)}
            />
          </label>
        </div>
      )}
      <p className="lobby-failure" role="alert">
        {failure}
      </p>
    </Sheet>
  );
}
