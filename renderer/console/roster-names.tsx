import type { JSX } from 'react';
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
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable by keyboard
    <section className="people-lines" tabIndex={0} aria-label={props.label}>
      <ul className="board-list">
        {props.lines.map((one, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- namesakes; the list never changes while shown
          <li key={i}>{typeof one === 'string' ? one : line(one)}</li>
        ))}
        {props.more > 0 && <li>{t('people.roster.moreNames', { n: count(props.more) })}</li>}
      </ul>
    </section>
  );
}
