import type { JSX } from 'react';
import { useState } from 'react';
import type { RosterAnswers, RosterPreviewView } from '../../electron/contract/api-roster.ts';
import { call } from '../client/call.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { joinAnswers } from '../roster/roster-answers.ts';
import { RosterFiles } from '../roster/roster-files.tsx';
import { RosterPreview } from '../roster/roster-preview.tsx';
import type { LoadRows } from '../roster/roster-table.tsx';
import { useRosterTexts } from '../roster/roster-texts.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** A roster that was read and has no open question. */
export interface ChosenRoster {
  previewId: string;
  file: string;
  people: number;
}

const loadFiles = () => call('lobby/roster/files', {});
const loadRows: LoadRows = (input) => call('lobby/roster/rows', input);

/** The roster of a session that is made on the spot: a file, what stands in it and what must be answered. Nothing is written yet. */
export function LocalRosterSheet(props: {
  onChosen: (roster: ChosenRoster) => void;
  onClose: () => void;
}): JSX.Element {
  const { t, fileFault } = useRosterTexts();
  const files = useLoaded(loadFiles, '');
  /** Sticks and folders are gone through again, which may take a while. */
  const [isSearching, setSearching] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [answers, setAnswers] = useState<RosterAnswers>({});
  const [preview, setPreview] = useState<RosterPreviewView | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const found = !isSearching && files.value?.ok ? files.value : null;
  const isUnreachable = files.value?.ok === false;

  const read = async (fileIds: readonly string[], next: RosterAnswers): Promise<void> => {
    setChosen(fileIds);
    setAnswers(next);
    setSaid(null);
    setBusy(true);
    const answer = await call('lobby/roster/preview', { fileIds: [...fileIds], answers: next });
    setBusy(false);
    if (answer.ok) return setPreview(answer.preview);
    setPreview(null);
    setSaid(answer.error === 'unreachable' ? t('lobby.failed.unreachable') : fileFault(answer.error));
  };

  return (
    <Sheet
      wide
      title={t('localRoster.title')}
      onClose={props.onClose}
      actions={<Button onClick={props.onClose}>{t('localRoster.back')}</Button>}
    >
      {preview ? (
        <RosterPreview
          preview={preview}
          loadRows={loadRows}
          words={{ confirm: t('localRoster.take'), hint: t('localRoster.takeHint') }}
          busy={busy}
          said={said}
          onAnswer={(change) => void read(chosen, joinAnswers(answers, change))}
          onConfirm={() => {
            const { previewId, file, people } = preview;
            props.onChosen({ previewId, file, people });
          }}
          onBack={() => {
            setPreview(null);
            setSaid(null);
          }}
        />
      ) : (
        <RosterFiles
          found={found}
          searching={isSearching || files.value === null}
          busy={busy}
          onRead={(fileIds) => void read(fileIds, {})}
          onRefresh={() => {
            setSaid(null);
            setSearching(true);
            void files.refresh().then(() => setSearching(false));
          }}
        >
          <p role="alert" className="people-said">
            {said ?? (isUnreachable ? t('lobby.failed.unreachable') : null)}
          </p>
          <output className="board-strong">{busy && t('people.roster.reading')}</output>
        </RosterFiles>
      )}
    </Sheet>
  );
}
