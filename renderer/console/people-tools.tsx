import type { JSX } from 'react';
import type { PeopleCounts } from '../../electron/contract/api-attendance.ts';
import type { UnitTotals } from '../../electron/contract/attendance.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { countOf, type PeopleQuery, type Show } from './use-people.ts';

const STATUSES = [
  'here',
  'missing',
  'late',
  'left_early',
  'substituted',
  'absent_excused',
  'absent_unexcused',
] as const satisfies readonly Show[];
const KINDS = ['guest', 'substitute', 'walk_in', 'supervisor'] as const;

/** What the list shows, and what is done with many at once. */
export function PeopleTools(props: {
  asked: PeopleQuery;
  units: readonly UnitTotals[];
  counts: PeopleCounts | null;
  onAsk: (change: Partial<PeopleQuery>) => void;
  onAdd: () => void;
  onSignInUnit: () => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const { asked, counts, onAsk } = props;
  const count = (show: Show | ''): string => (counts ? ` (${formatCount(countOf(counts, show), language)})` : '');
  return (
    <div className="people-tools">
      <input
        className="board-input"
        value={asked.query}
        placeholder={t('people.list.search')}
        aria-label={t('people.list.search')}
        autoComplete="off"
        spellCheck={false}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is opened to find somebody
        autoFocus
        onChange={(event) => onAsk({ query: event.target.value })}
      />
      <select
        className="board-input"
        aria-label={t('people.list.unit')}
        value={asked.unit}
        onChange={(event) => onAsk({ unit: event.target.value })}
      >
        <option value="">{t('people.list.allUnits')}</option>
        {props.units.map((unit) => (
          <option key={unit.unitId ?? '-'} value={unit.unitId ?? '-'}>
            {unit.unitName ?? t('people.list.noUnit')}
          </option>
        ))}
      </select>
      <select
        className="board-input"
        aria-label={t('people.list.status')}
        value={asked.show}
        onChange={(event) => onAsk({ show: event.target.value as Show | '' })}
      >
        <option value="">{`${t('people.list.allStatuses')}${count('')}`}</option>
        <optgroup label={t('people.list.status')}>
          {STATUSES.map((each) => (
            <option key={each} value={each}>{`${t(`people.filter.${each}`)}${count(each)}`}</option>
          ))}
        </optgroup>
        <optgroup label={t('people.add.kind')}>
          {KINDS.map((each) => (
            <option key={each} value={`kind:${each}`}>{`${t(`people.kind.${each}`)}${count(`kind:${each}`)}`}</option>
          ))}
        </optgroup>
      </select>
      <Button tone="primary" onClick={props.onAdd}>
        {t('people.list.add')}
      </Button>
      <Button onClick={props.onSignInUnit}>{t('board.unit.open')}</Button>
    </div>
  );
}
