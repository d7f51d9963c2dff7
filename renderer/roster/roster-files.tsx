import type { JSX, ReactNode } from 'react';
import { useState } from 'react';
import './roster.css';
import type { FilesAnswer, ImportFile } from '../../electron/contract/api-roster.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatSize, formatTime } from '../ui/format.ts';
import { useRosterTexts } from './roster-texts.ts';

/** The files of sticks and folders; those that are no rosters stand grey at the end, with the reason. */
export function RosterFiles(props: {
  found: Pick<FilesAnswer, 'files' | 'more'> | null;
  searching: boolean;
  busy: boolean;
  onRead: (fileIds: readonly string[]) => void;
  onRefresh: () => void;
  children: ReactNode;
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

/** `23/11/2026`. */
function dayOf(ms: number): string {
  return new Date(ms).toLocaleDateString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' });
}
