import type { PathOf } from '../../contract/endpoints.ts';
import type { Kiosk } from './kiosk.ts';
import type { Handlers } from './serve-endpoints.ts';

type RosterPath = Extract<PathOf<'console'>, `console/roster/${string}`>;

/** Bringing a roster in from a file: list, preview, confirm. */
export function createConsoleRosterApi(kiosk: Kiosk, changed: () => void): Handlers<RosterPath> {
  return {
    'console/roster/files': () => kiosk.rosterImports.listFiles(),
    'console/roster/preview': (input) => kiosk.rosterImports.preview(input),
    'console/roster/confirm': ({ previewId }) => {
      const answer = kiosk.rosterImports.confirm(previewId);
      if (answer.ok) {
        const { added, changed: altered, removed, kept } = answer;
        // Nobody signed the file, so who brought it in is on record.
        const detail = { added, changed: altered, removed, kept };
        const { settings, clock } = kiosk.store;
        settings.recordAction(clock.now(), kiosk.access.role ?? 'nobody', 'import_unsigned_roster', detail);
        kiosk.listChanged(null);
        changed();
      }
      return answer;
    },
  };
}
