import type { JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import './settings.css';
import type { SettingsAnswer } from '../../electron/contract/api-settings.ts';
import type { Answer } from '../client/call.ts';
import { call } from '../client/call.ts';
import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { viPc } from '../i18n/vi-pc.ts';
import { Button } from '../ui/button.tsx';
import { Card, Facts, Verdict } from '../ui/card.tsx';
import { formatDate, formatTime } from '../ui/format.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import type { BoardProps } from './board-props.ts';
import { ChangeSessionSheet } from './change-session-sheet.tsx';
import { PcCards } from './pc-settings-cards.tsx';
import { PinCard } from './change-pin-sheet.tsx';
import { RecoveryCard } from './recovery-card.tsx';
import { SoundCard } from './sound-card.tsx';
import { StageDisplaysCard } from './stage-displays-card.tsx';
import { TrialCard } from './trial-part.tsx';
import { useSetting } from './use-setting.tsx';

const TONES = { on: 'ok', off: 'warn', broken: 'bad', unknown: 'quiet' } as const;

/** What is set for this PC: the session, whether it starts by itself, and the way out. Who changed what stands below. */
export function SettingsPage({ view, open, commands, ask, clock }: BoardProps): JSX.Element {
  const { t, language } = useTexts();
  const [settings, setSettings] = useState<SettingsAnswer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isChanging, setChanging] = useState(false);
  const take = useCallback((answer: Answer<'console/settings/read'>): void => {
    if (answer.ok) setSettings(answer);
    else if (answer.error !== 'locked') setFailure('unreachable');
  }, []);
  useEffect(() => {
    let isShown = true;
    void call('console/settings/read', {}).then((answer) => isShown && take(answer));
    return () => {
      isShown = false;
    };
  }, [take]);
  const readAgain = async (): Promise<void> => take(await call('console/settings/read', {}));
  const setAutostart = async (on: boolean): Promise<void> => {
    const answer = await call('console/settings/autostart', { on });
    // What the system has afterwards is what counts, not what was asked for.
    const isDone = answer.ok && answer.state === (on ? 'on' : 'off');
    setFailure(isDone ? null : answer.ok || answer.error === 'not_written' ? 'not_written' : 'unreachable');
    await readAgain();
  };
  const sticks = useSetting(() => void readAgain());
  const autostart = settings?.autostart ?? 'unknown';

  return (
    <div className="settings-page">
      <Card title={t('settings.session.title')} icon="report">
        <Facts
          facts={[
            [t('lobby.facts.conference'), keepTogether(view.conference)],
            [t('lobby.facts.venue'), view.venue.name],
          ]}
        />
        <p className="board-small">{t('settings.session.hint')}</p>
        <div className="board-action">
          <Button icon="forward" onClick={() => setChanging(true)}>
            {t('settings.session.change')}
          </Button>
        </div>
      </Card>
      {view.rehearsal || <TrialCard isTechnician={view.role === 'technician'} />}
      {settings && <PcCards settings={settings} onChanged={() => void readAgain()} />}
      <Card title={t('settings.autostart.title')} icon="power">
        <Verdict tone={TONES[autostart]}>{t(`settings.autostart.${autostart}`)}</Verdict>
        <p className="board-small">{t('settings.autostart.hint')}</p>
        <div className="board-action">
          {autostart !== 'unknown' && (
            <Button icon="power" onClick={() => void setAutostart(autostart !== 'on')}>
              {t(autostart === 'on' ? 'settings.autostart.turnOff' : 'settings.autostart.turnOn')}
            </Button>
          )}
        </div>
        <p className="settings-failure" role="alert">
          {failure && t(`settings.failed.${failure === 'not_written' ? 'not_written' : 'unreachable'}`)}
        </p>
      </Card>
      <Card title={t('keys.copies.title')} icon="report">
        <Verdict tone={settings?.stickCopies ? 'ok' : 'quiet'}>
          {t(settings?.stickCopies ? 'keys.copies.on' : 'keys.copies.off')}
        </Verdict>
        <p className="board-small">{t('keys.copies.hint')}</p>
        <div className="board-action">
          {settings && (
            <Button
              icon="report"
              onClick={() => void sticks.set(call('console/settings/stick-copies', { on: !settings.stickCopies }))}
            >
              {t(settings.stickCopies ? 'keys.copies.turnOff' : 'keys.copies.turnOn')}
            </Button>
          )}
        </div>
        {sticks.failure}
      </Card>
      <SoundCard open={open} commands={commands} clock={clock} />
      <StageDisplaysCard view={view} open={open} commands={commands} />
      {view.role === 'technician' && open.trialUntil === undefined && <RecoveryCard />}
      <PinCard />
      <Card title={t('settings.leave.title')} icon="close">
        <p className="board-small">{t('settings.leave.hint')}</p>
        <div className="board-action">
          <Button icon="close" onClick={() => ask({ ask: 'quit' })}>
            {t('console.bar.quit')}
          </Button>
        </div>
      </Card>
      <Card title={t('settings.changes.title')} icon="info" className="settings-changes">
        {settings && settings.changes.length > 0 ? (
          <ul>
            {settings.changes.map(({ at, actor, what, on, to }) => (
              <li key={`${at} ${what}`}>
                {formatDate(at)} {formatTime(at, language)} · {t(`settings.changes.by.${nameOf(actor)}`)} ·{' '}
                {t(`settings.changes.what.${what}`)}
                {on !== null && `: ${t(on ? 'settings.changes.on' : 'settings.changes.off')}`}
                {to !== null && `: ${hasText(viPc.to, to) ? t(`pcSettings.to.${to}`) : to}`}
              </li>
            ))}
          </ul>
        ) : (
          <p className="board-small">{t('settings.changes.none')}</p>
        )}
      </Card>
      {isChanging && <ChangeSessionSheet onClose={() => setChanging(false)} />}
    </div>
  );
}

function nameOf(actor: string): 'technician' | 'chair' | 'nobody' {
  return actor === 'technician' || actor === 'chair' ? actor : 'nobody';
}
