import type { JSX } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { BoardProps } from './board-props.ts';

/** The ways out of the console: to another window, to the lock, to the end of the kiosk. */
export function WindowBar({ commands, ask }: BoardProps): JSX.Element {
  const { t } = useTexts();
  return (
    <div className="window-bar">
      <Button icon="screen" onClick={() => void commands.run('console/show', { role: 'stage' })}>
        {t('console.bar.toStage')}
      </Button>
      <Button
        icon="desk"
        onClick={() => {
          // Leaving the console for the public desk locks it: nobody must find it open there.
          void commands.run('console/show', { role: 'desk' }).then(() => commands.run('console/lock', {}));
        }}
      >
        {t('console.bar.toDesk')}
      </Button>
      <Button icon="lock" onClick={() => void commands.run('console/lock', {})}>
        {t('console.bar.lock')}
      </Button>
      <Button tone="quiet" icon="power" onClick={() => ask({ ask: 'quit' })}>
        {t('console.bar.quit')}
      </Button>
    </div>
  );
}
