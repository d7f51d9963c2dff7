import type { PackageChange } from '../../contract/api-lobby.ts';
import type { SessionPackage } from '../../contract/session-package.ts';
import type { Store } from '../store/store.ts';

/** What taking this package in would change in the records of this PC. Changes nothing itself. */
export function compareWithStored(store: Store, document: SessionPackage, digest: string): PackageChange {
  const session = store.sessions.getSession(document.packageId);
  const nothing = { added: 0, changed: 0, removed: 0 };
  if (session?.digest === digest)
    return { change: 'same', people: nothing, sittings: { added: [], removed: [], moved: [] } };
  const people = document.roster
    ? store.people.compareRoster(document.packageId, document.roster, document.units)
    : nothing;
  const before = session ? store.sittings.listSittings(document.packageId) : [];
  const stored = new Map(before.map((sitting) => [sitting.planId, sitting]));
  const added: string[] = [];
  const moved: string[] = [];
  for (const plan of document.sittings) {
    const old = stored.get(plan.id);
    if (!old) added.push(plan.title);
    else if (old.startsAt !== Date.parse(plan.startsAt) || old.endsAt !== Date.parse(plan.endsAt))
      moved.push(plan.title);
    stored.delete(plan.id);
  }
  // One that began stays, whatever a newer issue says.
  const removed = [...stored.values()].filter(({ state }) => state === 'prepared').map(({ title }) => title);
  return { change: session ? 'updated' : 'new', people, sittings: { added, removed, moved } };
}
