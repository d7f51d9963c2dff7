import type { JSX } from 'react';
import { useState } from 'react';
import type { RosterMergeInput } from '../../electron/contract/api-roster-merge.ts';
import type { FilesAnswer, ImportFile, RosterAnswers, RosterPreviewView } from '../../electron/contract/api-roster.ts';
import { call } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatSize, formatTime } from '../ui/format.ts';
import { joinAnswers } from './roster-answers.ts';
import { RosterHistory } from './roster-history.tsx';
import { RosterDoubles } from './roster-merge.tsx';
import { RosterPreview } from './roster-preview.tsx';
import { RosterRestore } from './roster-restore.tsx';
import { useRosterTexts } from './roster-texts.ts';
import { useLoaded } from './use-loaded.ts';

const loadFiles = () => call('console/roster/files', {});
const loadDoubles = async () => {
  const answer = await call('console/roster/doubles', {});
  return answer.ok ? answer.groups : undefined;
};

/** Brings rosters in: files, a look at what they would do, one button that does it, and one that takes it back. */
export function RosterPart(): JSX.Element {
  const { t, fileFault, fault } = useRosterTexts();
  const files = useLoaded(loadFiles, '');
  const doubles = useLoaded(loadDoubles, '');
  /** Sticks and folders are gone through again, which may take a while. */
  const [searching, setSearching] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [answers, setAnswers] = useState<RosterAnswers>({});
  const [preview, setPreview] = useState<RosterPreviewView | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [busy, setBusy] = useState<'reading' | 'writing' | null>(null);
  const found = !searching && files.value?.ok ? files.value : null;
  const listFault = files.value && !files.value.ok ? files.value.error : null;
  /** Lists files and doubles again: when asked, and after each change. */
  const refresh = async (): Promise<void> => {
    await Promise.all([files.refresh(), doubles.refresh()]);
    setSearching(false);
  };

  const read = async (fileIds: readonly string[], next: RosterAnswers): Promise<void> => {
    setChosen(fileIds);
    setAnswers(next);
    setSaid(null);
    setDone(null);
    setBusy('reading');
    const answer = await call('console/roster/preview', { fileIds: [...fileIds], answers: next });
    setBusy(null);
    if (answer.ok) return setPreview(answer.preview);
    setPreview(null);
    setSaid(fileFault(answer.error));
  };
  /** Does one thing that changes the list, and looks at everything again. */
  const write = async (
    act: () => Promise<{ ok: true; text: string } | { ok: false; error: string }>,
  ): Promise<void> => {
    setSaid(null);
    setDone(null);
    setBusy('writing');
    const answer = await act();
    setBusy(null);
    if (!answer.ok) return setSaid(fault(answer.error));
    setPreview(null);
    setDone(answer.text);
    void refresh();
  };
  const confirm = (view: RosterPreviewView, removals: number): Promise<void> =>
    write(async () => {
      const { previewId, packageId } = view;
      const answer = await call('console/roster/confirm', { previewId, packageId, removals });
      if (!answer.ok) return answer;
      const { added, changed, removed, kept } = answer;
      return { ok: true, text: t('people.roster.done', { added, changed, removed, kept }) };
    });
  const undo = (packageId: string, importId: string): Promise<void> =>
    write(async () => {
      const answer = await call('console/roster/undo', { packageId, importId });
      if (!answer.ok) return answer;
      const { restored, takenOff, stayed } = answer;
      return { ok: true, text: t('people.roster.undone', { restored, takenOff, stayed }) };
    });
  const restore = (packageId: string, removals: number): Promise<void> =>
    write(async () => {
      const answer = await call('console/roster/restore', { packageId, removals });
      if (!answer.ok) return answer;
      const { added, changed, removed, kept } = answer;
      return { ok: true, text: t('people.roster.restored', { added, changed, removed, kept }) };
    });
  const merge = (input: RosterMergeInput): Promise<void> =>
    write(async () => {
      const answer = await call('console/roster/merge', input);
      return answer.ok ? { ok: true, text: t('people.roster.merged') } : answer;
    });

  if (preview)
    return (
      <RosterPreview
        preview={preview}
        busy={busy !== null}
        said={said}
        onAnswer={(change) => void read(chosen, joinAnswers(answers, change))}
        onConfirm={(removals) => void confirm(preview, removals)}
        onBack={() => {
          setPreview(null);
          setSaid(null);
        }}
      />
    );
  return (
    <div className="people-preview">
      <Files
        found={found}
        searching={searching || files.value === null}
        busy={busy !== null}
        onRead={(fileIds) => void read(fileIds, {})}
        onRefresh={() => {
          setSearching(true);
          void refresh();
        }}
      >
        <p role="alert" className="people-said">
          {said ?? (listFault === null ? null : fault(listFault))}
        </p>
        <output className="board-strong">{busy === null ? done : t(`people.roster.${busy}`)}</output>
      </Files>
      {found && (
        <div className="people-preview-cards">
          <RosterHistory
            answer={found}
            busy={busy !== null}
            onUndo={(importId) => void undo(found.packageId, importId)}
          />
          <RosterRestore
            found={found}
            busy={busy !== null}
            onRestore={(packageId, removals) => void restore(packageId, removals)}
          />
          <RosterDoubles
            packageId={found.packageId}
            groups={doubles.value ?? []}
            busy={busy !== null}
            onMerge={(input) => void merge(input)}
          />
          <Card title={t('people.roster.template')} icon="report">
            <Template found={found} />
          </Card>
        </div>
      )}
    </div>
  );
}

