import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { ImportFile, RosterPreviewInput, RosterPreviewView } from '../../electron/contract/api-roster.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatSize, formatTime } from '../ui/format.ts';
import type { BoardProps } from './board-props.ts';
import { usePeopleTexts } from './people-texts.ts';
import { RosterPreview } from './roster-preview.tsx';

type FileFault = Exclude<keyof typeof vi.people.fileFault, 'other'>;

function isKnown(code: string): code is FileFault {
  return code !== 'other' && Object.hasOwn(vi.people.fileFault, code);
}

/** Brings a roster in: a file, a look at what it would do, and one button that does it. */
export function RosterPart(_props: BoardProps): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const [files, setFiles] = useState<readonly ImportFile[] | null>(null);
  const [more, setMore] = useState(false);
  const [round, setRound] = useState(0);
  const [chosen, setChosen] = useState<ImportFile | null>(null);
  const [answers, setAnswers] = useState<RosterPreviewInput['answers']>({});
  const [preview, setPreview] = useState<RosterPreviewView | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let wanted = true;
    void call('console/roster/files', {}).then((answer) => {
      if (!wanted) return;
      setFiles(answer.ok ? answer.files : []);
      setMore(answer.ok && answer.more);
    });
    return () => {
      wanted = false;
    };
    // Looked for again when asked.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [round]);

  const read = async (file: ImportFile, next: RosterPreviewInput['answers']): Promise<void> => {
    setChosen(file);
    setAnswers(next);
    setSaid(null);
    setDone(null);
    setBusy(true);
    const answer = await call('console/roster/preview', { fileId: file.id, answers: next });
    setBusy(false);
    if (answer.ok) return setPreview(answer.preview);
    setPreview(null);
    setSaid(
      isKnown(answer.error)
        ? t(`people.fileFault.${answer.error}`)
        : t('people.fileFault.other', { code: answer.error }),
    );
  };
  const confirm = async (previewId: string): Promise<void> => {
    setBusy(true);
    const answer = await call('console/roster/confirm', { previewId });
    setBusy(false);
    if (!answer.ok) return setSaid(texts.fault(answer));
    const { added, changed, removed, kept } = answer;
    setPreview(null);
    setDone(t('people.roster.done', { added, changed, removed, kept }));
  };

  if (preview && chosen)
    return (
      <RosterPreview
        preview={preview}
        busy={busy}
        said={said}
        onAnswer={(change) => void read(chosen, { ...answers, ...change })}
        onConfirm={() => void confirm(preview.previewId)}
        onBack={() => {
          setPreview(null);
          setSaid(null);
        }}
      />
    );
  return (
    <Card
      title={t('people.roster.files')}
      icon="report"
      aside={
        <Button
          onClick={() => {
            setFiles(null);
            setRound((n) => n + 1);
          }}
        >
          {t('people.roster.refresh')}
        </Button>
      }
    >
      <p className="board-small">{t('people.roster.filesHint')}</p>
      <p role="alert" className="people-said">
        {said}
      </p>
      <output className="board-strong">{busy ? t('people.roster.reading') : done}</output>
      {files === null && <p>{t('people.roster.searching')}</p>}
      {files?.length === 0 && <p>{t('people.roster.noFiles')}</p>}
      <ul className="people-files">
        {files?.map((file) => (
          <li key={file.id}>
            <button type="button" className="people-open" disabled={busy} onClick={() => void read(file, {})}>
              <strong>{file.name}</strong>
              <span>
                {file.removable
                  ? t('people.roster.usb', { volume: file.volume ?? '' })
                  : t(`people.roster.folder.${file.folder ?? 'documents'}`)}
                {' · '}
                {formatSize(file.sizeBytes, language)}
                {' · '}
                {formatTime(file.modifiedAt, language)} {dayOf(file.modifiedAt)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more && <p className="board-small">{t('people.roster.moreFiles')}</p>}
    </Card>
  );
}

/** `23/11/2026`. */
function dayOf(ms: number): string {
  return new Date(ms).toLocaleDateString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' });
}
