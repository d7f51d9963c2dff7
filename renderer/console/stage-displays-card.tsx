import type { JSX } from 'react';
import { useState } from 'react';
import './stage-cards.css';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';
import type { BoardProps } from './board-props.ts';

/** Which display is which, and the two changed with one another; while the hall is watching it is asked before the picture moves. */
export function StageDisplaysCard({
  view,
  open,
  commands,
}: Pick<BoardProps, 'view' | 'open' | 'commands'>): JSX.Element {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const single = open.displays < 2;
  const live = view.sitting?.state === 'live';
  const swap = (): void => void commands.run('console/swap-displays', {});
  return (
    <Card title={t('hall.displays')} icon="desk" tone={single ? 'warn' : 'ok'}>
      <p>{t(single ? 'hall.displaysOne' : 'hall.displaysMany', { n: open.displays })}</p>
      <div className="stage-buttons">
        <Button icon="screen" onClick={() => void commands.run('console/identify-displays', {})}>
          {t('hall.identify')}
        </Button>
        <Button icon="swap" disabled={single} onClick={live ? () => setAsking(true) : swap}>
          {t('hall.swap')}
        </Button>
      </div>
      <p className="board-small">{t('hall.swapHint')}</p>
      {asking && (
        <Sheet
          title={t('hall.swapTitle')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button size="large" onClick={() => setAsking(false)}>
                {t('common.cancel')}
              </Button>
              <Button
                size="large"
                tone="primary"
                onClick={() => {
                  setAsking(false);
                  swap();
                }}
              >
                {t('hall.swap')}
              </Button>
            </>
          }
        >
          <p>{t('hall.swapLive')}</p>
        </Sheet>
      )}
    </Card>
  );
}
