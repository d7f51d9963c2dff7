import type { JSX } from 'react';
import './roster.css';
import type { RosterPersonView } from '../../electron/contract/api-roster.ts';
import { useRosterTexts } from './roster-texts.ts';

/** People of a list that was cut, one a line; `more`: how many are not shown. */
export function Names(props: {
  label: string;
  lines: readonly (string | RosterPersonView)[];
  more: number;
}): JSX.Element {
  const { t, count, line } = useRosterTexts();
  return (
    <ul className="board-list roster-names" aria-label={props.label}>
      {props.lines.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- namesakes; the list never changes while shown
        <li key={i}>{typeof one === 'string' ? one : line(one)}</li>
      ))}
      {props.more > 0 && <li>{t('people.roster.moreNames', { n: count(props.more) })}</li>}
    </ul>
  );
}
