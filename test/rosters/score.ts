import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRosterFile } from '../../electron/core/provisioning/roster-file.ts';
import type { RosterOptions, RosterPreview } from '../../electron/core/provisioning/roster-types.ts';

/** Compares what the reader makes of files with the right answers that stand beside them in `right.json`. */

const RightPerson = z.looseObject({
  name: z.string(),
  /** Other spellings that are right too. */
  any: z.array(z.string()).optional(),
  by: z.number().nullable(),
  by_any: z.array(z.number().nullable()).optional(),
  /** An empty year is right when it is reported. */
  accept_none: z.boolean().optional(),
  bd: z.string().optional(),
  sex: z.enum(['Nam', 'Nữ']).nullable(),
  unit: z.string().nullable(),
  unit_any: z.array(z.string().nullable()).optional(),
  l4: z.string().nullable(),
  l4_any: z.array(z.string().nullable()).optional(),
  pos: z.string().optional(),
  pos_any: z.array(z.string()).optional(),
  code: z.string().optional(),
  badge: z.string().optional(),
  optional: z.boolean().optional(),
});
type RightPerson = z.infer<typeof RightPerson>;
export const RightAnswer = z.object({
  people: z.array(RightPerson).optional(),
  report_rows: z.array(z.number()).optional(),
  never: z.array(z.string()).optional(),
  max_warnings: z.number().optional(),
  reject: z.string().optional(),
  note: z.string().optional(),
});
export type RightAnswer = z.infer<typeof RightAnswer>;

export interface Score {
  file: string;
  outcome: 'right' | 'asked' | 'wrong';
  questions: string[];
  /** What differs from the right answer. */
  faults: string[];
  people: number;
}

export function loadRightAnswers(dir: string): Record<string, RightAnswer> {
  return z.record(z.string(), RightAnswer).parse(JSON.parse(readFileSync(path.join(dir, 'right.json'), 'utf8')));
}

/** As `scoreBytes`, of a file in a folder. */
export function scoreFile(dir: string, file: string, right: RightAnswer): Promise<Score> {
  return scoreBytes(readFileSync(path.join(dir, file)), file, right);
}

/** Reads one file as the product does, answers its questions if there are any, and says how it went. */
export async function scoreBytes(bytes: Uint8Array, file: string, right: RightAnswer): Promise<Score> {
  const read = (options: RosterOptions): ReturnType<typeof readRosterFile> =>
    readRosterFile(bytes, file, { year: 2026, ...options });
  const first = await read({});
  if (!first.ok) {
    const faults = right.reject === undefined ? [`refused: ${first.error}`] : [];
    return { file, outcome: faults.length > 0 ? 'wrong' : 'right', questions: [], faults, people: 0 };
  }
  // A format that used to be refused and is read now is right when it is read whole.
  const expected = right.reject === undefined ? right : null;
  const questions = first.value.questions.map(({ code }) => code);
  const people = first.value.people.length;
  if (!expected) {
    const faults = people === 0 ? ['neither refused nor read'] : [];
    return { file, outcome: faults.length > 0 ? 'wrong' : 'right', questions, faults, people };
  }
  let faults = compare(first.value, expected);
  if (questions.length === 0)
    return { file, outcome: faults.length > 0 ? 'wrong' : 'right', questions, faults, people };
  for (const answers of listAnswers(first.value)) {
    if (faults.length === 0) break;
    const answered = await read(answers);
    if (!answered.ok) continue;
    const next = compare(answered.value, expected);
    if (next.length < faults.length) faults = next;
  }
  return { file, outcome: faults.length > 0 ? 'wrong' : 'asked', questions, faults, people };
}

