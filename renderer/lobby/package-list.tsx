import type { JSX } from 'react';
import type { FoundPackage, LobbyView } from '../../electron/contract/api-lobby.ts';
import { bareVenueName } from '../../electron/shared/venue-name.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Chip } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import { describePlace, describeSittings } from './package-texts.ts';
import { describeIssue, describePlace, describeSittings } from './package-texts.ts';

/** Session packages found on sticks and in the user's folders; those that cannot be used stand below with their reason. */
export function PackageList({ view, onChoose }: { view: LobbyView; onChoose: (id: string) => void }): JSX.Element {
  const { t } = useTexts();
  if (view.packages.length === 0)
    return (
      <div className="lobby-empty">
        <Icon name="search" />
        <p>
          <strong>{t(view.searching ? 'lobby.load.searching' : 'lobby.load.none')}</strong>
        </p>
        <p>{t('lobby.load.hint')}</p>
      </div>
    );
  return (
    <>
      <ul className="lobby-list" aria-label={t('lobby.load.found')}>
        {view.packages.map((found) => (
          <li key={found.id}>
            <PackageRow found={found} now={view.now} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {view.cut && <p className="lobby-key">{t('lobby.load.cut')}</p>}
    </>
  );
}

function PackageRow(props: { found: FoundPackage; now: number; onChoose: (id: string) => void }): JSX.Element {
  const { found, now, onChoose } = props;
  const { t, language } = useTexts();
  const { facts, fault, questions } = found;
  const body = (
    <>
      <span className="lobby-row-head">
        <strong>{facts ? keepTogether(facts.conference) : found.name}</strong>
        {fault === null && questions.length === 0 && <Chip tone="ok">{t(`lobby.trust.${trustOf(found)}`)}</Chip>}
        {fault === null && questions.length > 0 && <Chip tone="warn">{t('lobby.trust.ask')}</Chip>}
        {fault !== null && <Chip tone="bad">{t('lobby.trust.unusable')}</Chip>}
      </span>
      {facts && (
        <span className="lobby-row-line">
          {t('common.venue', { venue: bareVenueName(facts.venue.name) })} ·{' '}
          {describeSittings(facts.sittings, t, language)} ·{' '}
          {facts.people === null ? t('lobby.load.noRoster') : t('lobby.load.people', { count: facts.people })}
        </span>
      )}
      <span className="lobby-row-line lobby-row-small">
        <Icon name={found.removable ? 'stick' : 'report'} />
        {facts ? `${describePlace(found, t)} · ${found.name}` : describePlace(found, t)}
      </span>
      {facts && (
        <span className="lobby-row-line lobby-row-small lobby-row-issue">
          {t('lobby.load.issued', describeIssue(facts.issuedAt, now, language))}
          {facts.fingerprint !== null && (
            <>
              {' · '}
              <span className="lobby-row-signed">
                {t('lobby.load.signedBy', { signer: facts.signer ?? t('lobby.facts.unnamed') })}{' '}
                <code>{facts.fingerprint}</code>
              </span>
            </>
          )}
        </span>
      )}
      {fault && <span className="lobby-row-reason">{fault.words?.[language] ?? t(`lobby.fault.${fault.code}`)}</span>}
      {!fault && questions.length > 0 && (
        <span className="lobby-row-reason lobby-row-ask">
          {questions.map((question) => t(`lobby.question.${question}`)).join(' ')}
        </span>
      )}
    </>
  );
  if (fault) return <div className="lobby-row lobby-row-bad">{body}</div>;
  return (
    <button type="button" className="lobby-row" onClick={() => onChoose(found.id)}>
      {body}
    </button>
  );
}

function trustOf({ facts }: FoundPackage): 'stored' | 'signed' | 'signed_first_use' | 'unsigned' {
  if (facts?.stored) return 'stored';
  return facts?.provenance ?? 'unsigned';
}
