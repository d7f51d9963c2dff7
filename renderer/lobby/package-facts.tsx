import type { JSX } from 'react';
import type { FoundPackage } from '../../electron/contract/api-lobby.ts';
import { bareVenueName } from '../../electron/shared/venue-name.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Facts } from '../ui/card.tsx';
import { formatCount, formatDay, formatTime } from '../ui/format.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import { describePlace } from './package-texts.ts';

/** What a person compares before a package is used: whose it is, for which venue and hours, and who signed it. */
export function PackageFactsTable({ found }: { found: FoundPackage }): JSX.Element | null {
  const { t, language } = useTexts();
  const { facts } = found;
  if (!facts) return null;
  const day = (ms: number) => formatDay(ms, language);
  const time = (ms: number) => formatTime(ms, language);
  return (
    <Facts
      facts={[
        [t('lobby.facts.conference'), <strong key="c">{keepTogether(facts.conference)}</strong>],
        [t('lobby.facts.venue'), `${bareVenueName(facts.venue.name)} (${facts.venue.id})`],
        [
          t('lobby.facts.sittings'),
          <ul key="s">
            {facts.sittings.map((s) => (
              <li key={`${s.title} ${s.startsAt}`}>
                {s.title}: {day(s.startsAt)},{' '}
                <span className="lobby-hours">{`${time(s.startsAt)} – ${time(s.endsAt)}`}</span>
              </li>
            ))}
          </ul>,
        ],
        [
          t('lobby.facts.people'),
          facts.people === null ? t('lobby.load.noRoster') : formatCount(facts.people, language),
        ],
        [t('lobby.facts.issued'), `${day(facts.issuedAt)}, ${time(facts.issuedAt)}`],
        [
          t('lobby.facts.signer'),
          facts.fingerprint === null ? (
            t('lobby.facts.unsigned')
          ) : (
            <span key="f">
              {facts.signer ?? t('lobby.facts.unnamed')} <code>{facts.fingerprint}</code>
            </span>
          ),
        ],
        [t('lobby.facts.file'), `${describePlace(found, t)} · ${found.name}`],
      ]}
    />
  );
}
