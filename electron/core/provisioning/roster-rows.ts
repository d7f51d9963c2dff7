import type { ColumnPlan } from './roster-columns.ts';
import { cleanUnit, readEvidence, readHabits, type RowEvidence, type TableHabits } from './roster-evidence.ts';
import type { Grid } from './roster-grid.ts';
import { NAME_MAYBE, NAME_SURE } from './roster-looks.ts';
import { isColumnNumbers, repeatsHeading, type TableFrame } from './roster-tables.ts';
import type { RowKind, RowWhy, SheetAnswers } from './roster-types.ts';

/** What a row of a table is, and for a section the unit it names. */
export interface ClassifiedRow {
  row: number;
  kind: RowKind;
  why: RowWhy;
  unit: string | null;
}

/** Sums are written with these words; marks tell them from the names Tống, Tổng and Công. */
const TOTAL =
  /^\(?(?:tổng cộng|tổng số|tổng|cộng|cộng dồn|tổng hợp|toàn chi bộ|an định|ấn định)(?=[\s:.,(]*(?:$|\p{N})|\s*:|\s+(?:số|danh sách|toàn|chung|có|là|đại biểu|người))/iu;
const TOTAL_BARE = /^(?:TONG CONG|TONG SO|CONG|Tong cong|Tong so|Cong)(?=\s*[:\d]|\s*$)/u;
/** Words of signatures and remarks. They only weigh on rows that nothing else explains. */
const CLOSING =
  /^\(?(?:người (?:lập|tổng hợp|ghi|viết|kiểm)|t\s*[/.]\s*m\.?(?:\s|$)|k\s*[/.]?\s*t\.?\s|kt\.|tl\.|tuq\.|thủ trưởng|thừa (?:lệnh|ủy)|xác nhận|nơi nhận|(?:đã )?ký(?:[\s,]|$)|\.{3}|…|ghi chú\s*:|lưu ý\s*:|\*|ngày\s.*tháng|trang \d+|danh sách (?:này|gồm|có)|đại diện\s|(?:phó )?(?:bí thư|chủ tịch|trưởng ban|giám đốc|hiệu trưởng)(?:\s|$)|thư ký(?:\s|$))|,\s*ngày\s.{0,10}tháng/iu;

/** A family name and a middle word of names. */
const NAME_PLAIN = 0.95;

/** Lines that are remarks wherever they stand. */
const REMARK =
  /^\(?(?:ghi chú|lưu ý|chú ý|chú thích)\s*:|^trang\s+\p{N}|^\*\s*(?:ghi chú|lưu ý)|ngày\s.{0,10}tháng\s.{0,10}năm|^\(?(?:đã )?ký(?:,|\)| tên| ghi)|\p{N}{6,}|@\w/iu;

/** Classifies the rows from the first to the last of a table; every row with any text gets a kind and a reason. */
export function classifyRows(
  grid: Grid,
  frame: TableFrame,
  plan: ColumnPlan,
  byHand: NonNullable<SheetAnswers['rows']>,
  year: number,
): ClassifiedRow[] {
  const evidence: RowEvidence[] = [];
  const done: ClassifiedRow[] = [];
  for (let row = frame.firstRow; row <= frame.lastRow; row++) {
    if (grid.filled(row).length === 0) continue;
    const said = byHand[row + 1];
    if (said !== undefined) {
      const facts = readEvidence(grid, frame, plan, row, year);
      done.push(rowOf(facts, said, 'by_hand'));
      if (said === 'person') evidence.push(facts);
    } else if (repeatsHeading(grid, row, frame)) done.push({ row, kind: 'heading', why: 'heading_again', unit: null });
    else if (isColumnNumbers(grid, row)) done.push({ row, kind: 'heading', why: 'column_numbers', unit: null });
    else evidence.push(readEvidence(grid, frame, plan, row, year));
  }
  for (const row of titlesAgain(grid, frame, done)) done.push({ row, kind: 'note', why: 'title', unit: null });
  const habits = readHabits(evidence);
  const settled = new Set(done.map(({ row }) => row));
  const open = evidence.filter(({ row }) => !settled.has(row));
  const first = open.map((facts, i) => judge(facts, open[i + 1], habits));
  const people = new Set(done.filter(({ kind }) => kind === 'person').map(({ row }) => row));
  open.forEach((facts, i) => {
    if (first[i]?.kind === 'person' && isAnchored(facts, habits)) people.add(facts.row);
  });
  const last = Math.max(-1, ...people);
  return [...done, ...settle(open, first, last, habits, grid)].sort((a, b) => a.row - b.row);
}

/** The lines of the title, printed again above the heading of a further page: they name no new group. */
function titlesAgain(grid: Grid, frame: TableFrame, done: readonly ClassifiedRow[]): number[] {
  const lineOf = (row: number): string =>
    grid
      .filled(row)
      .map((column) => grid.cell(row, column).text.toLowerCase())
      .join(' ');
  const titles = new Set<string>();
  for (let row = 0; row < (frame.heading ?? 0); row++) titles.add(lineOf(row));
  const rows: number[] = [];
  for (const { row: heading, why } of done)
    if (why === 'heading_again')
      for (let row = heading - 1; row > frame.firstRow && titles.has(lineOf(row)); row--)
        if (grid.filled(row).length > 0) rows.push(row);
  return rows;
}

const rowOf = (facts: RowEvidence, kind: RowKind, why: RowWhy): ClassifiedRow => ({
  row: facts.row,
  kind,
  why,
  unit: kind === 'section' ? cleanUnit(facts.headline || facts.name) || null : null,
});

/** Words of titles that say nothing of whose list it is. */
const OF_ANYBODY =
  /^(?:trích ngang|kèm theo|các|những|đồng chí|đ\/c|đại biểu|đảng viên|cán bộ|công chức|viên chức|hội viên|thành viên|thành phần|người|được|mời|triệu tập|tham dự|tham gia|dự|học tập|học|hội nghị|đại hội|hội thảo|lớp|trực tuyến|quán triệt|nghị quyết|chính thức|đề nghị|đăng ký|của|tại|năm|số|\p{N}+|[.,:;/()–-])(?=[\s.,:;/()–-]|$)\s*/iu;

/** Whom a title "DANH SÁCH …" is of; null when it says nothing but what a list is. */
function unitOfTitle(text: string): string | null {
  let rest = text.normalize('NFC').replace(/^danh sách\s*/iu, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(OF_ANYBODY, '').trim();
  }
  return rest === '' ? null : rest;
}

/** Something beside the name says that this is a person. */
function isAnchored(facts: RowEvidence, habits: TableHabits): boolean {
  if (facts.typed > 0) return true;
  return facts.mark?.kind === 'number' || facts.mark?.kind === 'path' || (!habits.usesNumbers && !habits.usesTyped);
}

/** First opinion on a row, from the row and the one below. */
function judge(facts: RowEvidence, below: RowEvidence | undefined, habits: TableHabits): ClassifiedRow {
  const is = (kind: RowKind, why: RowWhy): ClassifiedRow => rowOf(facts, kind, why);
  if (facts.name === '') return judgeNameless(facts, habits, is);
  if (facts.hasError)
    return facts.typed > 0 || facts.extras > 0
      ? is('unknown', 'error_instead_of_name')
      : is('note', 'error_instead_of_name');
  const isNumbered = facts.mark?.kind === 'number' || facts.mark?.kind === 'path';
  const text = facts.headline === '' ? facts.name : facts.headline;
  if (facts.typed === 0 && !(isNumbered && facts.score >= NAME_MAYBE) && (TOTAL.test(text) || TOTAL_BARE.test(text)))
    return is('total', 'total_words');
  if (facts.typed === 0 && !isNumbered && REMARK.test(text)) return is('note', 'no_name_remark');
  // "DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ" names no unit.
  if (facts.typed === 0 && !isNumbered && /^danh sách(?=\s|$)/iu.test(text) && unitOfTitle(text) === null)
    return is('note', 'title');
  if (facts.typed > 0) {
    // A unit with a year beside it is no person; anything else with a birth or a number is one.
    return facts.score === 0 && facts.isUnitLike && !isNumbered
      ? is('unknown', 'unsure_section')
      : is('person', 'has_name');
  }
  const isCountedUnder =
    facts.mark?.kind === 'number' && below?.mark?.kind === 'path' && below.mark.path[0] === facts.mark.value;
  if (isCountedUnder) return is('section', 'unit_above_people');
  if (facts.headline !== '' && facts.score < NAME_SURE) return is('section', 'unit_above_people');
  if (isNumbered) return judgeNumbered(facts, below, habits, is);
  const isOdd = (facts.isBold && !habits.mostlyBold) || facts.isWide || (facts.isUpper && !habits.mostlyUpper);
  if (facts.mark?.kind === 'roman' || facts.mark?.kind === 'letter') {
    if (facts.score < NAME_SURE || isOdd || facts.isUnitLike || habits.usesNumbers || habits.usesTyped)
      return is('section', 'unit_above_people');
    return is('person', 'has_name');
  }
  if (facts.isUnitLike && facts.score < NAME_SURE) return is('section', 'unit_above_people');
  // A list of names and units: "Dỡ", "Ký Văn Tên" of a unit that others have are people, whatever the name looks like.
  if (!habits.usesNumbers && !habits.usesTyped && facts.isAmongOthers && facts.score > 0)
    return is('person', 'has_name');
  if (!habits.usesNumbers && !habits.usesTyped) {
    if (facts.score >= NAME_SURE) return is('person', 'has_name');
    return facts.score >= NAME_MAYBE && !isOdd ? is('person', 'has_name') : is('section', 'unit_above_people');
  }
  if (facts.score >= NAME_SURE) {
    // A line before numbers that begin again heads a group, unless it is plainly a person's name.
    const isHead = startsOver(below) && facts.extras === 0;
    if (isHead && (isOdd || (habits.usesNumbers && facts.score < NAME_PLAIN)))
      return is('section', 'unit_above_people');
    if (!habits.usesNumbers && !isOdd) return is('person', 'has_name');
    return facts.extras > 0 && !isOdd ? is('person', 'has_name') : is('unknown', 'unsure_person');
  }
  if (facts.score >= NAME_MAYBE && !isOdd && facts.extras > 0) return is('unknown', 'unsure_person');
  return is('section', 'unit_above_people');
}

/** A row with a number, a name and nothing that only people have. */
function judgeNumbered(
  facts: RowEvidence,
  below: RowEvidence | undefined,
  habits: TableHabits,
  is: (kind: RowKind, why: RowWhy) => ClassifiedRow,
): ClassifiedRow {
  if (
    !habits.usesTyped ||
    facts.score >= NAME_SURE ||
    (facts.extras > 0 && !facts.isUnitLike && facts.name.includes(' '))
  ) {
    const isOdd = facts.isWide || (facts.isBold && !habits.mostlyBold);
    if (facts.isUnitLike && facts.score < NAME_SURE && (isOdd || startsOver(below)))
      return is('section', 'unit_above_people');
    return facts.isUnitLike && facts.score === 0 ? is('unknown', 'unsure_section') : is('person', 'has_name');
  }
  if (facts.isUnitLike || facts.isWide || (facts.isBold && !habits.mostlyBold) || startsOver(below))
    return is('section', 'unit_above_people');
  return facts.score >= NAME_MAYBE ? is('person', 'has_name') : is('unknown', 'unsure_section');
}

const startsOver = (below: RowEvidence | undefined): boolean =>
  (below?.mark?.kind === 'number' && below.mark.value === 1) || below?.mark?.kind === 'bullet';

function judgeNameless(
  facts: RowEvidence,
  habits: TableHabits,
  is: (kind: RowKind, why: RowWhy) => ClassifiedRow,
): ClassifiedRow {
  if (facts.isNameCopied) return is('note', 'part_of_row_above');
  if (facts.headline !== '') {
    if (facts.typed > 0) return is('unknown', 'no_name');
    if (TOTAL.test(facts.headline) || TOTAL_BARE.test(facts.headline)) return is('total', 'total_words');
    if (REMARK.test(facts.headline)) return is('note', 'no_name_remark');
    return is('section', 'unit_above_people');
  }
  if (facts.filled.length === 0) return is('note', 'no_name_remark');
  const isNumbered = facts.mark?.kind === 'number' || facts.mark?.kind === 'path';
  if (isNumbered && facts.filled.length === 1) return is('empty', 'number_only');
  if (facts.typed > 0 || (isNumbered && facts.extras > 0 && habits.usesNumbers)) return is('unknown', 'no_name');
  return is('note', 'no_name_remark');
}

/** Second opinion, with the neighbours known: sections need people below, and a signature ends the list. */
function settle(
  open: readonly RowEvidence[],
  first: readonly ClassifiedRow[],
  last: number,
  habits: TableHabits,
  grid: Grid,
): ClassifiedRow[] {
  const rows = first.map((row) => ({ ...row }));
  const note = (at: number, why: RowWhy): void => {
    const row = rows[at];
    if (row) Object.assign(row, { kind: 'note', why, unit: null });
  };
  const isClosing = (at: number): boolean => {
    const facts = open[at];
    return (
      facts !== undefined &&
      facts.score < NAME_SURE &&
      facts.typed === 0 &&
      !facts.isAmongOthers &&
      closingText(facts, grid)
    );
  };
  const namesOnly = !habits.usesNumbers && !habits.usesTyped;
  // Below the last person whom a number or a date proves, the first line that is nobody's ends the list.
  let isOver = false;
  open.forEach((facts, at) => {
    const row = rows[at];
    if (!row || (facts.row <= last && !namesOnly)) return;
    if (namesOnly) {
      if (isClosing(at) && at >= open.length - 8 && at > 0) isOver = true;
    } else if (row.kind !== 'person' && row.kind !== 'unknown' && row.kind !== 'empty') isOver = true;
    if (!isOver) {
      // Somebody added by hand without a number, or whoever signed the list: nothing proves either.
      const isLoose = row.kind === 'person' && !isAnchored(facts, habits);
      const isApart = facts.row > 0 && grid.filled(facts.row - 1).length === 0;
      if (isLoose && (isApart || (habits.usesNumbers && facts.extras === 0)))
        Object.assign(row, { kind: 'unknown', why: 'unsure_person' });
      return;
    }
    if (row.kind === 'unknown' && facts.typed > 0) return;
    if (row.kind !== 'total' && row.kind !== 'empty') note(at, 'below_the_list');
  });
  if (namesOnly) doubtEnding(open, rows, grid);
  // From below: a section that has no people under it is a line of text.
  let next: RowKind | null = null;
  for (let at = open.length - 1; at >= 0; at--) {
    const row = rows[at];
    if (!row || row.kind === 'empty') continue;
    if (row.kind === 'section' && next !== 'person' && next !== 'section') note(at, 'no_name_remark');
    else if (row.kind === 'section' && isClosing(at) && !open[at]?.isUnitLike && !open[at]?.isBold && namesOnly)
      note(at, 'no_name_remark');
    next = row.kind;
  }
  // The name under a signature line in the middle of a list.
  for (let at = 1; at < open.length; at++) {
    const facts = open[at];
    if (rows[at]?.kind === 'unknown' && rows[at]?.why === 'unsure_person' && facts && facts.extras === 0)
      if (rows[at - 1]?.kind === 'note' && isClosing(at - 1)) note(at, 'below_the_list');
  }
  return rows;
}

/** A list of names alone: the last line that is no name, apart from the rest, with a name or two below it, may be a signature. */
function doubtEnding(open: readonly RowEvidence[], rows: ClassifiedRow[], grid: Grid): void {
  const at = rows.findLastIndex(({ kind }) => kind === 'section');
  const facts = open[at];
  const below = rows.length - 1 - at;
  if (!facts || facts.isUnitLike || below < 1 || below > 2 || facts.row === 0) return;
  if (grid.filled(facts.row - 1).length > 0) return;
  Object.assign(rows[at] ?? {}, { kind: 'note', why: 'no_name_remark', unit: null });
  for (const row of rows.slice(at + 1))
    if (row.kind === 'person') Object.assign(row, { kind: 'unknown', why: 'unsure_person' });
}

function closingText(facts: RowEvidence, grid: Grid): boolean {
  return facts.filled.some((column) => CLOSING.test(grid.cell(facts.row, column).text));
}
