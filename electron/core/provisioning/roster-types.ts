import type { RosterPerson } from '../../contract/session-package.ts';

export const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** As many people as a package may have, and room for titles and sections. */
export const MAX_ROWS = 52_000;

/** What a column of a roster can be. `male` and `female` hold either dates (the column tells the sex) or a mark. */
export const ROSTER_FIELDS = [
  'index',
  'code',
  'name',
  'familyPart',
  'givenPart',
  'birth',
  'birthDay',
  'birthMonth',
  'birthYear',
  'male',
  'female',
  'sex',
  'position',
  'unit',
  'citizenNumber',
  'partyNumber',
  'badge',
  'note',
] as const;
export type RosterField = (typeof ROSTER_FIELDS)[number];

export type CellValue = string | number | boolean | Date | null;

/** How the text of a file was written. `unicode` stands for text that needs no conversion. */
export type TextEncoding = 'unicode' | 'tcvn3' | 'vni' | 'cp1258';

/** What a cell shows beyond its value. Only cells that have something of this carry a mark. */
export interface CellMark {
  bold?: boolean;
  /** Struck through: the whole cell, or a part of its text. */
  struck?: 'all' | 'part';
  /** The text without its struck part. */
  kept?: string;
  /** The number as its format shows it: 0007. */
  shown?: string;
  /** A formula that was saved without a value. */
  noValue?: boolean;
  /** The format shows two digits of the year. */
  shortYear?: boolean;
}

export interface Merge {
  startRow: number;
  startCol: number;
  endRow: number;
  endCol: number;
}

/** A sheet as read, before anything is understood. Rows and columns count from 0. */
export interface RosterSheet {
  name: string;
  rows: CellValue[][];
  merges: Merge[];
  hiddenRows: ReadonlySet<number>;
  hiddenColumns: ReadonlySet<number>;
  /** By "row,column". */
  marks: ReadonlyMap<string, CellMark>;
  /** Day numbers count from 1904. */
  is1904: boolean;
}

