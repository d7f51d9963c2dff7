import { NO_STATS, readStats, type ColumnStats } from './roster-column-stats.ts';
import type { Grid } from './roster-grid.ts';
import type { ColumnHeading, TableFrame } from './roster-tables.ts';
import type { RosterColumn, RosterField } from './roster-types.ts';

/** Fields that several columns may have; all others are one column's only. */
const SHARED: ReadonlySet<RosterField> = new Set(['position', 'unit', 'note', 'birth', 'familyPart']);
const TAKEN_FROM = 0.5;

export interface ColumnPlan {
  columns: RosterColumn[];
  /** Columns by field, best first. */
  byField: ReadonlyMap<RosterField, readonly number[]>;
  /** Columns left unused because another one had the same meaning. */
  twice: { column: number; field: RosterField }[];
  /** The heading says age, not year. */
  isAge: boolean;
  stats: readonly ColumnStats[];
  /** Texts that several rows have, of the columns of positions and units. */
  repeated: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Weighs headings and contents of all columns of a table; null when none holds names. */
export function planColumns(
  grid: Grid,
  frame: TableFrame,
  year: number,
  byHand: Readonly<Record<number, RosterField | null>>,
): ColumnPlan | null {
  const stats: ColumnStats[] = [];
  for (let c = 0; c <= frame.toColumn; c++)
    stats.push(c < frame.fromColumn ? NO_STATS : readStats(grid, frame, c, year));
  const fieldOf = new Map<number, RosterField>();
  const taken = new Map<RosterField, number[]>();
  const twice: ColumnPlan['twice'] = [];
  const give = (column: number, field: RosterField): void => {
    fieldOf.set(column, field);
    taken.set(field, [...(taken.get(field) ?? []), column]);
  };
  for (const [column, field] of Object.entries(byHand))
    if (field !== null && Number(column) >= frame.fromColumn && Number(column) <= frame.toColumn)
      give(Number(column), field);
  for (const { column, field, isHeading } of rankAll(frame, stats)) {
    if (fieldOf.has(column) || byHand[column] !== undefined) continue;
    if (taken.has(field) && !SHARED.has(field)) {
      if (isHeading) twice.push({ column, field });
      continue;
    }
    // A second column of units or dates is used where the first is empty; a guess is never a second one.
    if (taken.has(field) && !isHeading) continue;
    if (
      field === 'name' &&
      (taken.has('familyPart') || taken.has('givenPart')) &&
      Object.values(byHand).some((f) => f === 'familyPart' || f === 'givenPart')
    )
      continue;
    give(column, field);
  }
  settleNameParts(grid, frame, stats, fieldOf, byHand);
  const byField = new Map<RosterField, number[]>();
  for (const [column, field] of [...fieldOf].sort((a, b) => a[0] - b[0]))
    byField.set(field, [...(byField.get(field) ?? []), column]);
  sortUnits(byField.get('unit') ?? [], frame, stats);
  if (!byField.has('name') && !byField.has('givenPart') && !byField.has('familyPart')) return null;
  const columns: RosterColumn[] = [];
  for (let c = frame.fromColumn; c <= frame.toColumn; c++) {
    const header = frame.headings[c]?.text ?? '';
    const field = fieldOf.get(c) ?? null;
    if (header !== '' || field !== null || (stats[c]?.filled ?? 0) > 0)
      columns.push({ index: c, letter: letterOf(c), header, field });
  }
  const birth = byField.get('birth')?.[0];
  const isAge =
    birth !== undefined &&
    (frame.headings[birth]?.evidence.fields.get('birth') ?? 1) < 0.9 &&
    /tuổi|age/iu.test(frame.headings[birth]?.text ?? '');
  return {
    columns,
    byField,
    twice: twice.filter(({ column }) => !fieldOf.has(column)),
    isAge,
    stats,
    repeated: findRepeated(grid, frame, byField),
  };
}

function findRepeated(
  grid: Grid,
  frame: TableFrame,
  byField: ReadonlyMap<RosterField, readonly number[]>,
): ReadonlyMap<number, ReadonlySet<string>> {
  const repeated = new Map<number, Set<string>>();
  for (const column of [...(byField.get('position') ?? []), ...(byField.get('unit') ?? [])]) {
    const seen = new Set<string>();
    const again = new Set<string>();
    for (let row = frame.firstRow; row <= frame.lastRow; row++) {
      const { text, isCopy } = grid.cell(row, column);
      if (text !== '' && !isCopy) (seen.has(text) ? again : seen).add(text);
    }
    repeated.set(column, again);
  }
  return repeated;
}

/** Of several columns of units the one that says so plainly comes first, unless it is mostly empty. */
function sortUnits(columns: number[], frame: TableFrame, stats: readonly ColumnStats[]): void {
  const filled = (column: number): number => stats[column]?.filled ?? 0;
  const most = Math.max(0, ...columns.map(filled));
  const isFull = (column: number): number => (filled(column) >= most * 0.8 ? 1 : 0);
  const weight = (column: number): number => frame.headings[column]?.evidence.fields.get('unit') ?? 0;
  columns.sort((a, b) => isFull(b) - isFull(a) || weight(b) - weight(a) || filled(b) - filled(a) || a - b);
}

interface Ranked {
  column: number;
  field: RosterField;
  score: number;
  isHeading: boolean;
}

function rankAll(frame: TableFrame, stats: readonly ColumnStats[]): Ranked[] {
  const ranked: Ranked[] = [];
  const most = Math.max(0, ...stats.map(({ filled }) => filled));
  for (let column = frame.fromColumn; column <= frame.toColumn; column++) {
    const heading = frame.headings[column];
    const stat = stats[column] ?? NO_STATS;
    const { fields, isForeign } = heading?.evidence ?? { fields: new Map<RosterField, number>(), isForeign: false };
    // "Ghi chú" over a unit or a year in nearly every row: the cells say what the column is, if no other column does.
    const isMisnamed = fields.has('note') && stat.filled >= 2 && stat.filled >= most * 0.6 && isOneThing(stat);
    for (const [field, weight] of fields) {
      // Units and names under one heading: the names are what only this column has.
      if (field === 'unit' && fields.has('name') && stat.names >= 0.3) continue;
      const score = isMisnamed ? TAKEN_FROM : weight + contentFor(field, stat);
      if (score >= TAKEN_FROM) ranked.push({ column, field, score, isHeading: true });
    }
    if (isForeign) continue;
    const isUnknown = isMisnamed || [...fields.values()].every((weight) => weight < 0.5);
    for (const [field, score] of guessFromContent(stat, isUnknown))
      if (!fields.has(field)) ranked.push({ column, field, score, isHeading: false });
  }
  return ranked.sort((a, b) => b.score - a.score || a.column - b.column);
}

const isOneThing = (stat: ColumnStats): boolean => stat.years >= 0.8 || stat.units >= 0.8;

/** What the cells add to a heading's word, or take from it. */
function contentFor(field: RosterField, stat: ColumnStats): number {
  if (stat.filled === 0) return field === 'name' ? -0.3 : 0;
  const judge = (share: number, few: number): number =>
    share >= 0.5 ? 0.4 : share < 0.2 && stat.filled >= 2 ? few : 0;
  if (field === 'name') return stat.names >= 0.3 ? stat.names : stat.filled >= 2 ? -0.5 : -0.2;
  if (field === 'index') return stat.numbering >= 0.5 ? 0.4 : -0.8;
  if (field === 'birth') return judge(stat.births, -0.6);
  if (field === 'sex') return stat.crosses >= 0.5 ? -0.2 : judge(stat.sexes, -0.6);
  if (field === 'citizenNumber') return judge(stat.citizen, -0.2);
  if (field === 'unit' || field === 'position')
    return stat.births >= 0.8 ? -0.7 : field === 'position' && stat.units >= 0.7 ? -0.3 : 0;
  return 0;
}

function guessFromContent(stat: ColumnStats, isUnknown: boolean): [RosterField, number][] {
  if (stat.filled === 0) return [];
  const guesses: [RosterField, number][] = [];
  if (stat.names >= 0.55) guesses.push(['name', isUnknown ? stat.names * 0.9 : stat.names * 0.6]);
  if (!isUnknown) return guesses;
  if (stat.numbering >= 0.8 && stat.running >= 0.6 && stat.years < 0.8) guesses.push(['index', 0.6]);
  if (stat.years >= 0.8) guesses.push(['birth', 0.6]);
  if (stat.sexes >= 0.9 && stat.filled >= 2) guesses.push(['sex', 0.6]);
  if (stat.citizen >= 0.8) guesses.push(['citizenNumber', 0.55]);
  if (stat.units >= 0.6) guesses.push(['unit', 0.55]);
  return guesses;
}

/** A name in two columns: under one merged heading, beside a column "Tên", or with nothing over the second. */
function settleNameParts(
  grid: Grid,
  frame: TableFrame,
  stats: readonly ColumnStats[],
  fieldOf: Map<number, RosterField>,
  byHand: Readonly<Record<number, RosterField | null>>,
): void {
  const find = (field: RosterField): number | undefined => [...fieldOf].find(([, own]) => own === field)?.[0];
  const whole = find('name');
  let given = find('givenPart');
  if (whole !== undefined && given === undefined) {
    // Họ, đệm and tên may each have a column of the one heading: the last is the given name.
    const holdsPart = (column: number): boolean =>
      column <= frame.toColumn &&
      byHand[column] === undefined &&
      (fieldOf.get(column) ?? 'name') === 'name' &&
      isUnderOne(frame.headings, whole, column) &&
      isPartOfNames(stats[column] ?? NO_STATS, stats[whole] ?? NO_STATS);
    for (let column = whole + 1; holdsPart(column); column++) given = column;
    for (let column = whole + 1; given !== undefined && column <= given; column++)
      fieldOf.set(column, column === given ? 'givenPart' : 'familyPart');
    if (given !== undefined && given > whole + 1) fieldOf.set(whole, 'familyPart');
  }
  if (given !== undefined && whole === undefined && find('familyPart') === undefined) fieldOf.set(given, 'name');
  else if (given !== undefined && whole !== undefined && byHand[whole] === undefined) {
    // "Họ tên" beside "Tên": the family part, unless it holds the whole name.
    if (find('familyPart') === undefined && !endsWithGiven(grid, frame, whole, given)) fieldOf.set(whole, 'familyPart');
  }
}

/** The column has no heading of its own beside the one over `whole`. */
function isUnderOne(headings: readonly ColumnHeading[], whole: number, column: number): boolean {
  const heading: ColumnHeading | undefined = headings[column];
  const text = heading?.text ?? '';
  return heading?.mergedFrom === whole || text === '' || text === headings[whole]?.text;
}

/** Single words in nearly every row that has a name, and no column of sexes. */
function isPartOfNames(stat: ColumnStats, names: ColumnStats): boolean {
  return stat.singleWords >= 0.7 && stat.filled >= names.filled * 0.7 && stat.sexes < 0.7;
}

function endsWithGiven(grid: Grid, frame: TableFrame, whole: number, given: number): boolean {
  let same = 0;
  let seen = 0;
  for (let row = frame.firstRow; row <= Math.min(frame.lastRow, frame.firstRow + 60); row++) {
    const name = grid.cell(row, whole).text.toLowerCase();
    const last = grid.cell(row, given).text.toLowerCase();
    if (name === '' || last === '') continue;
    seen += 1;
    if (name === last || name.endsWith(` ${last}`)) same += 1;
  }
  return seen > 0 && same >= seen * 0.7;
}

/** Spreadsheet name of a column: 0 is A. */
export function letterOf(index: number): string {
  return (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}
