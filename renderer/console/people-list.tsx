import type { JSX } from 'react';
import { useState } from 'react';
import { StatusFilter, type PersonRow } from '../../electron/contract/api-attendance.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { AddPersonSheet } from './add-person-sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { ExcuseSheet } from './excuse-sheet.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { PersonSheet } from './person-sheet.tsx';
import { PAGE_SIZE, usePeople, type PeopleQuery } from './use-people.ts';

const FILTERS = ['here', 'missing', 'late', 'left_early', 'substituted', 'absent_excused', 'absent_unexcused'] as const;

/** The list of everybody: found by name, unit and status; one person opens a sheet, several can be excused at once. */
export function PeopleList({
  of,
  logHead,
  startWith,
}: {
  of: ChosenSitting;
  /** Moves with every entry in the log. */
  logHead: string | null;
  startWith: StatusFilter | '';
}): JSX.Element {
  const { t, language } = useTexts();
  const [asked, setAsked] = useState<PeopleQuery>({ query: '', unit: '', status: startWith, offset: 0 });

  const [opened, setOpened] = useState<PersonRow | null>(null);
  const [adding, setAdding] = useState(false);
  const [excusing, setExcusing] = useState(false);
  /** Null: not choosing. */
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  // Whoever searches or chooses stays in this sitting when the hall goes on.
  useHoldSitting(of, asked.query !== '' || asked.status !== '' || asked.unit !== '' || chosen !== null);
  const { hall, sitting } = of;
  const stamp = JSON.stringify([logHead, hall.totals, hall.rollCalls, sitting.state]);
  const { found, refresh } = usePeople(of.id, asked, stamp);
  const ask = (change: Partial<PeopleQuery>) => setAsked({ ...asked, offset: 0, ...change });
  const people = found?.people ?? [];
  const total = found?.total ?? 0;
  const choosable = people.filter((person) => person.kind === 'summoned' && person.signedInAt === null);
  const toggle = (personId: string) => {
    const next = new Set(chosen);
    if (!next.delete(personId)) next.add(personId);
    setChosen(next);
  };
  return (
    <>
      <div className="people-tools">
        <input
          className="board-input"
          value={asked.query}
          placeholder={t('people.list.search')}
          aria-label={t('people.list.search')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => ask({ query: event.target.value })}
        />
        <select
          className="board-input"
          aria-label={t('people.list.unit')}
          value={asked.unit}
          onChange={(event) => ask({ unit: event.target.value })}
        >
          <option value="">{t('people.list.allUnits')}</option>
          {hall.units.map((unit) => (
            <option key={unit.unitId ?? '-'} value={unit.unitId ?? '-'}>
              {unit.unitName ?? t('people.list.noUnit')}
            </option>
          ))}
        </select>
        <select
          className="board-input"
          aria-label={t('people.list.status')}
          value={asked.status}
          onChange={(event) => ask({ status: StatusFilter.safeParse(event.target.value).data ?? '' })}
        >
          <option value="">{t('people.list.allStatuses')}</option>
          {FILTERS.map((filter) => (
            <option key={filter} value={filter}>
              {t(`people.filter.${filter}`)}
            </option>
          ))}
        </select>
        <Button tone="primary" onClick={() => setAdding(true)}>
          {t('people.list.add')}
        </Button>
        <Button onClick={() => setChosen(chosen ? null : new Set())}>
          {t(chosen ? 'people.list.chooseStop' : 'people.list.choose')}
        </Button>
      </div>
      {chosen && (
        <div className="people-chosen">
          <strong>{t('people.list.chosen', { n: formatCount(chosen.size, language) })}</strong>
          <Button onClick={() => setChosen(new Set([...chosen, ...choosable.map((person) => person.personId)]))}>
            {t('people.list.chooseAll')}
          </Button>
          <Button tone="primary" disabled={chosen.size === 0} onClick={() => setExcusing(true)}>
            {t('people.list.excuseChosen')}
          </Button>
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable by keyboard */}
      <section className="people-table" tabIndex={0} aria-label={t('people.list.table')}>
        <table>
          <thead>
            <tr>
              {chosen && (
                <th scope="col">
                  <span className="visually-hidden">{t('people.list.choose')}</span>
                </th>
              )}
              <th scope="col">{t('people.list.name')}</th>
              <th scope="col">{t('people.list.state')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Row
                key={person.personId}
                person={person}
                chosen={chosen?.has(person.personId) ?? null}
                choosable={choosable.includes(person)}
                onChoose={() => toggle(person.personId)}
                onOpen={() => setOpened(person)}
              />
            ))}
          </tbody>
        </table>
        {found && people.length === 0 && <p className="people-none">{t('people.list.none')}</p>}
      </section>
      <div className="people-pages">
        <span>
          {total > PAGE_SIZE
            ? t('people.list.page', {
                from: formatCount(asked.offset + 1, language),
                to: formatCount(Math.min(total, asked.offset + PAGE_SIZE), language),
                total: formatCount(total, language),
              })
            : t('people.list.found', { total: formatCount(total, language) })}
        </span>
        {total > PAGE_SIZE && (
          <>
            <Button
              icon="back"
              disabled={asked.offset === 0}
              onClick={() => setAsked({ ...asked, offset: Math.max(0, asked.offset - PAGE_SIZE) })}
            >
              {t('people.list.before')}
            </Button>
            <Button
              icon="forward"
              disabled={asked.offset + PAGE_SIZE >= total}
              onClick={() => setAsked({ ...asked, offset: asked.offset + PAGE_SIZE })}
            >
              {t('people.list.more')}
            </Button>
          </>
        )}
      </div>
      {opened && (
        <PersonSheet
          person={people.find((person) => person.personId === opened.personId) ?? opened}
          of={of}
          onChanged={() => void refresh()}
          onClose={() => setOpened(null)}
        />
      )}
      {adding && <AddPersonSheet of={of} onDone={() => void refresh()} onClose={() => setAdding(false)} />}
      {excusing && chosen && (
        <ExcuseSheet
          of={of}
          personIds={[...chosen]}
          onDone={() => {
            setChosen(null);
            void refresh();
          }}
          onClose={() => setExcusing(false)}
        />
      )}
    </>
  );
}

function Row(props: {
  person: PersonRow;
  /** Null: not choosing. */
  chosen: boolean | null;
  choosable: boolean;
  onChoose: () => void;
  onOpen: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const texts = usePeopleTexts();
  const { person } = props;
  return (
    <tr>
      {props.chosen !== null && (
        <td>
          <input
            type="checkbox"
            className="people-check"
            checked={props.chosen}
            disabled={!props.choosable}
            aria-label={t('people.list.select', { name: person.name })}
            onChange={props.onChoose}
          />
        </td>
      )}
      <td>
        <OpenPerson person={person} onOpen={props.onOpen} />
      </td>
      <td>
        <span className={`people-status people-status-${person.status.replaceAll('_', '-')}`}>
          {texts.status(person)}
        </span>
      </td>
    </tr>
  );
}

function OpenPerson({ person, onOpen }: { person: PersonRow; onOpen: () => void }): JSX.Element {
  const texts = usePeopleTexts();
  return (
    <button type="button" className="people-open" onClick={onOpen}>
      <strong>{person.name}</strong>
      <span>{texts.about(person)}</span>
    </button>
  );
}
