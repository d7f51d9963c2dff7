import type { JSX } from 'react';
import { useState } from 'react';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import type { PersonRow } from '../../electron/contract/api-attendance.ts';
import { MIN_QUERY_LETTERS } from '../../electron/contract/limits.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { TimeField } from '../ui/moment-field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { momentOfDay, readBirth } from './moment-of-day.ts';
import { usePeopleTexts } from './people-texts.ts';
import { useSay } from './toasts.tsx';
import { undoArrival } from './undo.ts';
import { EVERYBODY, usePeople } from './use-people.ts';

const KINDS = ['walk_in', 'guest', 'substitute', 'supervisor'] as const;
type Kind = (typeof KINDS)[number];
const OTHER_UNIT = '*';

export interface Prefill {
  kind: Kind;
  name: string;
  position: string;
  unit: string;
}

/** Somebody who is not on the list: added and signed in, after a look at who might be the same person. */
export function AddPersonSheet(props: {
  of: ChosenSitting;
  prefill?: Prefill;
  /** From a line of the sheet that was filled in by hand: with the time written there, `07:05`. */
  paperTime?: string;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const texts = usePeopleTexts();
  const say = useSay();
  const { of, prefill, paperTime } = props;
  useHoldSitting(of);
  const [kind, setKind] = useState<Kind>(prefill?.kind ?? 'walk_in');
  const [name, setName] = useState(prefill?.name ?? '');
  const [birth, setBirth] = useState('');
  const [unitId, setUnitId] = useState(prefill?.unit ? OTHER_UNIT : '');
  const [unitName, setUnitName] = useState(prefill?.unit ?? '');
  const [position, setPosition] = useState(prefill?.position ?? '');
  const [time, setTime] = useState(paperTime ?? '');
  const [replaced, setReplaced] = useState<PersonRow | null>(null);
  const [duplicates, setDuplicates] = useState<PersonCard[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const born = readBirth(birth);
  // Added to a sitting that is over, somebody came at a moment that only the secretary knows.
  const fromPaper = paperTime !== undefined;
  const at = fromPaper || of.sitting.state === 'amended' ? momentOfDay(time, of.sitting.startsAt) : undefined;
  const ready = at !== null && name.trim() !== '' && born !== null && (kind !== 'substitute' || replaced !== null);

  const save = async (notDuplicate: boolean): Promise<void> => {
    if (!born) return;
    setBusy(true);
    const answer = await call('console/people/add', {
      sittingId: of.id,
      kind,
      name,
      ...born,
      notDuplicate,
      fromPaper,
      ...(typeof at === 'number' ? { at } : {}),
      ...(unitId === OTHER_UNIT ? (unitName.trim() === '' ? {} : { unitName }) : unitId === '' ? {} : { unitId }),
      ...(position.trim() === '' ? {} : { position }),
      ...(kind === 'substitute' && replaced ? { substituteFor: replaced.personId } : {}),
    });
    setBusy(false);
    if (answer.ok) {
      const { personId } = answer.person;
      say(t('console.toast.added', { name: answer.person.name }), () =>
        undoArrival(of.id, personId, t('people.reason.undo1')),
      );
      props.onDone();
      props.onClose();
    } else if (answer.error === 'duplicates') {
      setDuplicates(answer.people);
    } else setSaid(texts.fault(answer));
  };

  /** Somebody of the warning it is: signed in under the name on the list. */
  const pick = async (person: PersonCard): Promise<void> => {
    setBusy(true);
    const answer = await call('console/people/sign-in', {
      sittingId: of.id,
      personId: person.personId,
      fromPaper,
      ...(typeof at === 'number' ? { at } : {}),
    });
    setBusy(false);
    if (!answer.ok) return setSaid(texts.fault(answer));
    say(t('console.toast.signedIn', { name: person.name }), () =>
      undoArrival(of.id, person.personId, t('people.reason.undo1')),
    );
    props.onDone();
    return props.onClose();
  };

  return (
    <Sheet
      wide
      title={t('people.add.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" onClick={props.onClose}>
            {t('common.close')}
          </Button>
          {duplicates.length > 0 ? (
            <Button size="large" tone="danger" disabled={busy || !ready} onClick={() => void save(true)}>
              {t('people.add.anyway')}
            </Button>
          ) : (
            <Button size="large" tone="primary" disabled={busy || !ready} onClick={() => void save(false)}>
              {t('people.add.do')}
            </Button>
          )}
        </>
      }
    >
      <fieldset className="people-usual" aria-label={t('people.add.kind')}>
        {KINDS.map((each) => (
          <Button key={each} aria-pressed={kind === each} onClick={() => setKind(each)}>
            {t(`people.kind.${each}`)}
          </Button>
        ))}
      </fieldset>
      <div className="people-form people-form-two people-form-steady">
        <Field label={t('people.add.name')} value={name} onChange={changeOf(setName, setDuplicates)} />
        <Field
          label={t('people.add.birth')}
          value={birth}
          onChange={changeOf(setBirth, setDuplicates)}
          fault={born === null ? t('people.add.birthWrong') : null}
        />
        <label className="people-field">
          <span>{t('people.add.unit')}</span>
          <select className="board-input" value={unitId} onChange={(event) => setUnitId(event.target.value)}>
            <option value="">{t('people.list.noUnit')}</option>
            {of.hall.units.map((unit) =>
              unit.unitId === null ? null : (
                <option key={unit.unitId} value={unit.unitId}>
                  {unit.unitName}
                </option>
              ),
            )}
            <option value={OTHER_UNIT}>{t('people.add.otherUnit')}</option>
          </select>
        </label>
        {unitId === OTHER_UNIT && <Field label={t('people.add.otherUnit')} value={unitName} onChange={setUnitName} />}
        <Field label={t('people.add.position')} value={position} onChange={setPosition} />
        {at !== undefined && (
          <label className="people-field">
            <span>{t('people.add.at')}</span>
            <TimeField className="board-input people-time" value={time} onChange={setTime} />
          </label>
        )}
      </div>
      {kind === 'substitute' && <ForWhom sittingId={of.id} replaced={replaced} onPick={setReplaced} />}
      {duplicates.length > 0 && (
        <div className="people-duplicates" role="alert">
          <strong>{t('people.add.duplicates')}</strong>
          <ul className="people-usual">
            {duplicates.map((person) => (
              <li key={person.personId}>
                <Button disabled={busy} onClick={() => void pick(person)}>
                  {[person.name, person.birthYear, person.unit].filter(Boolean).join(' · ')}
                </Button>
              </li>
            ))}
          </ul>
          <p>{t('people.add.duplicatesHint')}</p>
        </div>
      )}
      <p role="alert" className="people-said">
        {said}
      </p>
    </Sheet>
  );
}

/** Another name or birth date is another question about duplicates. */
function changeOf(set: (text: string) => void, setDuplicates: (people: PersonCard[]) => void) {
  return (text: string): void => {
    set(text);
    setDuplicates([]);
  };
}

function Field(props: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  fault?: string | null;
}): JSX.Element {
  return (
    <label className="people-field">
      <span>{props.label}</span>
      <input
        className="board-input"
        value={props.value}
        maxLength={200}
        autoComplete="off"
        aria-invalid={Boolean(props.fault)}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.fault && <span className="people-said">{props.fault}</span>}
    </label>
  );
}

/** The summoned person somebody sits for: found by name among those not here. */
function ForWhom({
  sittingId,
  replaced,
  onPick,
}: {
  sittingId: string;
  replaced: PersonRow | null;
  onPick: (person: PersonRow | null) => void;
}): JSX.Element {
  const { t } = useTexts();
  const texts = usePeopleTexts();
  const [query, setQuery] = useState('');
  const { found } = usePeople(sittingId, { ...EVERYBODY, query, show: 'missing' }, '');
  if (replaced)
    return (
      <div className="people-field people-replaced">
        <span>{t('people.add.forWhom')}</span>
        <strong>{replaced.name}</strong>
        <Button onClick={() => onPick(null)}>{t('people.add.change')}</Button>
      </div>
    );
  return (
    <div className="people-field">
      <Field
        label={`${t('people.add.forWhom')} (${t('people.add.forWhomSearch')})`}
        value={query}
        onChange={setQuery}
      />
      {query.trim().length >= MIN_QUERY_LETTERS && (
        <div className="people-usual">
          {(found?.people ?? []).slice(0, 6).map((person) => (
            <Button key={person.personId} onClick={() => onPick(person)}>
              {person.name} · {texts.about(person)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
