import type { JSX } from 'react';
import type { FilesAnswer, RosterDoublesAnswer } from '../../electron/contract/api-roster.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatTime } from '../ui/format.ts';
import { useRosterTexts } from './roster-texts.ts';

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

/** Entries that may be one person, to be joined by hand. */
export function RosterDoubles(props: {
  groups: RosterDoublesAnswer['groups'];
  busy: boolean;
  onMerge: (keepId: string, dropId: string) => void;
}): JSX.Element | null {
  const { t, line } = useRosterTexts();
  if (props.groups.length === 0) return null;
  return (
    <Card title={t('people.roster.doubles')} icon="desk" tone="warn">
      <p className="board-small">{t('people.roster.doublesHint')}</p>
      <ul className="board-list">
        {props.groups.map((group) => (
          <li key={group.map(({ id }) => id).join('|')}>
            {group.map((person) => {
              const other = group.find(({ id, inLog }) => id !== person.id && !inLog);
              return (
                <p key={person.id}>
                  {line(person)}
                  {person.inLog && ` (${t('people.question.signedIn')})`}{' '}
                  {other && (
                    <Button disabled={props.busy} onClick={() => props.onMerge(person.id, other.id)}>
                      {t('people.roster.keep')}
                    </Button>
                  )}
                </p>
              );
            })}
          </li>
        ))}
      </ul>
    </Card>
  );
}
