import type { JSX } from 'react';
import { useState } from 'react';
import type { PersonRow } from '../../electron/contract/api-attendance.ts';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { AddPersonSheet } from './add-person-sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { ExcuseSheet } from './excuse-sheet.tsx';
import { PeopleTable } from './people-table.tsx';
import { PeopleTools } from './people-tools.tsx';
import { PersonSheet } from './person-sheet.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { SaveSheet } from './save-sheet.tsx';
import { SignInManySheet, SignInUnitSheet } from './sign-in-many-sheet.tsx';
import { EVERYBODY, PAGE_SIZE, usePeople, type PeopleQuery, type Show } from './use-people.ts';

type Opened =
  | { sheet: 'person'; person: PersonRow }
  | { sheet: 'add' | 'excuse' | 'sign_in' | 'unit' | 'save' | 'print' }
  | null;

/** The list of everybody: found by name, unit, status and kind; one opens a sheet, many are excused or signed in at once. */
export function PeopleList({
  of,
  open,
  startWith,
}: {
  of: ChosenSitting;
  open: ConsoleOpenView;
  startWith: Show | '';
}): JSX.Element {
  const { t, language } = useTexts();
  const [asked, setAsked] = useState<PeopleQuery>({ ...EVERYBODY, show: startWith });
  const [opened, setOpened] = useState<Opened>(null);
  const [chosen, setChosen] = useState<ReadonlyMap<string, PersonRow>>(new Map());
  // Whoever searches or chooses stays in this sitting when the hall goes on.
  useHoldSitting(of, asked.query !== '' || asked.show !== '' || asked.unit !== '' || chosen.size > 0);
  const { hall, sitting } = of;
  const stamp = JSON.stringify([open.logHead, hall.totals, hall.rollCalls, sitting.state]);
  const { found, refresh } = usePeople(of.id, asked, stamp);
  const people = found?.people ?? [];
  const choose = (rows: readonly PersonRow[], now: boolean): void => {
    const next = new Map(chosen);
    for (const row of rows) {
      if (now) next.set(row.personId, row);
      else next.delete(row.personId);
    }
    setChosen(next);
  };
  const close = (): void => setOpened(null);
  const done = (): void => {
    setChosen(new Map());
    void refresh();
  };
  return (
    <>
      <PeopleTools
        asked={asked}
        units={hall.units}
        counts={found?.counts ?? null}
        onAsk={(change) => setAsked({ ...asked, offset: 0, ...change })}
        onAdd={() => setOpened({ sheet: 'add' })}
        onSignInUnit={() => setOpened({ sheet: 'unit' })}
      />
      <PeopleTable
        people={people}
        asked={asked}
        chosen={chosen}
        onSort={(sort, descending) => setAsked({ ...asked, offset: 0, sort, descending })}
        onChoose={choose}
        onOpen={(person) => setOpened({ sheet: 'person', person })}
      />
      {found && people.length === 0 && <p className="people-none">{t('people.list.none')}</p>}
      <div className="people-foot">
        {chosen.size > 0 && (
          <div className="people-chosen">
            <strong>{t('people.list.chosen', { n: formatCount(chosen.size, language) })}</strong>
            <Button tone="primary" onClick={() => setOpened({ sheet: 'excuse' })}>
              {t('people.list.excuseChosen')}
            </Button>
            <Button onClick={() => setOpened({ sheet: 'sign_in' })}>{t('board.list.signInChosen')}</Button>
            <Button tone="quiet" onClick={() => setChosen(new Map())}>
              {t('people.list.chooseStop')}
            </Button>
          </div>
        )}
        {chosen.size === 0 && (
          <div className="people-chosen">
            <Button onClick={() => setOpened({ sheet: 'save' })}>{t('board.list.save')}</Button>
            <Button onClick={() => setOpened({ sheet: 'print' })}>{t('print.open')}</Button>
          </div>
        )}
        <Pages total={found?.total ?? 0} offset={asked.offset} onTurn={(offset) => setAsked({ ...asked, offset })} />
      </div>
      {opened?.sheet === 'person' && (
        <PersonSheet
          person={people.find(({ personId }) => personId === opened.person.personId) ?? opened.person}
          of={of}
          onChanged={() => void refresh()}
          onClose={close}
        />
      )}
      {opened?.sheet === 'add' && <AddPersonSheet of={of} onDone={() => void refresh()} onClose={close} />}
      {opened?.sheet === 'excuse' && (
        <ExcuseSheet of={of} people={[...chosen.values()]} onDone={done} onClose={close} />
      )}
      {opened?.sheet === 'sign_in' && (
        <SignInManySheet
          of={of}
          people={[...chosen.values()]}
          title={t('board.list.signInChosen')}
          onDone={done}
          onClose={close}
        />
      )}
      {opened?.sheet === 'unit' && <SignInUnitSheet of={of} unit={asked.unit} onDone={done} onClose={close} />}
      {opened?.sheet === 'print' && <PrintSheet sittingId={of.id} kinds={['list']} onClose={close} />}
      {opened?.sheet === 'save' && (
        <SaveSheet sittingId={of.id} revision={null} only={['list', 'list_xlsx']} open={open} onClose={close} />
      )}
    </>
  );
}

function Pages(props: { total: number; offset: number; onTurn: (offset: number) => void }): JSX.Element {
  const { t, language } = useTexts();
  const { total, offset, onTurn } = props;
  const count = (n: number): string => formatCount(n, language);
  if (total <= PAGE_SIZE)
    return <span className="people-total">{t('people.list.found', { count: total, total: count(total) })}</span>;
  return (
    <div className="people-pages">
      <span className="people-total">
        {t('people.list.page', {
          from: count(offset + 1),
          to: count(Math.min(total, offset + PAGE_SIZE)),
          total: count(total),
        })}
      </span>
      <Button icon="back" disabled={offset === 0} onClick={() => onTurn(Math.max(0, offset - PAGE_SIZE))}>
        {t('people.list.before')}
      </Button>
      <Button icon="forward" disabled={offset + PAGE_SIZE >= total} onClick={() => onTurn(offset + PAGE_SIZE)}>
        {t('people.list.more')}
      </Button>
    </div>
  );
}
