import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import { isClosed } from '../attendance/sitting-rules.ts';
import type { Hall } from '../hall/hall.ts';
import type { RosterImports } from '../provisioning/roster-import.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type RosterPath = Extract<PathOf<'console'>, `console/roster/${string}`>;

/** People the register takes before other work gets its turn: nobody at the desk waits for a long list. */
const PER_TURN = 50;

export interface RosterPorts {
  imports: RosterImports;
  hall: Pick<Hall, 'listChanged' | 'register' | 'sitting'>;
  access: Pick<Access, 'actor'>;
  actions: Actions;
}

/** Bringing rosters in from files: list, preview and its rows, confirm, take back, join doubles, sample file. */
export function createConsoleRosterApi({ imports, hall, access, actions }: RosterPorts): Handlers<RosterPath> {
  /** The register of the sitting on now learns of new people in portions; a sitting that is over keeps its own list. */
  const followWritten = async (): Promise<void> => {
    const written = imports.takeWritten();
    if (!written || written.hasRemoved || !hall.sitting || isClosed(hall.sitting.state)) return hall.listChanged(null);
    const register = hall.register(hall.sitting.id);
    for (const [i, person] of written.people.entries()) {
      register.setPerson(person);
      if (i % PER_TURN === PER_TURN - 1) await nextTurn();
    }
    return hall.listChanged(register.sittingId);
  };
  return {
    'console/roster/files': () => imports.listFiles(),
    'console/roster/doubles': () => imports.listDoubles(),
    'console/roster/preview': (input) => imports.preview(input),
    'console/roster/rows': (input) => imports.rows(input),
    'console/roster/confirm': async (input) => {
      const answer = await imports.confirm(input, access.actor);
      if (answer.ok) {
        await followWritten();
        const { added, changed, removed, kept } = answer;
        // Nobody signed the file, so who brought it in is on record.
        actions.note('import_unsigned_roster', { added, changed, removed, kept });
      }
      return answer;
    },
    'console/roster/undo': (input) => {
      const answer = imports.undo(input, access.actor);
      if (answer.ok) {
        hall.listChanged(null);
        const { restored, takenOff, stayed } = answer;
        actions.note('undo_roster_import', { restored, takenOff, stayed });
      }
      return answer;
    },
    'console/roster/merge': async (input) => {
      const answer = await imports.merge(input, access.actor);
      if (answer.ok) {
        await followWritten();
        actions.note('merge_people', { importId: answer.importId });
      }
      return answer;
    },
    'console/roster/template': ({ placeId }) => imports.saveTemplate(placeId),
  };
}
