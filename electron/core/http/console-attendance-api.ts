import { Hono } from 'hono';
import type { HistoryAnswer, PeopleAnswer, UndoAnswer } from '../../contract/api-attendance.ts';
import {
  AddPersonInput,
  ExcuseInput,
  HeadCountInput,
  LeftInput,
  ListPeopleInput,
  OpenRollCallInput,
  PersonInput,
  ScanInput,
  SecretarySignInInput,
  UNDO_PIN_AFTER_MS,
  UndoInput,
} from '../../contract/api-attendance.ts';
import { describeScan } from '../attendance/scan.ts';
import { Secretary } from '../attendance/secretary.ts';
import type { EntrySource } from '../store/attendance-transaction.ts';
import { body } from './body.ts';
import type { HelpCall } from './help-call.ts';
import type { Kiosk } from './kiosk.ts';
import { requireUnlocked } from './unlocked.ts';

const STATION = 'console';
const noSitting = { ok: false as const, error: 'no_such_sitting' as const };

/**
 * What the secretary does on the console: people of every kind, absences, undo, roll calls and the head-count. Commands
 * that change the attendance log are in that log with who gave them; the others are written to the list of actions.
 */
export function createConsoleAttendanceApi(kiosk: Kiosk, help: HelpCall, changed: () => void) {
  const role = () => kiosk.access.role ?? 'nobody';
  const note = (type: string, detail: Record<string, string | number | boolean | null>) =>
    kiosk.store.settings.recordAction(kiosk.store.clock.now(), role(), type, detail);
  const source = (): EntrySource => ({
    station: STATION,
    actor: role(),
    method: 'secretary',
    broadcastMs: kiosk.evidence.broadcastMs(kiosk.conductor.current?.startsAt ?? 0),
  });
  const secretaryOf = (sittingId: string | undefined) => findSecretary(kiosk, sittingId);
  const told = <T extends { ok: boolean }>(answer: T, sittingId: string | undefined): T => {
    // The register of another sitting was read for this command only: the current one must hear of new people.
    if (answer.ok && sittingId !== undefined && sittingId !== kiosk.conductor.current?.id) kiosk.reloadRegister();
    if (answer.ok) changed();
    return answer;
  };

  return new Hono()
    .use(requireUnlocked(kiosk))
    .post('/list', body(ListPeopleInput), (c) => {
      const { sittingId, ...filter } = c.req.valid('json');
      const found = secretaryOf(sittingId)?.listPeople(filter);
      const answer: PeopleAnswer = found ? { ok: true, ...found, offset: filter.offset } : noSitting;
      return c.json(answer);
    })
    .post('/history', body(PersonInput), (c) => {
      const { sittingId, personId } = c.req.valid('json');
      const secretary = secretaryOf(sittingId);
      const entries = secretary?.listHistory(personId) ?? null;
      const missing = secretary ? ('not_on_list' as const) : ('no_such_sitting' as const);
      const answer: HistoryAnswer = entries ? { ok: true, entries } : { ok: false, error: missing };
      return c.json(answer);
    })
    .post('/sign-in', body(SecretarySignInInput), (c) => {
      const { sittingId, personId, at } = c.req.valid('json');
      return c.json(told(secretaryOf(sittingId)?.signIn(personId, at, source()) ?? noSitting, sittingId));
    })
    .post('/add', body(AddPersonInput), (c) => {
      const input = c.req.valid('json');
      return c.json(told(secretaryOf(input.sittingId)?.addPerson(input, source()) ?? noSitting, input.sittingId));
    })
    .post('/left', body(LeftInput), (c) => {
      const { sittingId, personId, reason, at } = c.req.valid('json');
      return c.json(told(secretaryOf(sittingId)?.recordLeft(personId, reason, at, source()) ?? noSitting, sittingId));
    })
    .post('/excuse', body(ExcuseInput), (c) => {
      const { sittingId, personIds, reason } = c.req.valid('json');
      return c.json(told(secretaryOf(sittingId)?.excuse(personIds, reason, source()) ?? noSitting, sittingId));
    })
    .post('/undo', body(UndoInput), async (c) => {
      const { sittingId, personId, what, reason, pin } = c.req.valid('json');
      const refused = await checkPinAgain(kiosk, pin);
      if (refused) return c.json(refused);
      const answer: UndoAnswer = secretaryOf(sittingId)?.undo(personId, what, reason, source()) ?? noSitting;
      return c.json(told(answer, sittingId));
    })
    .post('/roll-call/open', body(OpenRollCallInput), (c) => {
      const { title } = c.req.valid('json');
      const answer = secretaryOf(undefined)?.openRollCall(title) ?? noSitting;
      note('open_roll_call', { title, ok: answer.ok });
      return c.json(told(answer, undefined));
    })
    .post('/roll-call/close', (c) => {
      secretaryOf(undefined)?.closeRollCalls();
      note('close_roll_calls', {});
      changed();
      return c.json({ ok: true as const });
    })
    .post('/head-count', body(HeadCountInput), (c) => {
      const { sittingId, counted, reason } = c.req.valid('json');
      const answer = secretaryOf(sittingId)?.setHeadCount(counted, reason, role()) ?? noSitting;
      note('head_count', { counted, ok: answer.ok });
      return c.json(told(answer, undefined));
    })
    .post('/help/clear', (c) => {
      help.clear();
      changed();
      return c.json({ ok: true as const });
    })
    .post('/scanner-test', body(ScanInput), (c) =>
      c.json(describeScan(c.req.valid('json').raw, kiosk.session.document.venue.id)),
    );
}
export type ConsoleAttendanceApi = ReturnType<typeof createConsoleAttendanceApi>;

/** The secretary of a sitting of this session, the current one unless named; null when there is no such sitting. */
export function findSecretary(kiosk: Kiosk, sittingId: string | undefined): Secretary | null {
  if (sittingId !== undefined && !kiosk.conductor.list().some((sitting) => sitting.id === sittingId)) return null;
  const register = kiosk.register(sittingId);
  const unitName = (unitId: string) =>
    kiosk.session.document.units.find((unit) => unit.id === unitId)?.name ?? register.findUnitName(unitId);
  return new Secretary(kiosk.store, register, unitName);
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
