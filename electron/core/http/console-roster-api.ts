import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import { isClosed } from '../attendance/sitting-rules.ts';
import type { Register } from '../attendance/register.ts';
import type { Hall } from '../hall/hall.ts';
import { lookAtMerge } from '../hall/merge-look.ts';
import type { RosterImports } from '../provisioning/roster-import.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type RosterPath = Extract<PathOf<'console'>, `console/roster/${string}`>;

/** People the register takes before other work gets its turn: nobody at the desk waits for a long list. */
const PER_TURN = 20;

export interface RosterPorts {
  imports: RosterImports;
  hall: Pick<Hall, 'list' | 'listChanged' | 'register' | 'session' | 'shownAt' | 'sitting'>;
  access: Pick<Access, 'actor'>;
  actions: Actions;
}

/** Bringing rosters in from files: list, preview and its rows, confirm, take back, the package's list again, join doubles, sample file. */
export function createConsoleRosterApi({ imports, hall, access, actions }: RosterPorts): Handlers<RosterPath> {
  /** The register of the sitting on now; a sitting that is over keeps its own list. */
  const findRegister = (): Register | null =>
    hall.sitting && !isClosed(hall.sitting.state) ? hall.register(hall.sitting.id) : null;
  // At once: nobody signs in who is off the list.
  imports.gone.on((ids) => {
    const register = findRegister();
    if (register) for (const id of ids) register.dropPerson(id);
  });
  /** The others in portions: a desk must not wait for a long list. */
  const followTouched = async (): Promise<void> => {
    const touched = imports.takeTouched();
    const register = findRegister();
    if (!touched || !register) return hall.listChanged(null);
    for (let at = 0; at < touched.length; at += PER_TURN) {
      for (const person of imports.listPeople(touched.slice(at, at + PER_TURN))) register.setPerson(person);
      await nextTurn();
    }
    return hall.listChanged(register.sittingId);
  };
  return {
    'console/roster/files': async () => {
      const answer = await imports.listFiles();
      return { ...answer, history: answer.history.map((one) => ({ ...one, at: hall.shownAt(one.at) })) };
    },
    'console/roster/doubles': () => imports.listDoubles(),
    'console/roster/preview': (input) => imports.preview(input),
    'console/roster/rows': (input) => imports.rows(input),
    'console/roster/confirm': async (input) => {
      const answer = await imports.confirm(input, access.actor);
      if (answer.ok) {
        await followTouched();
        const { added, changed, removed, kept } = answer;
        // Nobody signed the file, so who brought it in is on record.
        actions.note('import_unsigned_roster', { added, changed, removed, kept });
      }
      return answer;
    },
    'console/roster/undo': async (input) => {
      const answer = await imports.undo(input, access.actor);
      if (answer.ok) {
        await followTouched();
        const { restored, takenOff, stayed } = answer;
        actions.note('undo_roster_import', { restored, takenOff, stayed });
      }
      return answer;
    },
    'console/roster/package-list': () => imports.packageList(),
    'console/roster/restore': async (input) => {
      const answer = await imports.restore(input, access.actor);
      if (answer.ok) {
        await followTouched();
        const { added, changed, removed, kept } = answer;
        actions.note('restore_package_list', { added, changed, removed, kept });
      }
      return answer;
    },
    'console/roster/merge': async (input) => {
      const answer = await imports.merge(input, access.actor);
      if (answer.ok) {
        await followTouched();
        actions.note('merge_people', { importId: answer.importId });
      }
      return answer;
    },
    'console/roster/merge-look': async (input) => {
      const pair = await imports.findPair(input);
      return pair.ok ? lookAtMerge(hall, pair) : pair;
    },
    'console/roster/template': ({ placeId }) => imports.saveTemplate(placeId),
  };
}
