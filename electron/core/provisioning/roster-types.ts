import type { RosterPerson } from '../../contract/session-package.ts';

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

/** A sheet as read, before anything is understood. Rows and columns count from 0. */
export interface RosterSheet {
  name: string;
  rows: CellValue[][];
  merges: { startRow: number; startCol: number; endRow: number; endCol: number }[];
  hiddenRows: ReadonlySet<number>;
  hiddenColumns: ReadonlySet<number>;
  /** Cells whose formula was saved without a value, as "row,column". */
  emptyFormulas: ReadonlySet<string>;
}

/** Answers of the technician to an earlier preview, and what is already known. */
export interface RosterOptions {
  /** Sheet to read; the one that looks most like a roster when absent. */
  sheet?: string;
  /** Answer to `encoding`. */
  encoding?: TextEncoding;
  /** Answer to `hidden_rows`; they are left out while unanswered. */
  hiddenRows?: 'include' | 'skip';
  /** Answer to `capitals`: write names that are all capitals or all small letters with capitals at word beginnings. */
  titleCase?: boolean;
  /** Corrected columns: index from 0 to a field, or null for "not used". Columns not named keep what was proposed. */
  columns?: Readonly<Record<number, RosterField | null>>;
  /** Units that exist already; a unit of the same folded name keeps its id. */
  units?: readonly { id: string; name: string }[];
  /** Makes the id of a person whose row has no usable code of its own. Random when absent. */
  createId?: () => string;
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
  /** No row with a name column and one more known heading in the first rows. */
  | { error: 'no_header'; sheet: string }
  | { error: 'no_people'; sheet: string };

export interface RosterColumn {
  /** From 0. */
  index: number;
  /** A, B … as spreadsheets name it. */
  letter: string;
  header: string;
  field: RosterField | null;
}

export type RejectReason =
  | 'no_name'
  | 'name_too_long'
  /** A number shown as 1.23E+11: its digits are gone. */
  | 'number_scientific'
  /** The same citizen number as an earlier row. */
  | 'number_twice';

/** A row that will not be imported. `row` is the number the spreadsheet shows. */
export interface RejectedRow {
  row: number;
  /** What stands in the row, shortened; numbers masked. */
  what: string;
  why: RejectReason;
  params: Readonly<Record<string, string | number>>;
}

export type RosterWarningCode =
  | 'number_padded'
  | 'number_ignored'
  | 'party_number_ignored'
  | 'birth_unreadable'
  | 'birth_two_digit_year'
  | 'birth_year_unlikely'
  | 'name_one_word'
  | 'name_has_digits'
  | 'sex_unreadable'
  | 'same_person'
  | 'cell_error'
  | 'formula_without_value'
  | 'code_twice'
  | 'row_ignored'
  | 'hidden_column'
  | 'hidden_sheet'
  | 'column_twice';

export interface RosterWarning {
  code: RosterWarningCode;
  /** Null: about the file. */
  row: number | null;
  params: Readonly<Record<string, string | number>>;
}

/** Must be answered (through options) before the import; each answer gives a new preview. */
export type RosterQuestion =
  | { code: 'hidden_rows'; rows: number; sample: string[] }
  | { code: 'encoding'; suggested: TextEncoding; samples: { encoding: TextEncoding; lines: string[] }[] };

/** May be answered: nothing is changed unless asked for. */
export interface RosterOffer {
  code: 'capitals';
  names: number;
  sample: string[];
}

export interface RosterRow {
  /** The number the spreadsheet shows. */
  row: number;
  person: RosterPerson;
}

export interface RosterPreview {
  sheet: string;
  sheets: { name: string; isHidden: boolean }[];
  /** First row of the heading as the spreadsheet numbers it, and how many rows it has (1 or 2). */
  header: { row: number; rows: number };
  columns: RosterColumn[];
  people: RosterRow[];
  /** Units named in the file, in the order met. */
  units: { id: string; name: string; isNew: boolean }[];
  rejected: RejectedRow[];
  warnings: RosterWarning[];
  questions: RosterQuestion[];
  offers: RosterOffer[];
  encoding: TextEncoding;
}
