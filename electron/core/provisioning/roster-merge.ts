import type { MergedInto, Person } from '../../contract/attendance.ts';
import type { RosterMergeLookInput } from '../../contract/api-roster-merge.ts';
import type { RosterStep } from '../store/roster-steps.ts';
import { joinPeople } from './roster-steps.ts';

/** Two entries that are one person. */
export interface MergePair {
  keep: Person;
  drop: Person;
  /** The log names both. */
  bothInLog: boolean;
}

/** The two entries, or why they cannot be merged: a substitute sits for somebody else, a supervisor is listed apart. */
export function findPair(
  people: ReadonlyMap<string, Person>,
  inLog: ReadonlySet<string>,
  { keepId, dropId }: Pick<RosterMergeLookInput, 'keepId' | 'dropId'>,
): ({ ok: true } & MergePair) | { ok: false; error: 'not_on_list' | 'not_mergeable' } {
  const keep = people.get(keepId);
  const drop = people.get(dropId);
  if (!keep || !drop || keep === drop || keep.merged || drop.merged) return { ok: false, error: 'not_on_list' };
  const isApart = ({ kind }: Person): boolean => kind === 'substitute' || kind === 'supervisor';
  if (isApart(keep) || isApart(drop)) return { ok: false, error: 'not_mergeable' };
  return { ok: true, keep, drop, bothInLog: inLog.has(keepId) && inLog.has(dropId) };
}

/** How the list has the two once the log names both: the one that goes stays as an entry of the other, with its events. */
export function mergedEntries({ keep, drop }: MergePair, events: MergedInto['events']): [drop: Person, keep: Person] {
  return [{ ...drop, merged: { into: keep.id, events } }, joinPeople(keep, drop)];
}

/**
 * The writes a merge amounts to. Of two entries only one that the log does not name goes for good; the id that the log names
 * stays, whichever of the two was chosen. `events`: null where the log names one of them at most.
 */
export function stepsOfMerge(pair: MergePair, events: MergedInto['events'] | null, dropInLog: boolean): RosterStep[] {
  const { keep, drop } = pair;
  if (events !== null) {
    const [goes, stays] = mergedEntries(pair, events);
    return [
      { personId: drop.id, after: goes, entry: null },
      { personId: keep.id, after: stays, entry: null, tokensFrom: drop.id },
    ];
  }
  const joined = joinPeople(keep, drop);
  const [stays, goes] = dropInLog ? [drop.id, keep.id] : [keep.id, drop.id];
  return [
    { personId: goes, after: null, entry: null },
    { personId: stays, after: { ...joined, id: stays }, entry: null, tokensFrom: goes },
  ];
}
