import type { RosterPerson } from '../../electron/contract/session-package.ts';
import { toPerson } from '../../electron/core/store/roster-entry.ts';
import type { RosterStep } from '../../electron/core/store/roster-steps.ts';
import type { Store } from '../../electron/core/store/store.ts';

export interface RosterChange {
  entries: readonly RosterPerson[];
  removeIds: readonly string[];
}

/** Changes a roster as a file does: staged, then applied whole. What an entry leaves empty stays as it was. */
export function applyRoster(store: Store, packageId: string, change: RosterChange): { removed: number; kept: number } {
  const before = new Map(store.people.listPeople(packageId).map((person) => [person.id, person]));
  const named = new Set(change.entries.map(({ id }) => id));
  const steps: RosterStep[] = [
    ...change.removeIds.filter((id) => !named.has(id)).map((personId) => ({ personId, after: null, entry: null })),
    ...change.entries.map((entry) => {
      const said = Object.entries(toPerson(entry, new Map())).filter(([, value]) => value !== null);
      const after = { ...(before.get(entry.id) ?? toPerson(entry, new Map())), ...Object.fromEntries(said) };
      return { personId: entry.id, after, entry };
    }),
  ];
  const importId = store.rosters.begin(packageId);
  store.rosters.stage(importId, steps);
  const done = store.rosters.apply(importId, packageId, { kind: 'file', label: 'danh sách.csv', by: 'technician' });
  if (!done.ok) throw new Error(done.error);
  while (store.rosters.proceed(packageId, 3)) continue;
  return { removed: done.removed, kept: done.kept };
}
