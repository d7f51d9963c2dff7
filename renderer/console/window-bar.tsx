import type { JSX } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { BoardProps } from './board-props.ts';

/** The ways out of the console: to another window, to the lock, and to the settings with the end of the kiosk. */
export function WindowBar({
  open,
  commands,
  atSettings,
  goToSettings,
}: Pick<BoardProps, 'open' | 'commands'> & { atSettings: boolean; goToSettings: () => void }): JSX.Element {
  const { t } = useTexts();
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
      <Button tone="quiet" icon="gear" aria-current={atSettings ? 'page' : undefined} onClick={goToSettings}>
        {t('settings.open')}
      </Button>
    </div>
  );
}
