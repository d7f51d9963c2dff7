import type { SignInAnswer } from '../../contract/api.ts';
import type { OtherSitting } from '../../contract/api-attendance.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Register } from '../attendance/register.ts';
import type { HelpCall } from './help-call.ts';
import type { Kiosk } from './kiosk.ts';
import type { Handlers } from './serve-endpoints.ts';

/** One desk per PC in this version; the log keeps the name for the day there are more. */
const STATION = 'desk-1';

/**
 * What the public sign-in screen may do: find a person, sign that person in, ask for help, and nothing else. Only in the
 * sitting the hall is in: whoever stands at the desk when the next one begins must not be written down in the last one.
 */
export function createDeskApi(kiosk: Kiosk, help: HelpCall, changed: () => void): Handlers<PathOf<'desk'>> {
  const context = () => ({
    station: STATION,
    actor: 'attendee',
    broadcastMs: kiosk.evidence.broadcastMs(kiosk.conductor.current?.startsAt ?? 0),
  });
  const inHall = <T>(sittingId: string, act: (register: Register) => T): T | OtherSitting =>
    sittingId === kiosk.conductor.current?.id ? act(kiosk.register(sittingId)) : { ok: false, error: 'other_sitting' };
  const signIn = (sittingId: string, act: (register: Register) => SignInAnswer): SignInAnswer => {
    const answer = inHall(sittingId, act);
    if (answer.ok) changed();
    return answer;
  };

  return {
    'desk/search': ({ sittingId, query }) => inHall(sittingId, (register) => register.search(query)),
    'desk/browse': ({ sittingId, unitId, initial }) =>
      inHall(sittingId, (register) => register.browse(unitId, initial)),
    'desk/sign-in': ({ sittingId, personId, method }) =>
      signIn(sittingId, (register) => register.signIn(personId, method, context())),
    'desk/scan': ({ sittingId, raw }) =>
      signIn(sittingId, (register) => register.scan(raw, kiosk.session.document.venue.id, context())),
    'desk/ask-help': () => {
      const at = help.ask(kiosk.store.clock.now());
      changed();
      return { ok: true, at };
    },
    'desk/show': ({ role }) => {
      kiosk.shell.show(role);
      return { ok: true };
    },
  };
}
