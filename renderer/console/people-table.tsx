import type { JSX } from 'react';
import type { PersonRow } from '../../electron/contract/api-attendance.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatTime } from '../ui/format.ts';
import { usePeopleTexts } from './people-texts.ts';
import type { PeopleQuery, PeopleSort } from './use-people.ts';

const COLUMNS = ['name', 'unit', 'arrival', 'status'] as const satisfies readonly PeopleSort[];

/** One page of people: each opens a sheet, several can be chosen, each heading sorts. */
export function PeopleTable(props: {
  people: readonly PersonRow[];
  asked: Pick<PeopleQuery, 'sort' | 'descending'>;
  chosen: ReadonlyMap<string, PersonRow>;
  onSort: (sort: PeopleSort, descending: boolean) => void;
  onChoose: (people: readonly PersonRow[], chosen: boolean) => void;
  onOpen: (person: PersonRow) => void;
}): JSX.Element {
  const { t } = useTexts();
  const { people, asked, chosen } = props;
  const choosable = people.filter(isChoosable);
  const allChosen = choosable.length > 0 && choosable.every(({ personId }) => chosen.has(personId));
  return (
    <section className="people-table" aria-label={t('people.list.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="people-check-cell">
              <input
                type="checkbox"
                className="people-check"
                aria-label={t('people.list.chooseAll')}
                checked={allChosen}
                disabled={choosable.length === 0}
                onChange={() => props.onChoose(choosable, !allChosen)}
              />
            </th>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                className={`people-col-${column}`}
                aria-sort={asked.sort === column ? (asked.descending ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  className="people-sort"
                  onClick={() => props.onSort(column, asked.sort === column && !asked.descending)}
                >
                  {t(`board.list.column.${column}`)}
                  <span aria-hidden="true">{asked.sort === column ? (asked.descending ? '▼' : '▲') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row
              key={person.personId}
              person={person}
              chosen={chosen.has(person.personId)}
              onChoose={(now) => props.onChoose([person], now)}
              onOpen={() => props.onOpen(person)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Who can be signed in or excused together with others: whoever is missing, or not confirmed in the running roll call. */
function isChoosable({ kind, signedInAt, confirmedNow }: PersonRow): boolean {
  return (kind === 'summoned' && signedInAt === null) || confirmedNow === false;
}

function Row(props: {
  person: PersonRow;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
  onOpen: () => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const { person } = props;
  const status = `people-status people-status-${person.status.replaceAll('_', '-')}`;
  return (
    <tr>
      <td className="people-check-cell">
        <input
          type="checkbox"
          className="people-check"
          checked={props.chosen}
          disabled={!isChoosable(person) && !props.chosen}
          aria-label={t('people.list.select', { name: person.name })}
          onChange={(event) => props.onChoose(event.target.checked)}
        />
      </td>
      <td>
        <OpenPerson person={person} onOpen={props.onOpen} />
      </td>
      <td className="people-unit">{person.unit}</td>
      <td className="people-time-cell">
        {person.signedInAt === null ? '' : formatTime(person.signedInAt, language)}
        {person.method === 'paper' && <span>{t('board.paper.mark')}</span>}
      </td>
      <td>
        <span className={status}>{texts.standing(person)}</span>
      </td>
    </tr>
  );
}

function OpenPerson({ person, onOpen }: { person: PersonRow; onOpen: () => void }): JSX.Element {
  const texts = usePeopleTexts();
  return (
    <button type="button" className="people-open" onClick={onOpen}>
      <strong>{person.name}</strong>
      <span>{texts.aboutWithoutUnit(person)}</span>
    </button>
  );
}
