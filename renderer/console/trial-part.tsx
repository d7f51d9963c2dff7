import type { JSX } from 'react';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { sayTrialFailure } from '../ui/say-trial-failure.ts';
import type { Commands } from './use-command.ts';

/** Begins a trial of this session. */
export function TrialCard({ isTechnician }: { isTechnician: boolean }): JSX.Element {
  const { t, language } = useTexts();
  const [failure, setFailure] = useState<string | null>(null);
  const begin = (): void =>
    void call('console/trial/begin', {}).then((answer) => setFailure(sayTrialFailure(answer, t, language)));
  return (
    <Card title={t('trial.title')} icon="play">
      <p className="board-small">{t('trial.hint')}</p>
      {!isTechnician && <p className="board-small">{t('trial.technicianOnly')}</p>}
      <div className="board-action">
        <Button icon="play" disabled={!isTechnician} onClick={begin}>
          {t('trial.begin')}
        </Button>
      </div>
      <p className="settings-failure" role="alert">
        {failure}
      </p>
    </Card>
  );
}

/** This is a trial: until when, and the way out. */
export function TrialBanner({ until, commands }: { until: number; commands: Commands }): JSX.Element {
  const { t, language } = useTexts();
  return (
    <section className="early-end" aria-labelledby="trial-title">
      <Icon name="hourglass" className="early-end-icon" />
      <div className="early-end-text">
        <h2 id="trial-title">{t('trial.running')}</h2>
        <p>{t('trial.runningHint', { time: formatTime(until, language) })}</p>
      </div>
      <Button disabled={commands.busy} onClick={() => void commands.run('console/trial/end', {})}>
        {t('trial.end')}
      </Button>
    </section>
  );
}