/** The files of sticks and folders; those that are no rosters stand grey at the end, with the reason. */
function Files(props: {
  found: FilesAnswer | null;
  searching: boolean;
  busy: boolean;
  onRead: (fileIds: readonly string[]) => void;
  onRefresh: () => void;
  children: JSX.Element[];
}): JSX.Element {
  const { t, count } = useRosterTexts();
  const { found, busy } = props;
  const [several, setSeveral] = useState<ReadonlySet<string> | null>(null);
  const toggle = (id: string): void => {
    const next = new Set(several);
    if (!next.delete(id)) next.add(id);
    setSeveral(next);
  };
  const usable = found?.files.filter(({ unusable }) => unusable === null) ?? [];
  return (
    <Card
      title={t('people.roster.files')}
      icon="report"
      aside={
        <>
          {usable.length > 1 && (
            <Button onClick={() => setSeveral(several ? null : new Set())}>
              {several ? t('people.roster.severalStop') : t('people.roster.several')}
            </Button>
          )}
          <Button onClick={props.onRefresh}>{t('people.roster.refresh')}</Button>
        </>
      }
    >
      <p className="board-small">{several ? t('people.roster.severalHint') : t('people.roster.filesHint')}</p>
      {props.children}
      {props.searching && <p>{t('people.roster.searching')}</p>}
      {found?.files.length === 0 && <p>{t('people.roster.noFiles')}</p>}
      {several && several.size > 0 && (
        <Button tone="primary" disabled={busy} onClick={() => props.onRead([...several])}>
          {t('people.roster.readSeveral', { n: count(several.size) })}
        </Button>
      )}
      <ul className="people-files">
        {found?.files.map((file) => (
          <li key={file.id}>
            {several && file.unusable === null && (
              <input
                type="checkbox"
                className="people-check"
                aria-label={t('people.roster.choose', { name: file.name })}
                checked={several.has(file.id)}
                onChange={() => toggle(file.id)}
              />
            )}
            <FileLine file={file} busy={busy} onOpen={() => (several ? toggle(file.id) : props.onRead([file.id]))} />
          </li>
        ))}
      </ul>
      {found?.more === true && <p className="board-small">{t('people.roster.moreFiles')}</p>}
    </Card>
  );
}

function FileLine({ file, busy, onOpen }: { file: ImportFile; busy: boolean; onOpen: () => void }): JSX.Element {
  const { t, language, place } = useRosterTexts();
  const about = [
    place(file),
    formatSize(file.sizeBytes, language),
    `${formatTime(file.modifiedAt, language)} ${dayOf(file.modifiedAt)}`,
  ];
  if (file.unusable !== null)
    return (
      <p className="roster-unusable">
        <strong>{file.name}</strong>
        <span>{t(`people.unusable.${file.unusable}`)}</span>
      </p>
    );
  return (
    <button type="button" className="people-open" disabled={busy} onClick={onOpen}>
      <strong>{file.name}</strong>
      <span>{about.join(' · ')}</span>
    </button>
  );
}

function Template({ found }: { found: FilesAnswer }): JSX.Element {
  const { t, place } = useRosterTexts();
  const [said, setSaid] = useState('');
  const save = async (placeId: string): Promise<void> => {
    const answer = await call('console/roster/template', { placeId });
    setSaid(answer.ok ? t('people.roster.templateSaved', { name: answer.name }) : t('people.roster.templateFault'));
  };
  return (
    <>
      <div className="people-usual">
        {found.places.map((one) => (
          <Button key={one.id} onClick={() => void save(one.id)}>
            {t('people.roster.templateTo', { place: place(one) })}
          </Button>
        ))}
      </div>
      <output>{said}</output>
    </>
  );
}

/** `23/11/2026`. */
function dayOf(ms: number): string {
  return new Date(ms).toLocaleDateString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' });
}
