import type { MergeStanding, MergeTotals, RosterMergeLookAnswer } from '../../contract/api-roster-merge.ts';
import type { RosterPersonView } from '../../contract/api-roster.ts';
import type { Person, PersonStatus, Totals } from '../../contract/attendance.ts';
import { isClosed } from '../attendance/sitting-rules.ts';
import { mergedEntries, type MergePair } from '../provisioning/roster-merge.ts';
import type { Hall } from './hall.ts';

/** What merging two entries of the list comes to in each sitting that takes its people from the list; writes nothing. */
export function lookAtMerge(
  hall: Pick<Hall, 'list' | 'register' | 'session'>,
  pair: MergePair,
): Extract<RosterMergeLookAnswer, { ok: true }> {
  const { keep, drop, bothInLog } = pair;
  const sittings = hall.list();
  const open = sittings.filter(({ state }) => !isClosed(state));
  return {
    ok: true,
    packageId: hall.session.packageId,
    keep: viewOf(keep),
    drop: viewOf(drop),
    isAsked: bothInLog,
    sittings: open.map(({ id, title }) => {
      const register = hall.register(id);
      const both = register.tryPeople(mergedEntries(pair, 'count'), keep.id);
      const kept = register.tryPeople(mergedEntries(pair, 'ignore'), keep.id);
      return {
        id,
        title,
        keep: standingOf(register.getStatus(keep.id)),
        drop: standingOf(register.getStatus(drop.id)),
        as: { both: standingOf(both.status), kept: standingOf(kept.status) },
        now: numbersOf(register.getTotals()),
        after: { both: numbersOf(both.totals), kept: numbersOf(kept.totals) },
      };
    }),
    over: sittings.length - open.length,
  };
}

function standingOf(status: PersonStatus | null): MergeStanding | null {
  return (
    status && {
      status: status.status,
      arrivedAt: status.arrivedAt,
      leftAt: status.leftAt,
      confirmed: status.confirmed.length,
    }
  );
}

function numbersOf({ summoned, came }: Totals): MergeTotals {
  return { summoned, came };
}

function viewOf({ name, birthYear, position, unitName, numberTail }: Person): RosterPersonView {
  return { row: null, name, birthYear, position, unit: unitName, numberTail };
}
