import type { JSX, RefObject } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SittingView } from '../../electron/contract/api.ts';
import type { HistoryEntry, PersonRow, RollCallView } from '../../electron/contract/api-attendance.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { TimeField } from '../ui/moment-field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { momentOfDay } from './moment-of-day.ts';
import { usePeopleTexts, type Fault } from './people-texts.ts';
import { ReasonField } from './reason-field.tsx';
import { useSay } from './toasts.tsx';
import { undoLast } from './undo.ts';
import { useLoaded } from '../ui/use-loaded.ts';

type Act = 'sign_in' | 'sign_in_at' | 'left' | 'excuse' | 'undo' | 'undo_arrival';

interface Props {
  person: PersonRow;
  of: ChosenSitting;
  onChanged: () => void;
  onClose: () => void;
}

/** One person: how they stand, what can be entered about them, and every entry so far. */
export function PersonSheet({ person, of, onChanged, onClose }: Props): JSX.Element {
  useHoldSitting(of);
  const rollCall = of.hall.rollCalls.find((call) => call.closedAt === null) ?? null;
  const { t } = useTexts();
  const texts = usePeopleTexts();
  const [act, setAct] = useState<Act | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const say = useSay();
  const entries = useHistory(of.id, person);
  const canUndo = entries.some((entry) => entry.type !== 'voided' && entry.undoneBy === null);
  const acts = listActs(person, rollCall, canUndo, of.sitting.state);
  const confirms = rollCall !== null && person.signedInAt !== null;
  const said = (did: Act): string => {
    const { name } = person;
    switch (did) {
      case 'sign_in':
      case 'sign_in_at':
        return t(confirms ? 'board.person.didConfirm' : 'board.person.didSignIn', { name });
      case 'left':
        return t('board.person.didLeave', { name });
      case 'excuse':
        return t('board.person.didExcuse', { name });
      case 'undo':
      case 'undo_arrival':
        return t('board.person.didUndo', { name });
      default:
        return unreachable(did);
    }
  };
  /** Whatever was entered is said with the name, and taken back from there; the sheet would stand before it. */
  const done = (did: Act, fault: Fault | null): void => {
    if (fault) return setRefusal(texts.fault(fault));
    const undo = (): Promise<boolean> => undoLast(of.id, person.personId, t('people.reason.undo1'));
    say(said(did), did === 'undo' || did === 'undo_arrival' ? undefined : undo);
    onChanged();
    return onClose();
  };
  const signInNow = async (): Promise<void> => {
    const answer = await call('console/people/sign-in', { sittingId: of.id, personId: person.personId });
    done('sign_in', answer.ok ? null : answer);
  };
  const labelOf = (each: Act): string => {
    switch (each) {
      case 'sign_in':
        return t(confirms ? 'people.person.confirm' : 'people.person.signIn');
      case 'sign_in_at':
        return t('board.person.signInAt');
      case 'left':
        return t('people.person.left');
      case 'excuse':
        return t('people.person.excuse');
      case 'undo':
        return t('people.person.undo');
      case 'undo_arrival':
        return t('people.person.undoArrival');
      default:
        return unreachable(each);
    }
  };
  return (
    <Sheet
      wide
      title={person.name}
      onClose={onClose}
      actions={
        <Button size="large" onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <p>{texts.about(person)}</p>
      <p className={`people-status people-status-${person.status.replaceAll('_', '-')}`}>{texts.status(person)}</p>
      <div className="people-acts">
        {acts.map((each) => (
          <Button
            key={each}
            tone={each === 'sign_in' && act === null ? 'primary' : 'plain'}
            aria-pressed={act === each}
            onClick={() => {
              setRefusal(null);
              if (each === 'sign_in') void signInNow();
              else setAct(each);
            }}
          >
            {labelOf(each)}
          </Button>
        ))}
      </div>
      {act && (
        <ActForm
          key={act}
          act={act}
          label={labelOf(act)}
          person={person}
          sitting={of.sitting}
          onDone={(fault) => done(act, fault)}
        />
      )}
      <p role="alert" className="people-said">
        {refusal}
      </p>
      <h3>{t('people.person.history')}</h3>
      {entries.length === 0 ? (
        <p className="board-small">{t('people.person.historyNone')}</p>
      ) : (
        <ol className="people-history">
          {entries.map((entry) => (
            <li key={entry.seq} className={entry.undoneBy === null ? undefined : 'people-undone'}>
              {texts.entry(entry)}
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  );
}

function listActs(
  person: PersonRow,
  rollCall: RollCallView | null,
  canUndo: boolean,
  state: SittingView['state'],
): Act[] {
  const here = person.signedInAt !== null;
  const acts: Act[] = [];
  const running = state === 'open' || state === 'live' || state === 'amended';
  if (running && (!here || person.status === 'left_early' || (rollCall && person.confirmedNow === false))) {
    // What is entered when all is over needs the moment.
    if (state !== 'amended') acts.push('sign_in');
    acts.push('sign_in_at');
  }
  if (running && here && person.status !== 'left_early') acts.push('left');
  if (!here && person.kind === 'summoned') acts.push('excuse');
  if (canUndo) acts.push('undo');
  if (here) acts.push('undo_arrival');
  return acts;
}

/** What one entry asks for: a reason, a moment, the PIN when it was entered too long ago. */
function ActForm(props: {
  act: Act;
  label: string;
  person: PersonRow;
  sitting: SittingView;
  onDone: (fault: Fault | null) => void;
}): JSX.Element {
  const { t } = useTexts();
  const { act, person } = props;
  const isUndo = act === 'undo' || act === 'undo_arrival';
  const usual = isUndo
    ? [t('people.reason.undo1'), t('people.reason.undo2')]
    : act === 'excuse'
      ? [t('people.reason.excuse1'), t('people.reason.excuse2'), t('people.reason.excuse3')]
      : [t('people.reason.left1'), t('people.reason.left2')];
  const [reason, setReason] = useState(isUndo ? (usual[0] ?? '') : '');
  const [time, setTime] = useState('');
  const [pin, setPin] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const send = async (): Promise<{ ok: true } | (Fault & { ok: false })> => {
    const { personId } = person;
    const sittingId = props.sitting.id;
    const moment = momentOfDay(time, props.sitting.startsAt);
    const at = moment === null ? {} : { at: moment };
    switch (act) {
      case 'sign_in':
      case 'sign_in_at':
        return call('console/people/sign-in', { sittingId, personId, ...at });
      case 'left':
        return call('console/people/left', {
          sittingId,
          personId,
          ...at,
          ...(reason.trim() === '' ? {} : { reason }),
        });
      case 'excuse':
        return call('console/people/excuse', { sittingId, personIds: [personId], reason });
      case 'undo':
      case 'undo_arrival': {
        const what = act === 'undo' ? 'last' : 'arrival';
        return call('console/people/undo', {
          sittingId,
          personId,
          what,
          reason,
          ...(pin === null ? {} : { pin }),
        });
      }
      default:
        return unreachable(act);
    }
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    const answer = await send();
    setBusy(false);
    if (!answer.ok && (answer.error === 'pin_needed' || answer.error === 'wrong_pin')) setPin('');
    props.onDone(answer.ok ? null : answer);
  };
  const needsReason = isUndo || act === 'excuse';
  return (
    <form
      ref={useFirstField()}
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {act !== 'sign_in_at' && (
        <ReasonField
          label={t(needsReason ? 'people.person.reason' : 'people.person.optionalReason')}
          usual={usual}
          value={reason}
          onChange={setReason}
        />
      )}
      {(act === 'sign_in_at' || act === 'left') && (
        <label className="people-field">
          <span>{t('people.person.at')}</span>
          <TimeField className="board-input people-time" value={time} onChange={setTime} />
        </label>
      )}
      {pin !== null && (
        <label className="people-field">
          <span>{t('people.person.pin')}</span>
          <input
            type="password"
            inputMode="numeric"
            autoComplete="off"
            className="board-input people-time"
            value={pin}
            onChange={(event) => setPin(event.target.value)}
          />
        </label>
      )}
      <button
        type="submit"
        className="button button-primary button-large"
        disabled={busy || (needsReason && reason.trim() === '')}
      >
        {t('people.person.confirmAct', { act: props.label })}
      </button>
    </form>
  );
}

/** What is asked for next can be typed at once. */
function useFirstField(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, [type=submit]')?.focus(), []);
  return form;
}

/** Read again when the person's status moved. */
function useHistory(sittingId: string, { personId, status }: PersonRow): HistoryEntry[] {
  const load = useCallback(async (): Promise<HistoryEntry[] | undefined> => {
    const answer = await call('console/people/history', { sittingId, personId });
    return answer.ok ? answer.entries : undefined;
  }, [sittingId, personId]);
  return useLoaded(load, status).value ?? [];
}
