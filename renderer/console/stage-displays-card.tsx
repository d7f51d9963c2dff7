import type { JSX } from 'react';
import { useState } from 'react';
import './stage-cards.css';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** Which display is which, and the two changed with one another. Of the PC, so any page may show it. */
export function StageDisplaysCard(props: {
  /** Displays connected now. */
  displays: number;
  /** The hall is watching: it is asked before the picture moves. */
  live: boolean;
  onIdentify: () => void;
  onSwap: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const single = props.displays < 2;
  return (
    <Card title={t('hall.displays')} icon="desk" tone={single ? 'warn' : 'ok'}>
      <p>{t(single ? 'hall.displaysOne' : 'hall.displaysMany', { n: props.displays })}</p>
      <div className="stage-buttons">
        <Button icon="screen" onClick={props.onIdentify}>
          {t('hall.identify')}
        </Button>
        <Button icon="swap" disabled={single} onClick={props.live ? () => setAsking(true) : props.onSwap}>
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
                  props.onSwap();
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
