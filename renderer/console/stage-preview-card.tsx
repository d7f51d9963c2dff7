import type { JSX } from 'react';
import { useEffect, useId, useState } from 'react';
import './stage-cards.css';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import type { BoardProps } from './board-props.ts';

const EVERY_MS = 1_500;
/** An older picture is not what the hall sees now. */
const OLD_MS = 8_000;
/** A finger on the slider sends no more often than this. */
const SETTLE_MS = 250;

/** What the hall sees, small, with its volume. The stage sends pictures only while this card is on screen. */
export function StagePreviewCard({ open, commands, clock }: BoardProps): JSX.Element {
  const { t } = useTexts();
  const jpeg = useStagePicture(clock);
  return (
    <Card title={t('hall.preview')} icon="screen">
      <div className="stage-preview">
        {jpeg === null ? (
          <p>{t(open.stage.connected ? 'hall.previewSoon' : 'hall.previewNone')}</p>
        ) : (
          <img src={`data:image/jpeg;base64,${jpeg}`} alt={t('hall.previewAlt')} />
        )}
      </div>
      <Volume key={String(open.hallSettings.volume)} settings={open.hallSettings} commands={commands} />
    </Card>
  );
}

function useStagePicture(clock: BoardProps['clock']): string | null {
  const [jpeg, setJpeg] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        const answer = await call('console/stage-preview', {});
        if (stopped) return;
        const isFresh = answer.ok && answer.at !== null && clock.now() - answer.at < OLD_MS;
        setJpeg(isFresh ? answer.jpeg : null);
      }
      timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [clock]);
  return jpeg;
}

function Volume(props: Pick<BoardProps, 'commands'> & { settings: { volume: number; muted: boolean } }): JSX.Element {
  const { t } = useTexts();
  const id = useId();
  const { muted } = props.settings;
  const [volume, setVolume] = useState(props.settings.volume);
  const { run } = props.commands;
  useEffect(() => {
    if (volume === props.settings.volume) return;
    const timer = setTimeout(() => void run('console/volume', { volume, muted: false }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [volume, props.settings.volume, run]);
  return (
    <div className="stage-volume">
      <label htmlFor={id}>{t('hall.volume')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={volume}
        onChange={(event) => setVolume(Number(event.target.value))}
      />
      <output htmlFor={id}>{muted ? t('hall.mutedShort') : volume}</output>
      <Button
        icon="sound"
        aria-pressed={muted}
        tone={muted ? 'danger' : 'plain'}
        onClick={() => void run('console/volume', { volume, muted: !muted })}
      >
        {t(muted ? 'hall.unmute' : 'hall.mute')}
      </Button>
    </div>
  );
}
