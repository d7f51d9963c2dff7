import type { JSX } from 'react';
import { useState } from 'react';
import type { RosterMergeInput } from '../../electron/contract/api-roster-merge.ts';
import type { FilesAnswer, RosterAnswers, RosterPreviewView } from '../../electron/contract/api-roster.ts';
import { call } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { joinAnswers } from '../roster/roster-answers.ts';
import { RosterHistory } from './roster-history.tsx';
import { RosterDoubles } from './roster-merge.tsx';
import { RosterFiles } from '../roster/roster-files.tsx';
import { RosterPreview } from '../roster/roster-preview.tsx';
import type { LoadRows } from '../roster/roster-table.tsx';
import { RosterRestore } from './roster-restore.tsx';
import { useRosterTexts } from '../roster/roster-texts.ts';
import { useLoaded } from '../ui/use-loaded.ts';

const loadFiles = () => call('console/roster/files', {});
const loadRows: LoadRows = (input) => call('console/roster/rows', input);
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
        loadRows={loadRows}
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
      <RosterFiles
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
      </RosterFiles>
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
