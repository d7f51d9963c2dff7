import type {
  RosterPersonView,
  RosterPreviewView,
  RosterRowsAnswer,
  RosterRowView,
} from '../../contract/api-roster.ts';
import type { Person } from '../../contract/attendance.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import type { KnownPerson, RosterPlan } from './roster-plan.ts';
import { ROSTER_FIELDS, type RosterPreview, type SheetReading } from './roster-types.ts';

/** Lists of the preview are cut here; counts are whole. */
const SHOWN = 200;
const SHOWN_QUESTIONS = 60;
const ROWS_PER_PAGE = 100;

export interface ViewContext {
  previewId: string;
  packageId: string;
  file: string;
  listed: number;
  people: ReadonlyMap<string, Person>;
  unitNames: ReadonlyMap<string, string>;
}

/** What the console is shown of a reading and its plan. */
export function viewPreview(reading: RosterPreview, plan: RosterPlan, context: ViewContext): RosterPreviewView {
  const known = (person: KnownPerson): RosterPersonView => ({
    row: null,
    name: person.name,
    birthYear: person.birthYear,
    position: person.position,
    unit: context.people.get(person.id)?.unitName ?? null,
    numberTail: context.people.get(person.id)?.numberTail ?? null,
  });
  const open = reading.questions.length + plan.questions.length;
  return {
    previewId: context.previewId,
    packageId: context.packageId,
    file: context.file,
    sheets: reading.sheets.map(viewSheet),
    allSheets: reading.allSheets,
    counts: reading.counts,
    encoding: reading.encoding,
    fields: ROSTER_FIELDS,
    people: reading.people.length,
    units: reading.units.map(({ name, isNew }) => ({ name, isNew })),
    warnings: reading.warnings,
    questions: reading.questions,
    offers: reading.offers,
    plan: {
      mode: plan.mode,
      listed: context.listed,
      added: plan.added.length,
      changed: plan.changed.length,
      same: plan.same.length,
      missing: plan.missing.length,
      kept: plan.kept.length,
      changedSample: plan.changed.slice(0, SHOWN).map(({ row, before, fields }) => ({
        ...viewPerson(row.row, row.person, context.unitNames),
        before: before.name,
        fields,
      })),
      missingSample: plan.missing.slice(0, SHOWN).map(known),
      keptSample: plan.kept.slice(0, SHOWN).map(known),
      questionCount: plan.questions.length,
      questions: plan.questions.slice(0, SHOWN_QUESTIONS).map(({ key, row, candidates }) => ({
        key,
        person: viewPerson(row.row, row.person, context.unitNames),
        candidates: candidates.map((person) => ({ ...known(person), id: person.id, signedIn: person.isInLog })),
      })),
    },
    ready: open === 0 && reading.people.length > 0,
  };
}

function viewPerson(row: number, person: RosterPerson, unitNames: ReadonlyMap<string, string>): RosterPersonView {
  return {
    row,
    name: person.name,
    birthYear: person.birthYear ?? null,
    position: person.position ?? null,
    unit: person.unitId === undefined ? null : (unitNames.get(person.unitId) ?? null),
    numberTail: person.citizenNumber?.slice(-4) ?? null,
  };
}

function viewSheet(sheet: SheetReading): RosterPreviewView['sheets'][number] {
  const columns = new Map(
    sheet.tables.toReversed().flatMap((table) => table.columns.map((column) => [column.index, column])),
  );
  const width = sheet.cells.reduce((most, row) => Math.max(most, row.length), 0);
  for (let index = 0; index < width; index++)
    if (!columns.has(index)) columns.set(index, { index, letter: letterOf(index), header: '', field: null });
  return {
    name: sheet.name,
    columns: [...columns.values()].sort((a, b) => a.index - b.index),
    tables: sheet.tables.map(({ heading, firstRow, lastRow }) => ({
      heading: heading?.row ?? null,
      from: firstRow,
      to: lastRow,
    })),
    rowCount: sheet.rows.length,
    unknown: sheet.rows.filter(({ kind }) => kind === 'unknown').length,
  };
}

function letterOf(index: number): string {
  return (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** One page of a sheet's rows. What was not understood comes first when all are asked for. */
export function viewRows(
  reading: RosterPreview,
  ask: { sheet: string; only: 'all' | 'unknown' | 'person' | 'other'; from: number },
  unitNames: ReadonlyMap<string, string>,
): Extract<RosterRowsAnswer, { ok: true }> {
  const sheet = reading.sheets.find(({ name }) => name === ask.sheet) ?? reading.sheets[0];
  if (!sheet) return { ok: true, sheet: ask.sheet, total: 0, from: 0, rows: [] };
  const wanted = sheet.rows.filter(({ kind }) => {
    if (ask.only === 'all') return true;
    return ask.only === 'other' ? kind !== 'person' && kind !== 'unknown' : kind === ask.only;
  });
  const sorted =
    ask.only === 'all'
      ? [...wanted.filter(({ kind }) => kind === 'unknown'), ...wanted.filter(({ kind }) => kind !== 'unknown')]
      : wanted;
  const people = new Map<number, RosterPersonView[]>();
  for (const row of reading.people)
    if (row.sheet === sheet.name)
      people.set(row.row, [...(people.get(row.row) ?? []), viewPerson(row.row, row.person, unitNames)]);
  const rows = sorted.slice(ask.from, ask.from + ROWS_PER_PAGE).map(({ row, kind, why }): RosterRowView => ({
    row,
    kind,
    why,
    cells: sheet.cells[row - 1] ?? [],
    people: people.get(row) ?? [],
  }));
  return { ok: true, sheet: sheet.name, total: sorted.length, from: ask.from, rows };
}