/** What a row of the sheet is. Every row that has any text is one of these. */
export const ROW_KINDS = ['person', 'heading', 'section', 'total', 'note', 'unknown', 'empty'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** Why a row was taken for its kind; the screen has a sentence for each. */
export type RowWhy =
  | 'has_name'
  | 'by_hand'
  | 'heading'
  | 'heading_again'
  | 'column_numbers'
  | 'title'
  | 'unit_above_people'
  | 'total_words'
  | 'no_name_remark'
  | 'below_the_list'
  | 'part_of_row_above'
  | 'number_only'
  | 'error_instead_of_name'
  | 'no_name'
  | 'unsure_person'
  | 'unsure_section'
  | 'name_too_long'
  | 'two_in_cell'
  | 'hidden'
  | 'struck'
  | 'not_read'
  | 'no_table';

export interface RowReading {
  /** The number the spreadsheet shows. */
  row: number;
  kind: RowKind;
  why: RowWhy;
}

/** Corrections made by hand on one sheet; they belong to that sheet alone. */
export interface SheetAnswers {
  /** Row as the spreadsheet numbers it, to what it is. A heading begins a table. */
  rows?: Readonly<Record<number, Exclude<RowKind, 'unknown' | 'empty'>>>;
  /** Column from 0 to a field, or null for "not used". Columns not named keep what was proposed. */
  columns?: Readonly<Record<number, RosterField | null>>;
}

/** Answers of the technician to an earlier preview, and what is already known. */
export interface RosterOptions {
  /** Sheets to read; those that belong together when absent. */
  sheets?: readonly string[];
  /** Answer to `encoding`. */
  encoding?: TextEncoding;
  /** Answer to `hidden_rows`; they are left out while unanswered. */
  hiddenRows?: 'include' | 'skip';
  /** Answer to `struck`; struck text and rows are left out while unanswered. */
  struck?: 'include' | 'skip';
  /** Answer to `two_in_cell`; these rows are left out while unanswered. */
  twoInCell?: 'split' | 'one' | 'skip';
  /** Answer to `unsure_rows`; these rows are left out while unanswered. */
  unsureRows?: 'include' | 'skip';
  /** Answer to `similar_units`: keep them apart, or take the more frequent spelling for both. */
  similarUnits?: 'apart' | 'same';
  /** Answer to `guessed_columns`. */
  guessedColumns?: 'right';
  /** Answer to `capitals`: write names that are all capitals or all small letters with capitals at word beginnings. */
  titleCase?: boolean;
  /** Corrections by sheet name. */
  bySheet?: Readonly<Record<string, SheetAnswers>>;
  /** Units that exist already; a unit of the same name keeps its id. */
  units?: readonly { id: string; name: string }[];
  /** Year of the conference, for two-digit years and ages; this year when absent. */
  year?: number;
}

export type RosterFileError =
  | { error: 'empty_file' }
  | { error: 'file_too_large'; bytes: number; maxBytes: number }
  /** Unpacked it would be larger than any roster: damaged or hostile. */
  | { error: 'zip_bomb'; maxBytes: number }
  /** .xls: to be saved as .xlsx. */
  | { error: 'old_excel' }
  | { error: 'password_protected' }
  | { error: 'not_a_spreadsheet' }
  | { error: 'damaged_file' }
  | { error: 'too_many_rows'; maxRows: number }
  | { error: 'sheet_not_found'; sheet: string }
  /** Reading took longer, or more memory, than any roster needs. */
  | { error: 'reader_stopped' };

export interface RosterColumn {
  /** From 0. */
  index: number;
  /** A, B … as spreadsheets name it. */
  letter: string;
  header: string;
  field: RosterField | null;
}

export type RosterWarningCode =
  | 'number_padded'
  | 'number_ignored'
  | 'number_scientific'
  | 'number_twice'
  | 'party_number_ignored'
  | 'birth_unreadable'
  | 'birth_two_digit_year'
  | 'birth_year_unlikely'
  | 'age_not_year'
  | 'name_one_word'
  | 'name_has_signs'
  | 'name_extras'
  | 'sex_unreadable'
  | 'same_person'
  | 'cell_error'
  | 'formula_without_value'
  | 'code_twice'
  | 'codes_are_numbering'
  | 'unit_missing'
  | 'unit_carried_down'
  | 'text_beside'
  | 'text_cut'
  | 'hidden_column'
  | 'hidden_sheet'
  | 'column_twice'
  | 'more';

/** One kind of thing to look at, however many rows have it. */
export interface RosterWarning {
  code: RosterWarningCode;
  /** The first rows that have it, as the spreadsheet numbers them; empty when it is about the file. */
  rows: number[];
  count: number;
  /** Facts of the first one. */
  params: Readonly<Record<string, string | number>>;
}

/** Must be answered (through options) before the import; each answer gives a new preview. */
export type RosterQuestion =
  | { code: 'hidden_rows'; rows: number; sample: string[] }
  | { code: 'struck'; rows: number; sample: string[] }
  | { code: 'two_in_cell'; rows: number; sample: string[] }
  | { code: 'unsure_rows'; rows: number; sample: string[] }
  | { code: 'similar_units'; pairs: [string, string][] }
  /** No heading was found; the columns were guessed from what stands in them. */
  | { code: 'guessed_columns'; columns: string[] }
  /** No table was found: somebody has to say which row is the heading, or which column holds the names. */
  | { code: 'no_table' }
  | { code: 'sheets'; sheets: { name: string; people: number }[] }
  | { code: 'encoding'; suggested: TextEncoding; samples: { encoding: TextEncoding; lines: string[] }[] };

/** May be answered: nothing is changed unless asked for. */
export interface RosterOffer {
  code: 'capitals';
  names: number;
  sample: string[];
}

export interface RosterRow {
  sheet: string;
  /** The number the spreadsheet shows. */
  row: number;
  /** Without an id: who this is among the stored people is decided later. */
  person: RosterPerson;
  /** The id is a code that stands in the file, not made up. */
  hasCode: boolean;
}

/** One table of a sheet: heading, columns, rows from and to (as the spreadsheet numbers them). */
export interface RosterTable {
  heading: { row: number; rows: number } | null;
  firstRow: number;
  lastRow: number;
  columns: RosterColumn[];
}

/** A sheet as the preview shows it: every cell that was read, and what each row is. */
export interface SheetReading {
  name: string;
  tables: RosterTable[];
  rows: RowReading[];
  /** Texts as shown, by row and column from 0; long numbers masked. */
  cells: string[][];
}

export interface RosterPreview {
  /** The sheets that were read. */
  sheets: SheetReading[];
  /** All sheets of the file. */
  allSheets: { name: string; isHidden: boolean; isRead: boolean; people: number }[];
  /** Non-empty rows by kind; together all rows of the sheets read. */
  counts: Record<RowKind, number>;
  people: RosterRow[];
  /** Units named in the file, in the order met. */
  units: { id: string; name: string; isNew: boolean }[];
  warnings: RosterWarning[];
  questions: RosterQuestion[];
  offers: RosterOffer[];
  encoding: TextEncoding;
}
