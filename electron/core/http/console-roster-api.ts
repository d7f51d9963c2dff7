import { Hono } from 'hono';
import { RosterConfirmInput, RosterPreviewInput } from '../../contract/api-roster.ts';
import { body } from './body.ts';
import type { Kiosk } from './kiosk.ts';
import { requireUnlocked } from './unlocked.ts';

/** Bringing a roster in from a file, behind the PIN: list, preview, confirm. */
export function createConsoleRosterApi(kiosk: Kiosk, changed: () => void) {
  return new Hono()
    .use(requireUnlocked(kiosk))
    .get('/files', async (c) => c.json(await kiosk.rosterImports.listFiles()))
    .post('/preview', body(RosterPreviewInput), async (c) =>
      c.json(await kiosk.rosterImports.preview(c.req.valid('json'))),
    )
    .post('/confirm', body(RosterConfirmInput), (c) => {
      const answer = kiosk.rosterImports.confirm(c.req.valid('json').previewId);
      if (answer.ok) {
        const { added, changed: altered, removed, kept } = answer;
        // Nobody signed the file, so who brought it in is on record.
        kiosk.store.settings.recordAction(
          kiosk.store.clock.now(),
          kiosk.access.role ?? 'nobody',
          'import_unsigned_roster',
          { added, changed: altered, removed, kept },
        );
        kiosk.reloadRegister();
        changed();
      }
      return c.json(answer);
    });
}
export type ConsoleRosterApi = ReturnType<typeof createConsoleRosterApi>;
