import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RosterPerson } from '../../contract/session-package.ts';
import { Matcher, type KnownPerson } from './roster-match.ts';
import type { RosterRow } from './roster-types.ts';

export type { KnownPerson } from './roster-match.ts';

export type PlanField = 'name' | 'birthYear' | 'birthDate' | 'sex' | 'position' | 'unitId' | 'number' | 'kind';

/** Somebody of the file who may be one of several people on the list, or none of them. */
export interface PlanQuestion {
  /** Stands for the person of the file in the answer. */
  key: string;
  row: RosterRow;
  candidates: KnownPerson[];
}

export interface RosterPlan {
  mode: 'add' | 'replace';
  added: RosterRow[];
  changed: { row: RosterRow; before: KnownPerson; fields: PlanField[] }[];
  same: { row: RosterRow; before: KnownPerson }[];
  questions: PlanQuestion[];
  /** On the list, not in the file: taken off when the list is replaced, left alone when the file is added. */
  missing: KnownPerson[];
  /** Not in the file, but in the log: stays, whatever is chosen. */
  kept: KnownPerson[];
}

export interface PlanOptions {
  mode: 'add' | 'replace';
  keyOf: (citizenNumber: string) => string;
  /** Answers to `questions`: a person's id, or null for somebody new. */
  matches: Readonly<Record<string, string | null>>;
}

/**
 * What bringing the people of a file in would do to the list. Somebody is recognised by the number; else by name, year and
 * unit; else by the name with its marks when nothing contradicts it. A sign that fits several people, or people it should not
 * fit, is asked about and never taken in order. What the file leaves empty is no change.
 */
export async function planRoster(
  known: readonly KnownPerson[],
  incoming: readonly RosterRow[],
  options: PlanOptions,
): Promise<RosterPlan> {
  const matcher = new Matcher(options.keyOf);
  for (const part of portionsOf(known)) {
    matcher.addKnown(part);
    await nextTurn();
  }
  for (const part of portionsOf(incoming)) {
    matcher.addIncoming(part);
    await nextTurn();
  }
  const questions: PlanQuestion[] = [];
  const pairs = new Map<RosterRow, KnownPerson>();
  const taken = new Set<string>();
  const open: { row: RosterRow; candidates: KnownPerson[] }[] = [];
  for (const [row, twin] of matcher.listTwins()) {
    pairs.set(row, twin);
    taken.add(twin.id);
  }
  for (const [i, row] of incoming.entries()) {
    if (i % PER_TURN === 0) await nextTurn();
    if (pairs.has(row)) continue;
    const found = matcher.find(row);
    if (found.sure && !taken.has(found.sure.id)) {
      pairs.set(row, found.sure);
      taken.add(found.sure.id);
    } else if (found.candidates.length > 0) open.push({ row, candidates: found.candidates });
  }
  for (const { row, candidates: all } of open) {
    const candidates = all.filter(({ id }) => !taken.has(id));
    if (candidates.length === 0) continue;
    const key = keyOfRow(row);
    const answer = options.matches[key];
    const chosen = answer === undefined || answer === null ? undefined : candidates.find(({ id }) => id === answer);
    if (chosen) {
      pairs.set(row, chosen);
      taken.add(chosen.id);
    } else if (answer !== null) questions.push({ key, row, candidates });
  }
  const asked = new Set(questions.map(({ row }) => row));
  const doubted = new Set(questions.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  const plan: RosterPlan = { mode: options.mode, added: [], changed: [], same: [], questions, missing: [], kept: [] };
  for (const row of incoming) {
    const before = pairs.get(row);
    if (!before) {
      if (!asked.has(row)) plan.added.push(row);
      continue;
    }
    const fields = changedFields(before, row.person, matcher.numberKeyOf(row.person));
    if (fields.length > 0) plan.changed.push({ row, before, fields });
    else plan.same.push({ row, before });
  }
  for (const person of known) {
    if (taken.has(person.id) || doubted.has(person.id) || person.kind !== 'summoned') continue;
    (person.isInLog ? plan.kept : plan.missing).push(person);
  }
  return plan;
}

/** A person of the file, however often the file is read. */
function keyOfRow(row: RosterRow): string {
  return `${row.sheet}!${row.row}!${row.person.name}`;
}

/** People compared before other work of the process gets its turn. */
const PER_TURN = 200;

function* portionsOf<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += PER_TURN) yield list.slice(at, at + PER_TURN);
}

function changedFields(before: KnownPerson, after: RosterPerson, numberKey: string | null): PlanField[] {
  const fields: PlanField[] = (['name', 'birthYear', 'birthDate', 'sex', 'position', 'unitId'] as const).filter(
    (field) => after[field] !== undefined && after[field] !== before[field],
  );
  if (numberKey !== null && numberKey !== before.numberKey) fields.push('number');
  if (before.kind !== 'summoned') fields.push('kind');
  return fields;
}
