import type { Person } from '../contract/attendance.ts';

type Entry = Pick<Person, 'merged'>;

/**
 * The id of the person that an entry of the list belongs to: its own, or that of the entry it was merged into. `people` by id. An
 * entry that was merged into nobody on the list is a person of its own, so that nobody who came is lost.
 */
export function rootIdOf(people: ReadonlyMap<string, Entry>, id: string): string {
  const passed = new Set([id]);
  let at = id;
  for (;;) {
    const into = people.get(at)?.merged?.into;
    if (into === undefined || !people.has(into)) return at;
    if (passed.has(into)) return id;
    passed.add(into);
    at = into;
  }
}

/** Without those for whom an entry that was merged into theirs still counts. `withdrawn`: ids about whom nothing counts. */
export function withdrawnWhole(withdrawn: ReadonlySet<string>, people: ReadonlyMap<string, Entry>): Set<string> {
  const whole = new Set(withdrawn);
  for (const [id, { merged }] of people)
    if (merged?.events === 'count' && !withdrawn.has(id)) whole.delete(rootIdOf(people, id));
  return whole;
}
