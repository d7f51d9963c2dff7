import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  RosterNamed,
  RosterPackageListAnswer,
  RosterPersonView,
  RosterRestoreAnswer,
  RosterRestoreInput,
} from '../../contract/api-roster.ts';
import type { Person } from '../../contract/attendance.ts';
import type { PackageListPlan } from '../store/package-list.ts';
import type { RosterStep } from '../store/roster-steps.ts';
import type { Store } from '../store/store.ts';
import type { RosterWriter } from './roster-writer.ts';

const SHOWN = 60;

/** What bringing back the list of the session package would do, with names. Writes nothing. */
export function viewPackageList(store: Store, packageId: string): RosterPackageListAnswer {
  const plan = store.rosters.planPackageList(packageId);
  if (!plan) return { ok: false, error: 'no_package_list' };
  const onList = (ids: readonly string[]): RosterNamed =>
    view(ids, store.people.listPeopleById(packageId, ids.slice(0, SHOWN)));
  const back = plan.back.slice(0, SHOWN).flatMap((id) => plan.as.get(id)?.eventId ?? []);
  return {
    ok: true,
    packageId,
    back: view(plan.back, store.rosters.listPeopleOf(packageId, new Set(back), plan.back.slice(0, SHOWN))),
    changed: onList(plan.changed),
    off: onList(plan.off),
    stay: onList(plan.stay),
  };
}

/** Brings the list of the session package back; a change that can be taken back like any other. */
export async function restorePackageList(
  { store, writer }: { store: Store; writer: RosterWriter },
  { packageId, removals }: RosterRestoreInput,
  by: string,
): Promise<RosterRestoreAnswer> {
  if (store.rosters.countOpenSittings(packageId) === 0) return { ok: false, error: 'all_sealed' };
  const plan = store.rosters.planPackageList(packageId);
  if (!plan) return { ok: false, error: 'no_package_list' };
  // Somebody who signed in since stays; anybody else must have been named.
  if (plan.off.length > removals) return { ok: false, error: 'removals_differ' };
  // The plan of thousands was a turn's work; nobody at the desk waits for the first portion as well.
  await nextTurn();
  const done = await writer.make('restore', '', by, stepsOf(plan));
  return done.ok ? { ...done, kept: done.kept + plan.stay.length } : done;
}

function stepsOf(plan: PackageListPlan): RosterStep[] {
  const off = plan.off.map((personId) => ({ personId, after: null, entry: null }));
  return [...off, ...[...plan.as].map(([personId, as]) => ({ personId, after: null, entry: null, as }))];
}

function view(ids: readonly string[], people: readonly Person[]): RosterNamed {
  return { count: ids.length, sample: people.map(viewPerson) };
}

function viewPerson(person: Person): RosterPersonView {
  const { name, birthYear, position, unitName, numberTail } = person;
  return { row: null, name, birthYear, position, unit: unitName, numberTail };
}
