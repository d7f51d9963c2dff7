import { UNDO_PIN_AFTER_MS, type UndoAnswer } from '../../contract/api-attendance.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import { describeScan } from '../attendance/scan.ts';
import type { Secretary } from '../attendance/secretary.ts';
import type { EntrySource } from '../store/attendance-transaction.ts';
import type { HelpCall } from './help-call.ts';
import type { Kiosk } from './kiosk.ts';
import type { Handlers } from './serve-endpoints.ts';

const STATION = 'console';
const noSitting = { ok: false as const, error: 'no_such_sitting' as const };

type PeoplePath = Extract<PathOf<'console'>, `console/people/${string}`>;

/**
 * What the secretary does on the console: people of every kind, absences, undo, roll calls and the head-count of the sitting
 * that is named. Commands that change the attendance log are in that log with who gave them; the others are written to the
 * list of actions.
 */
export function createConsolePeopleApi(kiosk: Kiosk, help: HelpCall, changed: () => void): Handlers<PeoplePath> {
  const role = () => kiosk.access.role ?? 'nobody';
  const note = (type: string, detail: Record<string, string | number | boolean | null>) =>
    kiosk.store.settings.recordAction(kiosk.store.clock.now(), role(), type, detail);
  /** What is entered about the sitting on now has a moment of its broadcast; what is added to an earlier one has none. */
  const source = (sittingId: string): EntrySource => {
    const { current } = kiosk.conductor;
    const broadcastMs = sittingId === current?.id ? kiosk.evidence.broadcastMs(current.startsAt) : null;
    return { station: STATION, actor: role(), method: 'secretary', broadcastMs };
  };
  /** Asks the sitting's secretary, and says that people changed when it was done. */
  const change = <T extends { ok: boolean }>(sittingId: string, act: (secretary: Secretary) => T) => {
    const secretary = kiosk.secretary(sittingId);
    if (!secretary) return noSitting;
    const answer = act(secretary);
    if (answer.ok) changed();
    return answer;
  };
  /** As `change`, for what may add somebody to the list of people or withdraw them: other sittings have the same list. */
  const changeList = <T extends { ok: boolean }>(sittingId: string, act: (secretary: Secretary) => T) => {
    const answer = change(sittingId, act);
    if (answer.ok) kiosk.listChanged(sittingId);
    return answer;
  };

  return {
    'console/people/list': ({ sittingId, ...filter }) => {
      const found = kiosk.secretary(sittingId)?.listPeople(filter);
      return found ? { ok: true, ...found, offset: filter.offset } : noSitting;
    },
    'console/people/history': ({ sittingId, personId }) => {
      const secretary = kiosk.secretary(sittingId);
      if (!secretary) return noSitting;
      const entries = secretary.listHistory(personId);
      return entries ? { ok: true, entries } : { ok: false, error: 'not_on_list' };
    },
    'console/people/sign-in': ({ sittingId, personId, at }) =>
      change(sittingId, (secretary) => secretary.signIn(personId, at, source(sittingId))),
    'console/people/add': (input) =>
      changeList(input.sittingId, (secretary) => secretary.addPerson(input, source(input.sittingId))),
    'console/people/left': ({ sittingId, personId, reason, at }) =>
      change(sittingId, (secretary) => secretary.recordLeft(personId, reason, at, source(sittingId))),
    'console/people/excuse': ({ sittingId, personIds, reason }) =>
      change(sittingId, (secretary) => secretary.excuse(personIds, reason, source(sittingId))),
    'console/people/undo': async ({ sittingId, personId, what, reason, pin }) => {
      const refused = await checkPinAgain(kiosk, pin);
      if (refused) return refused;
      return changeList(sittingId, (secretary) => secretary.undo(personId, what, reason, source(sittingId)));
    },
    'console/people/roll-call/open': ({ sittingId, title }) => {
      const answer = change(sittingId, (secretary) => secretary.openRollCall(title));
      note('open_roll_call', { sittingId, title, ok: answer.ok });
      return answer;
    },
    'console/people/roll-call/preview': ({ sittingId }) => kiosk.secretary(sittingId)?.previewClose() ?? noSitting,
    'console/people/roll-call/cancel': ({ sittingId, rollCallId, reason }) => {
      const answer = change(sittingId, (secretary) => secretary.cancelRollCall(rollCallId, reason, role()));
      note('cancel_roll_call', { sittingId, rollCallId, ok: answer.ok });
      return answer;
    },
    'console/people/roll-call/close': ({ sittingId }) => {
      const answer = change(sittingId, (secretary) => {
        secretary.closeRollCalls();
        return { ok: true as const };
      });
      note('close_roll_calls', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/people/head-count': ({ sittingId, counted, reason }) => {
      const answer = change(sittingId, (secretary) => secretary.setHeadCount(counted, reason, role()));
      note('head_count', { sittingId, counted, ok: answer.ok });
      return answer;
    },
    'console/people/help/clear': () => {
      help.clear();
      changed();
      return { ok: true };
    },
    'console/people/scanner-test': ({ raw }) => describeScan(raw, kiosk.session.document.venue.id),
  };
}

/** An undo needs a PIN entered lately: an open console that was left alone must not take people off the list. */
async function checkPinAgain(kiosk: Kiosk, pin: string | undefined): Promise<Exclude<UndoAnswer, { ok: true }> | null> {
  if (kiosk.access.unlockedForMs <= UNDO_PIN_AFTER_MS) return null;
  const { role } = kiosk.access;
  if (pin === undefined || role === null) return { ok: false, error: 'pin_needed' };
  const checked = await kiosk.pins.check(role, pin);
  if (!checked.ok) return checked;
  kiosk.access.unlock(role);
  return null;
}
