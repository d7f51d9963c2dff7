import type { JSX } from 'react';
import { useState } from 'react';
import type { StoredSession } from '../../electron/contract/api-lobby.ts';
import { call } from '../client/call.ts';
import { bareVenueName } from '../../electron/shared/venue-name.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Chip } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { describeSittings } from './package-texts.ts';

/** Sessions in the records of this PC. Their packages are not needed any more. */
export function StoredList({ sessions }: { sessions: readonly StoredSession[] }): JSX.Element | null {
  const { t, language } = useTexts();
  const [failed, setFailed] = useState<string | null>(null);
  if (sessions.length === 0) return null;
  const open = (packageId: string): void =>
    void call('lobby/open', { packageId }).then((answer) => setFailed(answer.ok ? null : packageId));
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
              <button type="button" className="lobby-row" onClick={() => open(session.packageId)}>
                <span className="lobby-row-head">
                  <strong>{session.conference}</strong>
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
                {failed === session.packageId && (
                  <span className="lobby-row-reason" role="alert">
                    {t('lobby.failed.unreachable')}
                  </span>
                )}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
