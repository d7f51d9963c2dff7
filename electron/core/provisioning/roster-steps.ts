import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Person } from '../../contract/attendance.ts';
import { fold } from '../../shared/names.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import type { RosterStep } from '../store/roster-steps.ts';
import { toPerson } from '../store/roster-entry.ts';
import type { RosterPlan } from './roster-plan.ts';
import type { RosterRow } from './roster-types.ts';

export interface StepContext {
  people: ReadonlyMap<string, Person>;
  unitNames: ReadonlyMap<string, string>;
  /** A lasting id for somebody without a code. */
  idOf: (source: string) => string;
}

/** People worked out before other work of the process gets its turn. */
const PER_TURN = 200;

/** The writes a plan amounts to: one for each person it touches. */
export async function stepsOf(plan: RosterPlan, context: StepContext): Promise<RosterStep[]> {
  const taken = new Set(context.people.keys());
  const steps: RosterStep[] = [];
  for (const [i, row] of plan.added.entries()) {
    if (i % PER_TURN === 0) await nextTurn();
    const id = newId(row, taken, context);
    taken.add(id);
    const entry = { ...row.person, id };
    steps.push({ personId: id, after: toPerson(entry, context.unitNames), entry });
  }
  // Somebody taken over unchanged may still have a badge or party number new in the file.
  const met = [...plan.changed, ...plan.same];
  for (const [i, { row, before }] of met.entries()) {
    if (i % PER_TURN === 0) await nextTurn();
    const entry = { ...row.person, id: before.id };
    const old = context.people.get(before.id);
    const after = keepKnown(toPerson(entry, context.unitNames), old, entry);
    steps.push({ personId: before.id, after, isSame: JSON.stringify(old) === JSON.stringify(after), entry });
  }
  if (plan.mode === 'replace')
    for (const { id } of plan.missing) steps.push({ personId: id, after: null, entry: null });
  return steps;
}

function newId(row: RosterRow, taken: ReadonlySet<string>, context: StepContext): string {
  if (row.hasCode && !taken.has(row.person.id)) return row.person.id;
  const { person } = row;
  const base = context.idOf(
    person.citizenNumber ?? `${fold(person.name)}|${person.birthYear ?? ''}|${person.unitId ?? ''}`,
  );
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  return id;
}

/** What a file leaves empty is no change. */
function keepKnown(person: Person, old: Person | undefined, entry: RosterPerson): Person {
  if (!old) return person;
  const isSameName = old.name === person.name;
  return {
    ...person,
    givenName: entry.givenName ?? (isSameName ? old.givenName : person.givenName),
    birthYear: person.birthYear ?? old.birthYear,
    birthDate:
      person.birthDate ?? (person.birthYear === null || person.birthYear === old.birthYear ? old.birthDate : null),
    sex: person.sex ?? old.sex,
    position: person.position ?? old.position,
    unitId: person.unitId ?? old.unitId,
    unitName: person.unitId === null ? old.unitName : person.unitName,
    numberTail: person.numberTail ?? old.numberTail,
    note: person.note ?? old.note,
  };
}

/** Two entries of one person as one: the first stays, and takes what it lacks from the other. */
export function joinPeople(keep: Person, drop: Person): Person {
  return {
    ...keep,
    birthYear: keep.birthYear ?? drop.birthYear,
    birthDate: keep.birthDate ?? drop.birthDate,
    sex: keep.sex ?? drop.sex,
    position: keep.position ?? drop.position,
    unitId: keep.unitId ?? drop.unitId,
    unitName: keep.unitName ?? drop.unitName,
    kind: drop.kind === 'summoned' ? 'summoned' : keep.kind,
    numberTail: keep.numberTail ?? drop.numberTail,
    note: keep.note ?? drop.note,
  };
}
