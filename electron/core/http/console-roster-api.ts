import { Hono } from 'hono';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  RosterConfirmInput,
  RosterMergeInput,
  RosterPreviewInput,
  RosterRowsInput,
  RosterTemplateInput,
  RosterUndoInput,
} from '../../contract/api-roster.ts';
import { body } from './body.ts';
import type { Kiosk } from './kiosk.ts';
import { requireUnlocked } from './unlocked.ts';

/** Bringing rosters in from files, behind the PIN: list, preview and its rows, confirm, take back, join doubles, sample file. */
export function createConsoleRosterApi(kiosk: Kiosk, changed: () => void) {
  const by = (): string => kiosk.access.role ?? 'nobody';
  /** Nobody signed the file, so who changed the list is on record. */
  const record = (action: 'import_unsigned_roster' | 'undo_roster_import' | 'merge_people', facts: object): void => {
    kiosk.store.settings.recordAction(kiosk.store.clock.now(), by(), action, { ...facts });
    changed();
  };
  /** The register learns of new people in portions, so that nobody at the desk waits for a long list. */
  const follow = async (): Promise<void> => {
    const written = kiosk.rosterImports.takeWritten();
    if (!written || written.hasRemoved) return kiosk.reloadRegister();
    for (const [i, person] of written.people.entries()) {
      kiosk.register().personChanged(person);
      if (i % 50 === 49) await nextTurn();
    }
  };
  return new Hono()
    .use(requireUnlocked(kiosk))
    .get('/files', async (c) => c.json(await kiosk.rosterImports.listFiles()))
    .get('/doubles', async (c) => c.json(await kiosk.rosterImports.listDoubles()))
    .post('/preview', body(RosterPreviewInput), async (c) =>
      c.json(await kiosk.rosterImports.preview(c.req.valid('json'))),
    )
    .post('/rows', body(RosterRowsInput), (c) => c.json(kiosk.rosterImports.rows(c.req.valid('json'))))
    .post('/confirm', body(RosterConfirmInput), async (c) => {
      const answer = await kiosk.rosterImports.confirm(c.req.valid('json'), by());
      if (answer.ok) {
        await follow();
        record('import_unsigned_roster', answer);
      }
      return c.json(answer);
    })
    .post('/undo', body(RosterUndoInput), (c) => {
      const answer = kiosk.rosterImports.undo(c.req.valid('json'), by());
      if (answer.ok) {
        kiosk.reloadRegister();
        record('undo_roster_import', answer);
      }
      return c.json(answer);
    })
    .post('/merge', body(RosterMergeInput), async (c) => {
      const answer = await kiosk.rosterImports.merge(c.req.valid('json'), by());
      if (answer.ok) {
        await follow();
        record('merge_people', answer);
      }
      return c.json(answer);
    })
    .post('/template', body(RosterTemplateInput), async (c) =>
      c.json(await kiosk.rosterImports.saveTemplate(c.req.valid('json').placeId)),
    );
}
export type ConsoleRosterApi = ReturnType<typeof createConsoleRosterApi>;
