import type { RosterAnswers } from '../../contract/api-roster.ts';
import { ROSTER_FIELDS, type RosterField, type RosterOptions, type SheetAnswers } from './roster-types.ts';

/** Answers of the console as options of the reader; fields nobody knows are "not used". */
export function toOptions(answers: RosterAnswers): RosterOptions {
  const { sheets, encoding, hiddenRows, struck, twoInCell, unsureRows, similarUnits, guessedColumns, titleCase } =
    answers;
  const bySheet: Record<string, SheetAnswers> = {};
  for (const [name, { rows, columns }] of Object.entries(answers.bySheet ?? {})) {
    const fields: Record<number, RosterField | null> = {};
    for (const [index, field] of Object.entries(columns ?? {}))
      fields[Number(index)] = ROSTER_FIELDS.find((known) => known === field) ?? null;
    bySheet[name] = {
      rows: Object.fromEntries(Object.entries(rows ?? {}).map(([row, kind]) => [Number(row), kind])),
      columns: fields,
    };
  }
  return {
    ...(sheets === undefined ? {} : { sheets }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(hiddenRows === undefined ? {} : { hiddenRows }),
    ...(struck === undefined ? {} : { struck }),
    ...(twoInCell === undefined ? {} : { twoInCell }),
    ...(unsureRows === undefined ? {} : { unsureRows }),
    ...(similarUnits === undefined ? {} : { similarUnits }),
    ...(guessedColumns === undefined ? {} : { guessedColumns }),
    ...(titleCase === undefined ? {} : { titleCase }),
    bySheet,
  };
}
