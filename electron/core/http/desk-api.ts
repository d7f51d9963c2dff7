import { Hono } from 'hono';
import type { DeskView } from '../../contract/api.ts';
import { SearchInput, ShowInput, SignInInput } from '../../contract/api.ts';
import { body } from './body.ts';
import type { Kiosk } from './kiosk.ts';
import type { Push } from './push.ts';

/** One desk per PC in this version; the log keeps the name for the day there are more. */
const STATION = 'desk-1';

/** What the public sign-in screen may do: look for a name, sign that person in, and nothing else. */
export function createDeskApi(kiosk: Kiosk, push: Push<DeskView>, changed: () => void) {
  return new Hono()
    .get('/events', (c) => push.stream(c))
    .post('/search', body(SearchInput), (c) => c.json(kiosk.register().search(c.req.valid('json').query)))
    .post('/sign-in', body(SignInInput), (c) => {
      const { personId, method } = c.req.valid('json');
      const startsAt = kiosk.conductor.current?.startsAt ?? 0;
      const answer = kiosk.register().signIn(personId, method, {
        station: STATION,
        actor: 'attendee',
        broadcastMs: kiosk.evidence.broadcastMs(startsAt),
      });
      if (answer.ok) changed();
      return c.json(answer);
    })
    .post('/show', body(ShowInput), (c) => {
      kiosk.shell.show(c.req.valid('json').role);
      return c.json({ ok: true as const });
    });
}
export type DeskApi = ReturnType<typeof createDeskApi>;
