import type { JSX } from 'react';
import { useState } from 'react';
import type { StoredSession } from '../../electron/contract/api-lobby.ts';
import { isCause } from '../../electron/shared/causes.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { LocalRosterSheet, type ChosenRoster } from './local-roster-sheet.tsx';
import { SittingFields, toSittings, type SittingDraft } from './sitting-fields.tsx';

/** A session made on the spot: what it is called, when, from which stream, and to which province it reports, if to any. */
export function LocalSheet(props: {
  sessions: readonly StoredSession[];
  onMade: (id: string) => void;
  onClose: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const provinces = props.sessions.filter(({ damaged }) => !damaged);
  const [first] = provinces;
  const [conference, setConference] = useState('');
  const [venue, setVenue] = useState(first?.venue.name ?? '');
  const [drafts, setDrafts] = useState<readonly SittingDraft[]>([{ title: '', day: '', from: '', to: '' }]);
  const [stream, setStream] = useState('');
  const [like, setLike] = useState(first?.packageId ?? '');
  const [roster, setRoster] = useState<ChosenRoster | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const sittings = toSittings(drafts);
  const isWhole = conference.trim() !== '' && venue.trim() !== '' && sittings !== null;

  const make = (): void => {
    if (!sittings) return;
    setFailure(null);
    setBusy(true);
    const input = {
      conference,
      venue,
      sittings,
      stream: stream.trim(),
      rosterPreviewId: roster?.previewId ?? '',
      reportsLike: like,
    };
    void call('lobby/create', input).then((answer) => {
      setBusy(false);
      if (answer.ok) props.onMade(answer.id);
      else if (answer.error === 'invalid_input') setFailure(t('lobby.local.wrongField'));
      else if (answer.error === 'unreachable') setFailure(t('lobby.failed.unreachable'));
      else setFailure(t(`lobby.local.failed.${answer.error}`));
    });
  };

  if (isChoosing)
    return (
      <LocalRosterSheet
        onChosen={(next) => {
          setRoster(next);
          setChoosing(false);
          setFailure(null);
        }}
        onClose={() => setChoosing(false)}
      />
    );
  return (
    <Sheet
      wide
      title={t('lobby.local.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" icon="forward" disabled={!isWhole || busy} onClick={make}>
            {t('lobby.local.make')}
          </Button>
        </>
      }
    >
      <div className="lobby-form">
        <label>
          {t('lobby.facts.conference')}
          <input value={conference} maxLength={300} onChange={(e) => setConference(e.currentTarget.value)} />
        </label>
        <label>
          {t('lobby.facts.venue')}
          <input value={venue} maxLength={300} onChange={(e) => setVenue(e.currentTarget.value)} />
        </label>
        <SittingFields drafts={drafts} onChange={setDrafts} />
        <StreamField stream={stream} onChange={setStream} />
        <label>
          {t('lobby.local.reports')}
          <select value={like} onChange={(e) => setLike(e.currentTarget.value)}>
            {provinces.map(({ packageId, conference: title }) => (
              <option key={packageId} value={packageId}>
                {t('lobby.local.likeReports', { title })}
              </option>
            ))}
            <option value="">{t('receiver.none')}</option>
          </select>
        </label>
        <RosterField roster={roster} onChoose={() => setChoosing(true)} onDrop={() => setRoster(null)} />
        <p className="lobby-key">
          {like === '' && `${t('receiver.noneHint')} `}
          {t('lobby.local.hint')}
        </p>
      </div>
      <p className="lobby-failure" role="alert">
        {failure}
      </p>
    </Sheet>
  );
}

/** Whose names the session begins with. */
function RosterField(props: { roster: ChosenRoster | null; onChoose: () => void; onDrop: () => void }): JSX.Element {
  const { t, language } = useTexts();
  const { roster } = props;
  return (
    <div className="lobby-roster">
      <p id="lobby-roster">
        <strong>{t('localRoster.title')}</strong>
        <span aria-live="polite">
          {roster === null
            ? t('localRoster.none')
            : t('localRoster.chosen', {
                file: roster.file,
                count: roster.people,
                people: formatCount(roster.people, language),
              })}
        </span>
      </p>
      {roster !== null && <Button onClick={props.onDrop}>{t('localRoster.drop')}</Button>}
      <Button icon="report" aria-describedby="lobby-roster" onClick={props.onChoose}>
        {t(roster === null ? 'localRoster.choose' : 'localRoster.chooseOther')}
      </Button>
    </div>
  );
}

const SCHEMES = { http: 'http://', https: 'https://' };

/** The address of the stream, and a try whether anything can be read there. */
function StreamField({ stream, onChange }: { stream: string; onChange: (stream: string) => void }): JSX.Element {
  const { t } = useTexts();
  const [said, setSaid] = useState<string | null>(null);
  const tryIt = (): void => {
    setSaid(t('lobby.local.trying'));
    void call('lobby/try-stream', { address: stream.trim() }).then((answer) => {
      if (answer.ok) setSaid(t('lobby.local.canRead', { count: answer.pictures }));
      else if (answer.error === 'not_read' && isCause(answer.cause))
        setSaid(`${t(`causes.says.${answer.cause}`)} ${t('lobby.local.tryNext')}`);
      else if (answer.error === 'invalid_input') setSaid(t('lobby.local.tryAddress', SCHEMES));
      else setSaid(t('lobby.failed.unreachable'));
    });
  };
  return (
    <div className="lobby-stream">
      <label>
        {t('lobby.local.stream')}
        <input
          type="url"
          value={stream}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => {
            onChange(e.currentTarget.value);
            setSaid(null);
          }}
        />
      </label>
      <Button icon="signal" disabled={stream.trim() === ''} onClick={tryIt}>
        {t('lobby.local.try')}
      </Button>
      <p aria-live="polite">{said ?? t('lobby.local.streamHint')}</p>
    </div>
  );
}
