import type { PathOf } from '../../contract/endpoints.ts';
import type { Hall } from '../hall/hall.ts';
import type { RosterImports } from '../provisioning/roster-import.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type RosterPath = Extract<PathOf<'console'>, `console/roster/${string}`>;

export interface RosterPorts {
  imports: RosterImports;
  hall: Pick<Hall, 'listChanged'>;
  actions: Actions;
}

/** Bringing a roster in from a file: list, preview, confirm. */
export function createConsoleRosterApi({ imports, hall, actions }: RosterPorts): Handlers<RosterPath> {
  return {
    'console/roster/files': () => imports.listFiles(),
    'console/roster/preview': (input) => imports.preview(input),
    'console/roster/confirm': ({ previewId }) => {
      const answer = imports.confirm(previewId);
      if (answer.ok) {
        const { added, changed, removed, kept } = answer;
        // Nobody signed the file, so who brought it in is on record.
        actions.note('import_unsigned_roster', { added, changed, removed, kept });
        hall.listChanged(null);
      }
      return answer;
    },
  };
}
