import type { SignInAnswer } from '../../contract/api.ts';
import type { OtherSitting } from '../../contract/api-attendance.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Register, SignInContext } from '../attendance/register.ts';
import type { Hall } from '../hall/hall.ts';
import type { Pc } from '../hall/pc.ts';
import type { HelpCall } from './help-call.ts';
import type { Handlers } from './serve-endpoints.ts';

/** One desk per PC in this version; the log keeps the name for the day there are more. */
const DESK_SOURCE = { station: 'desk-1', actor: 'attendee' };

export interface DeskPorts {
  hall: Pick<Hall, 'session' | 'sitting' | 'register' | 'broadcastMs' | 'peopleChanged'>;
  help: HelpCall;
  pc: Pick<Pc, 'show'>;
}

/**
 * What the public sign-in screen may do: find a person, sign that person in, take that back at once, ask for help, and nothing else. Only in the
 * sitting the hall is in: whoever stands at the desk when the next one begins must not be written down in the last one.
 */
export function createDeskApi({ hall, help, pc }: DeskPorts): Handlers<PathOf<'desk'>> {
  const inHall = <T>(sittingId: string, act: (register: Register) => T): T | OtherSitting =>
    sittingId === hall.sitting?.id ? act(hall.register(sittingId)) : { ok: false, error: 'other_sitting' };
  const signIn = (
    sittingId: string,
    act: (register: Register, context: SignInContext) => SignInAnswer,
  ): SignInAnswer => {
    const context = { ...DESK_SOURCE, broadcastMs: hall.broadcastMs(sittingId) };
    const answer = inHall(sittingId, (register) => act(register, context));
    if (answer.ok) hall.peopleChanged();
    return answer;
  };

  return {
    'desk/search': ({ sittingId, query }) => inHall(sittingId, (register) => register.search(query)),
    'desk/browse': ({ sittingId, unitId, initial }) =>
      inHall(sittingId, (register) => register.browse(unitId, initial)),
    'desk/sign-in': ({ sittingId, personId, method }) =>
      signIn(sittingId, (register, context) => register.signIn(personId, method, context)),
    'desk/scan': ({ sittingId, raw }) =>
      signIn(sittingId, (register, context) => register.scan(raw, hall.session.document.venue.id, context)),
    'desk/take-back': ({ sittingId, personId }) => {
      const answer = inHall(sittingId, (register) => register.takeBack(personId, DESK_SOURCE));
      if (answer.ok) hall.peopleChanged();
      return answer;
    },
    'desk/ask-help': () => ({ ok: true, at: help.ask() }),
    'desk/help-done': () => {
      help.clear();
      return { ok: true };
    },
    'desk/show': ({ role }) => {
      pc.show(role);
      return { ok: true };
    },
  };
}
