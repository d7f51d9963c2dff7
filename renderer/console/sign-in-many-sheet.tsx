import type { JSX } from 'react';
import { useState } from 'react';
import type { PersonRow } from '../../electron/contract/api-attendance.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { TimeField } from '../ui/moment-field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { momentOfDay } from './moment-of-day.ts';
import { usePeopleTexts } from './people-texts.ts';
import { useSay } from './toasts.tsx';
import { undoMany } from './undo.ts';
import { EVERYBODY, usePeople } from './use-people.ts';

/** As many as the core lists at once; of a larger unit the rest follows when these have come. */
const MOST_AT_ONCE = 200;
const NOBODY: readonly PersonRow[] = [];

interface Props {
  of: ChosenSitting;
  onDone: () => void;
  onClose: () => void;
}

/** A delegation arrived together: a unit is chosen, everybody of it who is missing stands in the list. */
export function SignInUnitSheet(props: Props & { unit: string }): JSX.Element {
  const { t } = useTexts();
  const { of } = props;
  const [unit, setUnit] = useState(props.unit);
  const asked = { ...EVERYBODY, unit: unit === '' ? '-' : unit, show: 'missing' as const };
  const { found } = usePeople(of.id, asked, JSON.stringify(of.hall.totals), MOST_AT_ONCE);
  return (
    <SignInManySheet
      {...props}
      people={unit === '' ? NOBODY : (found?.people ?? NOBODY)}
      isAsking={unit === '' || found === null}
      notShown={unit === '' || found === null ? 0 : found.total - found.people.length}
      title={t('board.unit.title')}
    >
      <label className="people-field">
        <span>{t('people.list.unit')}</span>
        <select className="board-input" value={unit} onChange={(event) => setUnit(event.target.value)}>
          <option value="">{t('board.unit.choose')}</option>
          {of.hall.units.map((each) => (
            <option key={each.unitId ?? '-'} value={each.unitId ?? '-'}>
              {each.unitName ?? t('people.list.noUnit')}
            </option>
          ))}
        </select>
      </label>
    </SignInManySheet>
  );
}

/** Asks with number and names before many are signed in, in one commit; one press takes all of them back. */
export function SignInManySheet(
  props: Props & {
    people: readonly PersonRow[];
    /** Who comes is not known yet: nothing is said of nobody. */
    isAsking?: boolean;
    /** So many more are missing than stand in the list. */
    notShown?: number;
    title: string;
    children?: JSX.Element;
  },
): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const say = useSay();
  const { of, people } = props;
  useHoldSitting(of);
  /** By hand; everybody else comes along unless they were excused. */
  const [byHand, setByHand] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [time, setTime] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const comes = (person: PersonRow): boolean => byHand.get(person.personId) ?? person.status !== 'absent_excused';
  const coming = people.filter(comes);
  const amended = of.sitting.state === 'amended';
  const at = momentOfDay(time, of.sitting.startsAt);
  const save = async (): Promise<void> => {
    setBusy(true);
    const personIds = coming.map(({ personId }) => personId);
    const answer = await call('console/people/sign-in-many', {
      sittingId: of.id,
      personIds,
      ...(at === null ? {} : { at }),
    });
    setBusy(false);
    if (!answer.ok) return setSaid(texts.fault(answer));
    const signedIn = coming.filter(({ personId }) => answer.signedIn.includes(personId));
    say(t('board.unit.done', { n: formatCount(signedIn.length, language), names: texts.some(signedIn) }), () =>
      undoMany(of.id, answer.signedIn, t('people.reason.undo1')),
    );
    props.onDone();
    if (answer.skipped.length === 0) return props.onClose();
    return setSaid(
      t('people.skipped', { count: answer.skipped.length, n: formatCount(answer.skipped.length, language) }),
    );
  };
  return (
    <Sheet
      wide
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            size="large"
            tone="primary"
            disabled={busy || coming.length === 0 || (amended && at === null)}
            onClick={() => void save()}
          >
            {t('board.unit.do', { count: coming.length, n: formatCount(coming.length, language) })}
          </Button>
        </>
      }
    >
      <div className="people-form-two people-many">
        {props.children}
        <label className="people-field">
          <span>{t(amended ? 'people.add.at' : 'people.person.at')}</span>
          <TimeField className="board-input people-time" value={time} onChange={setTime} />
        </label>
      </div>
      <ul className="people-names" aria-label={t('board.unit.names')}>
        {people.map((person) => (
          <li key={person.personId}>
            <label className="choice">
              <input
                type="checkbox"
                checked={comes(person)}
                onChange={(event) => setByHand(new Map(byHand).set(person.personId, event.target.checked))}
              />
              <span>
                {[person.name, person.birthYear, person.position].filter(Boolean).join(' · ')}
                {person.status === 'absent_excused' && <small>{texts.status(person)}</small>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {(props.notShown ?? 0) > 0 && (
        <p className="board-small">{t('people.roster.moreNames', { n: formatCount(props.notShown ?? 0, language) })}</p>
      )}
      {people.length === 0 && props.isAsking !== true && <p className="board-small">{t('board.unit.nobody')}</p>}
      <p role="alert" className="people-said">
        {said}
      </p>
    </Sheet>
  );
}
