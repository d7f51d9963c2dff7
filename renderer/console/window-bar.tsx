import type { JSX } from 'react';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { BoardProps } from './board-props.ts';
import { ChangePinSheet } from './change-pin-sheet.tsx';

/** The ways out of the console: to another window, to the lock, to the end of the kiosk. */
export function WindowBar({ open, commands, ask }: Pick<BoardProps, 'open' | 'commands' | 'ask'>): JSX.Element {
  const { t } = useTexts();
  const [changing, setChanging] = useState(false);
  return (
    <div className="window-bar">
      {open.displays < 2 && (
        // With two displays the big screen is in front of the hall anyway, and nothing would happen here.
        <Button icon="screen" onClick={() => void commands.run('console/show', { role: 'stage' })}>
          {t('console.bar.toStage')}
        </Button>
      )}
      <Button
        icon="desk"
        onClick={() => {
          // Leaving the console for the public desk locks it: nobody must find it open there.
          void call('console/show', { role: 'desk' }).then(() => call('console/lock', {}));
        }}
      >
        {t('console.bar.toDesk')}
      </Button>
      <Button icon="lock" onClick={() => void commands.run('console/lock', {})}>
        {t('console.bar.lock')}
      </Button>
      <Button tone="quiet" icon="lock" onClick={() => setChanging(true)}>
        {t('board.pin.change')}
      </Button>
      {changing && <ChangePinSheet onClose={() => setChanging(false)} />}
      <Button tone="quiet" icon="power" onClick={() => ask({ ask: 'quit' })}>
        {t('console.bar.quit')}
      </Button>
    </div>
  );
}