/** Every way of answering the questions of a preview by one click each. */
export function listAnswers(preview: RosterPreview): RosterOptions[] {
  let ways: RosterOptions[] = [{}];
  const each = (more: RosterOptions[]): void => {
    ways = ways.flatMap((way) => more.map((option) => ({ ...way, ...option })));
  };
  for (const question of preview.questions) {
    if (question.code === 'encoding') each(question.samples.map(({ encoding }) => ({ encoding })));
    if (question.code === 'hidden_rows') each([{ hiddenRows: 'include' }, { hiddenRows: 'skip' }]);
    if (question.code === 'struck') each([{ struck: 'skip' }, { struck: 'include' }]);
    if (question.code === 'two_in_cell') each([{ twoInCell: 'split' }, { twoInCell: 'one' }, { twoInCell: 'skip' }]);
    if (question.code === 'unsure_rows') each([{ unsureRows: 'include' }, { unsureRows: 'skip' }]);
    if (question.code === 'similar_units') each([{ similarUnits: 'apart' }, { similarUnits: 'same' }]);
    if (question.code === 'guessed_columns') each([{ guessedColumns: 'right' }]);
    if (question.code === 'sheets')
      each([
        {},
        { sheets: question.sheets.map(({ name }) => name) },
        ...question.sheets.map(({ name }) => ({ sheets: [name] })),
      ]);
  }
  return ways;
}

function compare(preview: RosterPreview, right: RightAnswer): string[] {
  const faults: string[] = [];
  const expected = right.people ?? [];
  const rest = [...preview.people];
  for (const person of expected) {
    const names = [person.name, ...(person.any ?? [])].map((name) => name.normalize('NFC'));
    const at = rest.findIndex((row) => names.includes(row.person.name));
    const [found] = at < 0 ? [] : rest.splice(at, 1);
    if (found) faults.push(...comparePerson(preview, found.person, person, found.row));
    else if (person.optional !== true) faults.push(`missing: ${person.name}`);
  }
  for (const { row, person } of rest) faults.push(`extra in row ${row}: ${person.name}`);
  for (const name of right.never ?? [])
    if (preview.people.some(({ person }) => person.name === name)) faults.push(`never a person: ${name}`);
  if (right.max_warnings !== undefined && preview.warnings.length > right.max_warnings)
    faults.push(`${preview.warnings.length} warnings: ${preview.warnings.map(({ code }) => code).join(', ')}`);
  const reported = new Set([
    ...preview.warnings.flatMap(({ rows }) => rows),
    ...preview.sheets.flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'unknown').map(({ row }) => row)),
  ]);
  for (const row of right.report_rows ?? []) if (!reported.has(row)) faults.push(`row ${row} is not reported`);
  return faults;
}

function comparePerson(
  preview: RosterPreview,
  person: RosterPreview['people'][number]['person'],
  right: RightPerson,
  row: number,
): string[] {
  const faults: string[] = [];
  const differ = (what: string, has: unknown, wanted: unknown): void => {
    faults.push(`${right.name}: ${what} is ${String(has)}, right is ${String(wanted)}`);
  };
  const year = person.birthYear ?? null;
  const isReported = preview.warnings.some(({ code, rows }) => code.startsWith('birth') && rows.includes(row));
  const years = right.by_any ?? [right.by];
  if (!years.includes(year) && !(right.accept_none === true && year === null && isReported))
    differ('year', year, right.by);
  if (right.bd !== undefined && person.birthDate !== right.bd) differ('date', person.birthDate, right.bd);
  const sex = person.sex === undefined ? null : person.sex === 'male' ? 'Nam' : 'Nữ';
  if (right.sex !== null && sex !== right.sex) differ('sex', sex, right.sex);
  const unit = preview.units.find(({ id }) => id === person.unitId)?.name ?? null;
  const units = right.unit_any ?? [right.unit];
  if (!units.some((name) => (name?.toLowerCase() ?? null) === (unit?.toLowerCase() ?? null)))
    differ('unit', unit, units.join(' or '));
  const tail = person.citizenNumber?.slice(-4) ?? null;
  if (!(right.l4_any ?? [right.l4]).includes(tail)) differ('number', tail, right.l4);
  if (right.pos !== undefined && person.position !== right.pos) differ('position', person.position, right.pos);
  if (right.pos_any && !right.pos_any.includes(person.position ?? ''))
    differ('position', person.position, right.pos_any.join(' or '));
  if (right.code !== undefined && person.id !== right.code) differ('code', person.id, right.code);
  if (right.badge !== undefined && person.badge !== right.badge) differ('badge', person.badge, right.badge);
  return faults;
}
