import { Hono } from 'hono';
import type { DeskView, SignInAnswer } from '../../contract/api.ts';
import { SearchInput, ShowInput, SignInInput } from '../../contract/api.ts';
import { BrowseInput, ScanInput } from '../../contract/api-attendance.ts';
import { body } from './body.ts';
import type { HelpCall } from './help-call.ts';
import type { Kiosk } from './kiosk.ts';
import type { Push } from './push.ts';

/** One desk per PC in this version; the log keeps the name for the day there are more. */
const STATION = 'desk-1';

/** What the public sign-in screen may do: find a person, sign that person in, ask for help, and nothing else. */
export function createDeskApi(kiosk: Kiosk, push: Push<DeskView>, help: HelpCall, changed: () => void) {
  const context = () => ({
    station: STATION,
    actor: 'attendee',
    broadcastMs: kiosk.evidence.broadcastMs(kiosk.conductor.current?.startsAt ?? 0),
  });
  const told = (answer: SignInAnswer) => {
    if (answer.ok) changed();
    return answer;
  };

  return new Hono()
    .get('/events', (c) => push.stream(c))
    .post('/search', body(SearchInput), (c) => c.json(kiosk.register().search(c.req.valid('json').query)))
    .post('/browse', body(BrowseInput), (c) => {
      const { unitId, initial } = c.req.valid('json');
      return c.json(kiosk.register().browse(unitId, initial));
    })
    .post('/sign-in', body(SignInInput), (c) => {
      const { personId, method } = c.req.valid('json');
      return c.json(told(kiosk.register().signIn(personId, method, context())));
    })
    .post('/scan', body(ScanInput), (c) => {
      const venueId = kiosk.session.document.venue.id;
      return c.json(told(kiosk.register().scan(c.req.valid('json').raw, venueId, context())));
    })
    .post('/ask-help', (c) => {
      const at = help.ask(kiosk.store.clock.now());
      changed();
      return c.json({ ok: true as const, at });
    })
    .post('/show', body(ShowInput), (c) => {
      kiosk.shell.show(c.req.valid('json').role);
      return c.json({ ok: true as const });
    });
}
export type DeskApi = ReturnType<typeof createDeskApi>;
