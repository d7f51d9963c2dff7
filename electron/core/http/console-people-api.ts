import { UNDO_AT_ONCE_MS } from '../../contract/api-attendance.ts';
import type { ScannerTestAnswer } from '../../contract/api-scanner.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import { describeScan } from '../attendance/scan.ts';
import type { Secretary } from '../attendance/secretary.ts';
import type { Hall } from '../hall/hall.ts';
import type { EntrySource } from '../store/attendance-transaction.ts';
import type { Actions } from './actions.ts';
import type { HelpCall } from './help-call.ts';
import type { Handlers } from './serve-endpoints.ts';

const STATION = 'console';
const noSitting = { ok: false as const, error: 'no_such_sitting' as const };

type PeoplePath = Extract<PathOf<'console'>, `console/people/${string}`>;

export interface PeoplePorts {
  hall: Pick<Hall, 'session' | 'secretary' | 'broadcastMs' | 'peopleChanged' | 'listChanged'>;
  access: Pick<Access, 'actor' | 'checkPinAgain'>;
  actions: Actions;
  help: HelpCall;
  /** A card was scanned for a test. */
  scanned: (seen: ScannerTestAnswer) => void;
}

/**
 * What the secretary does on the console: people of every kind, absences, undo, roll calls and the head-count of the sitting
 * that is named. Commands that change the attendance log are in that log with who gave them; the others are written to the
 * list of actions.
 */
export function createConsolePeopleApi({ hall, access, actions, help, scanned }: PeoplePorts): Handlers<PeoplePath> {
  const source = (sittingId: string, fromPaper = false): EntrySource => ({
    station: STATION,
    actor: access.actor,
    method: fromPaper ? 'paper' : 'secretary',
    // What is added to an earlier sitting than the one on now has no moment of the broadcast, nor has what was on paper.
    broadcastMs: fromPaper ? null : hall.broadcastMs(sittingId),
  });
  /** Asks the sitting's secretary, and says that people changed when it was done. */
  const change = <T extends { ok: boolean }>(sittingId: string, act: (secretary: Secretary) => T) => {
    const secretary = hall.secretary(sittingId);
    if (!secretary) return noSitting;
    const answer = act(secretary);
    if (answer.ok) hall.peopleChanged();
    return answer;
  };
  /** As `change`, for what may add somebody to the list of people or withdraw them: other sittings have the same list. */
  const changeList = <T extends { ok: boolean }>(sittingId: string, act: (secretary: Secretary) => T) => {
    const answer = change(sittingId, act);
    if (answer.ok) hall.listChanged(sittingId);
    return answer;
  };

  /** Whether the newest entry about somebody was written here, moments ago. */
  const isFresh = (sittingId: string, personId: string): boolean =>
    hall.secretary(sittingId)?.isFresh(personId, STATION, UNDO_AT_ONCE_MS) === true;

  return {
    'console/people/list': ({ sittingId, ...filter }) => {
      const found = hall.secretary(sittingId)?.listPeople(filter);
      return found ? { ok: true, ...found, offset: filter.offset } : noSitting;
    },
    'console/people/history': ({ sittingId, personId }) => {
      const secretary = hall.secretary(sittingId);
      if (!secretary) return noSitting;
      const entries = secretary.listHistory(personId);
      return entries ? { ok: true, entries } : { ok: false, error: 'not_on_list' };
    },
    'console/people/sign-in': ({ sittingId, personId, at, fromPaper }) =>
      change(sittingId, (secretary) => secretary.signIn(personId, at, source(sittingId, fromPaper))),
    'console/people/sign-in-many': ({ sittingId, personIds, at }) =>
      change(sittingId, (secretary) => secretary.many.signIn(personIds, at, source(sittingId))),
    'console/people/paper-list': ({ sittingId }) => {
      const secretary = hall.secretary(sittingId);
      return secretary ? { ok: true, people: secretary.listOnPaper() } : noSitting;
    },
    'console/people/add': (input) =>
      changeList(input.sittingId, (secretary) => secretary.addPerson(input, source(input.sittingId, input.fromPaper))),
    'console/people/left': ({ sittingId, personId, reason, at }) =>
      change(sittingId, (secretary) => secretary.recordLeft(personId, reason, at, source(sittingId))),
    'console/people/excuse': ({ sittingId, personIds, reason }) =>
      change(sittingId, (secretary) => secretary.many.excuse(personIds, reason, source(sittingId))),
    'console/people/undo': async ({ sittingId, personId, what, reason, pin }) => {
      if (!isFresh(sittingId, personId)) {
        const checked = await access.checkPinAgain(pin);
        if (!checked.ok) return checked;
      }
      return changeList(sittingId, (secretary) => secretary.undo(personId, what, reason, source(sittingId)));
    },
    'console/people/undo-many': async ({ sittingId, personIds, what, reason, pin }) => {
      if (!personIds.every((personId) => isFresh(sittingId, personId))) {
        const checked = await access.checkPinAgain(pin);
        if (!checked.ok) return checked;
      }
      return changeList(sittingId, (secretary) => secretary.many.undo(personIds, what, reason, source(sittingId)));
    },
    'console/people/roll-call/open': ({ sittingId, title }) => {
      const answer = change(sittingId, (secretary) => secretary.openRollCall(title));
      actions.note('open_roll_call', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/people/roll-call/preview': ({ sittingId }) => hall.secretary(sittingId)?.previewClose() ?? noSitting,
    'console/people/roll-call/cancel': ({ sittingId, rollCallId, reason }) => {
      const answer = change(sittingId, (secretary) => secretary.cancelRollCall(rollCallId, reason, access.actor));
      actions.note('cancel_roll_call', { sittingId, rollCallId, ok: answer.ok });
      return answer;
    },
    'console/people/roll-call/close': ({ sittingId }) => {
      const answer = change(sittingId, (secretary) => {
        secretary.closeRollCalls();
        return { ok: true as const };
      });
      actions.note('close_roll_calls', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/people/head-count': ({ sittingId, counted, reason }) => {
      const answer = change(sittingId, (secretary) => secretary.setHeadCount(counted, reason, access.actor));
      actions.note('head_count', { sittingId, counted, ok: answer.ok });
      return answer;
    },
    'console/people/help/clear': () => {
      help.clear();
      return { ok: true };
    },
    'console/people/scanner-test': ({ raw }) => {
      const seen = describeScan(raw, hall.session.document.venue.id);
      scanned(seen);
      return seen;
    },
  };
}
