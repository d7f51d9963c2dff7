import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatCountdown, formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';

/** Nobody can sign in just now: too early, over, or there is no roster to search. */
export function NotNow({ view, clock }: { view: DeskView; clock: CoreClock }): JSX.Element {
  const { t, you, language } = useTexts(view.address);
  const now = useNow(clock);
  if (view.open)
    return (
      <div className="not-now">
        <Icon name="info" className="not-now-icon" />
        <p className="not-now-title">{t('desk.noRoster')}</p>
        <p>{t('desk.noRosterHint', { you })}</p>
      </div>
    );
  const state = view.sitting?.state;
  const early = state === 'prepared' || (state === undefined && view.opensAt !== null);
  if (!early)
    return (
      <div className="not-now">
        <Icon name={view.sitting ? 'lock' : 'hourglass'} className="not-now-icon" />
        <p className="not-now-title">{t(view.sitting ? 'desk.ended' : 'desk.noSitting')}</p>
        {view.sitting && <p>{t('desk.endedHint', { you })}</p>}
      </div>
    );
  return (
    <div className="not-now">
      <Icon name="hourglass" className="not-now-icon" />
      <p>{t('desk.greeting', { you })}</p>
      <p className="not-now-title">{t('desk.notOpen')}</p>
      {view.opensAt !== null && (
        <>
          <p className="not-now-time">{t('desk.notOpenAt', { time: formatTime(view.opensAt, language) })}</p>
          {view.opensAt > now && <p>{t('desk.notOpenIn', { left: formatCountdown(view.opensAt - now) })}</p>}
        </>
      )}
    </div>
  );
}
