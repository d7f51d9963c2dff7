import type { JSX } from 'react';
import { useState } from 'react';
import type { StoredSession } from '../../electron/contract/api-lobby.ts';
import { bareVenueName } from '../../electron/shared/venue-name.ts';
import { call, type Answer } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import { sayTrialFailure } from '../ui/say-trial-failure.ts';
import { describeSittings } from './package-texts.ts';

/** Sessions in the records of this PC. Their packages are not needed any more. */
export function StoredList({ sessions }: { sessions: readonly StoredSession[] }): JSX.Element | null {
  const { t, language } = useTexts();
  const [failed, setFailed] = useState<{ packageId: string; words: string } | null>(null);
  if (sessions.length === 0) return null;
  const run = (packageId: string, asked: Promise<Answer<'lobby/open'> | Answer<'lobby/try-session'>>): void =>
    void asked.then((answer) => {
      const words = sayTrialFailure(answer, t, language);
      setFailed(words === null ? null : { packageId, words });
    });
  return (
    <section aria-labelledby="lobby-stored">
      <h3 id="lobby-stored">{t('lobby.stored.title')}</h3>
      <ul className="lobby-list">
        {sessions.map((session) => (
          <li key={session.packageId}>
            {session.damaged ? (
              <div className="lobby-row lobby-row-bad">
                <span className="lobby-row-head">
                  <strong>{session.packageId}</strong>
                  <Chip tone="bad">{t('lobby.trust.unusable')}</Chip>
                </span>
                <span className="lobby-row-reason">{t('lobby.stored.damaged')}</span>
              </div>
            ) : (
              <button
                type="button"
                className="lobby-row"
                onClick={() => run(session.packageId, call('lobby/open', { packageId: session.packageId }))}
              >
                <span className="lobby-row-head">
                  <strong>{keepTogether(session.conference)}</strong>
                  <Chip tone={session.unfinished ? 'warn' : 'quiet'}>
                    {t(session.unfinished ? 'lobby.stored.unfinished' : 'lobby.stored.done')}
                  </Chip>
                </span>
                <span className="lobby-row-line">
                  {t('common.venue', { venue: bareVenueName(session.venue.name) })} ·{' '}
                  {describeSittings(session.sittings, t, language)}
                </span>
                <span className="lobby-row-line lobby-row-small">
                  <Icon name="check" />
                  {t('lobby.stored.onThisPc')}
                </span>
              </button>
            )}
            {session.canTry && (
              <div className="lobby-row-extra">
                <Button
                  icon="play"
                  onClick={() => run(session.packageId, call('lobby/try-session', { packageId: session.packageId }))}
                >
                  {t('trial.begin')}
                </Button>
                <p>{t('trial.hint')}</p>
              </div>
            )}
            {failed?.packageId === session.packageId && (
              <p className="lobby-row-reason" role="alert">
                {failed.words}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
