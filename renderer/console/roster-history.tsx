import type { JSX } from 'react';
import type { FilesAnswer } from '../../electron/contract/api-roster.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatTime } from '../ui/format.ts';
import { useRosterTexts } from '../roster/roster-texts.ts';

const SHOWN = 6;

/** What was brought in here, newest first; the newest can be taken back. */
export function RosterHistory(props: {
  answer: FilesAnswer;
  busy: boolean;
  onUndo: (importId: string) => void;
}): JSX.Element {
  const { t, language, count } = useRosterTexts();
  const { history, canUndo } = props.answer;
  const newest = history.find(({ state }) => state === 'applied');
  return (
    <Card title={t('people.roster.history')} icon="report">
      {history.length === 0 && <p>{t('people.roster.historyNone')}</p>}
      <ul className="board-list">
        {history.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            {formatTime(one.at, language)}{' '}
            {one.kind === 'merge'
              ? t('people.roster.historyMerge', { file: one.file })
              : t(one.kind === 'file' ? 'people.roster.historyFile' : 'people.roster.historyRestore', {
                  file: one.file,
                  added: count(one.added),
                  changed: count(one.changed),
                  removed: count(one.removed),
                })}
            {one.state === 'undone' && ` · ${t('people.roster.historyUndone')}`}
            {one === newest && canUndo && (
              <Button disabled={props.busy} onClick={() => props.onUndo(one.id)}>
                {t('people.roster.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {newest && !canUndo && <p className="board-small">{t('people.roster.undoSealed')}</p>}
    </Card>
  );
}
