import { z } from 'zod';

/**
 * What the console asks about bringing a roster in from files: what is on the sticks, a preview that writes nothing, its
 * confirmation, and taking it back. Paths and identity numbers never leave the core.
 */

/** A file on a removable drive or in the usual folders. */
export interface ImportFile {
  /** Stands for the file; the console never names a path. */
  id: string;
  name: string;
  /** Volume name of a stick; null in the user's own folders. */
  volume: string | null;
  folder: 'documents' | 'desktop' | 'downloads' | null;
  removable: boolean;
  sizeBytes: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
  /** Why it cannot be read as a roster; null when it can be tried. */
  unusable: 'old_excel' | 'document' | 'pdf' | 'picture' | 'archive' | 'other' | null;
}

/** Where the blank sample file can be saved. */
export interface TemplatePlace {
  id: string;
  removable: boolean;
  volume: string | null;
  folder: ImportFile['folder'];
}

/** A change of the list that was made here, newest first. */
export interface RosterImportView {
  id: string;
  kind: 'file' | 'merge' | 'restore';
  state: 'applied' | 'undone';
  /** Name of the file, or of the person kept by a merge; empty of a restoration. */
  file: string;
  /** Role of the console that did it. */
  by: string;
  /** Epoch milliseconds. */
  at: number;
  added: number;
  changed: number;
  removed: number;
}
export type FilesAnswer = {
  ok: true;
  packageId: string;
  files: ImportFile[];
  more: boolean;
  places: TemplatePlace[];
  history: RosterImportView[];
  /** The newest change can be taken back: not every sitting is sealed. */
  canUndo: boolean;
  /** The list that the session package brought, compared with the list as it is now. `sealed`: nothing can be changed any more. */
  packageList: 'none' | 'same' | 'differs' | 'sealed';
};

export const RowKindInput = z.enum(['person', 'heading', 'section', 'total', 'note']);
const SheetName = z.string().max(300);
const Yes = z.enum(['include', 'skip']);
const RosterAnswers = z.strictObject({
  sheets: z.array(SheetName).max(300).optional(),
  encoding: z.enum(['unicode', 'tcvn3', 'vni', 'cp1258']).optional(),
  hiddenRows: Yes.optional(),
  struck: Yes.optional(),
  twoInCell: z.enum(['split', 'one', 'skip']).optional(),
  unsureRows: Yes.optional(),
  similarUnits: z.enum(['apart', 'same']).optional(),
  guessedColumns: z.literal('right').optional(),
  titleCase: z.boolean().optional(),
  /** Corrections made on one sheet belong to that sheet alone. */
  bySheet: z
    .record(
      SheetName,
      z.strictObject({
        /** Row as the spreadsheet numbers it. */
        rows: z.record(z.string().regex(/^\d{1,6}$/), RowKindInput).optional(),
        /** Column index, from 0, to a field name or null for "not used". */
        columns: z.record(z.string().regex(/^\d{1,4}$/), z.string().max(40).nullable()).optional(),
      }),
    )
    .optional(),
  /** Add the people of the file to the list, or put them in its place. */
  mode: z.enum(['add', 'replace']).optional(),
  /** Who somebody of the file is: a person's id, or null for somebody new. */
  matches: z.record(z.string().max(600), z.string().max(200).nullable()).optional(),
});
export type RosterAnswers = z.infer<typeof RosterAnswers>;

const FileId = z.string().regex(/^[0-9a-f]{16}$/);
export const RosterPreviewInput = z.strictObject({
  /** Several files are read as if they were sheets of one. */
  fileIds: z.array(FileId).min(1).max(60),
  answers: RosterAnswers.default({}),
});
export type RosterPreviewInput = z.infer<typeof RosterPreviewInput>;
export const RosterRowsInput = z.strictObject({
  previewId: z.uuid(),
  sheet: SheetName,
  only: z.enum(['all', 'unknown', 'person', 'other']).default('all'),
  /** Place in the list of rows, from 0. */
  from: z.int().min(0).max(60_000).default(0),
});
export type RosterRowsInput = z.infer<typeof RosterRowsInput>;
export const RosterConfirmInput = z.strictObject({
  packageId: z.string().max(200),
  previewId: z.uuid(),
  /** How many people the technician saw named as taken off; needed when the list is replaced. */
  removals: z.int().min(0).optional(),
});
export type RosterConfirmInput = z.infer<typeof RosterConfirmInput>;
export const RosterUndoInput = z.strictObject({ packageId: z.string().max(200), importId: z.uuid() });
export type RosterUndoInput = z.infer<typeof RosterUndoInput>;
export const RosterRestoreInput = z.strictObject({
  packageId: z.string().max(200),
  /** How many people were named as taken off. */
  removals: z.int().min(0),
});
export type RosterRestoreInput = z.infer<typeof RosterRestoreInput>;
export const RosterTemplateInput = z.strictObject({ placeId: FileId });
export type RosterTemplateInput = z.infer<typeof RosterTemplateInput>;

type Params = Readonly<Record<string, string | number>>;

export interface RosterPersonView {
  /** Row as the spreadsheet numbers it; null for somebody on the list now. */
  row: number | null;
  name: string;
  birthYear: number | null;
  position: string | null;
  unit: string | null;
  /** Last 4 digits of the citizen number. */
  numberTail: string | null;
}

/** One row of the sheet as shown: its cells, and what it was taken for. */
export interface RosterRowView {
  row: number;
  kind: 'person' | 'heading' | 'section' | 'total' | 'note' | 'unknown' | 'empty';
  /** Stable code of the reason. */
  why: string;
  cells: string[];
  /** Everybody made of this row. */
  people: RosterPersonView[];
}

export interface RosterSheetView {
  name: string;
  /** Columns of the first table, and of others where they differ. */
  columns: { index: number; letter: string; header: string; field: string | null }[];
  tables: { heading: number | null; from: number; to: number }[];
  rowCount: number;
  unknown: number;
}

export type RosterQuestionView =
  | { code: 'hidden_rows' | 'struck' | 'two_in_cell' | 'unsure_rows'; rows: number; sample: string[] }
  | { code: 'similar_units'; pairs: [string, string][] }
  | { code: 'guessed_columns'; columns: string[] }
  | { code: 'no_table' }
  | { code: 'sheets'; sheets: { name: string; people: number }[] }
  | { code: 'encoding'; suggested: string; samples: { encoding: string; lines: string[] }[] };

/** Lists are cut; counts are whole. */
export interface RosterPreviewView {
  previewId: string;
  packageId: string;
  file: string;
  sheets: RosterSheetView[];
  allSheets: { name: string; isHidden: boolean; isRead: boolean; people: number }[];
  /** Non-empty rows by kind; together all rows of the sheets read. */
  counts: Record<RosterRowView['kind'], number>;
  encoding: 'unicode' | 'tcvn3' | 'vni' | 'cp1258';
  /** Every field a column can be. */
  fields: readonly string[];
  people: number;
  units: { name: string; isNew: boolean }[];
  /** Each kind once. */
  warnings: { code: string; rows: number[]; count: number; params: Params }[];
  questions: RosterQuestionView[];
  offers: { code: 'capitals'; names: number; sample: string[] }[];
  /** What the import would do to the list as it is now. */
  plan: {
    mode: 'add' | 'replace';
    listed: number;
    added: number;
    changed: number;
    same: number;
    /** On the list and not in the file: stay when adding, go when replacing. */
    missing: number;
    /** Not in the file, but signed in or otherwise in the log: they stay whatever is chosen. */
    kept: number;
    changedSample: (RosterPersonView & { fields: string[]; before: string })[];
    missingSample: RosterPersonView[];
    keptSample: RosterPersonView[];
    /** Somebody of the file may be one of these. */
    questions: {
      key: string;
      person: RosterPersonView;
      candidates: (RosterPersonView & { id: string; signedIn: boolean })[];
    }[];
    questionCount: number;
  };
  /** No question is open, and there is somebody to bring in. */
  ready: boolean;
}

export type RosterPreviewAnswer =
  | { ok: true; preview: RosterPreviewView }
  /** `error` is one of the reader's codes, `file_gone`, or `replaced` when another preview was asked for meanwhile. */
  | { ok: false; error: string; params: Params };
export type RosterRowsAnswer =
  | { ok: true; sheet: string; total: number; from: number; rows: RosterRowView[] }
  | { ok: false; error: 'preview_gone' };
export type RosterConfirmAnswer =
  | { ok: true; importId: string; added: number; changed: number; removed: number; kept: number }
  /** `preview_gone`: replaced by another, or the kiosk was restarted. `list_changed`: look again. `removals_differ`: confirm the new number. */
  | {
      ok: false;
      error:
        | 'preview_gone'
        | 'questions_open'
        | 'nobody'
        | 'removals_differ'
        | 'list_changed'
        | 'wrong_package'
        | 'busy';
    };
export type RosterUndoAnswer =
  | { ok: true; restored: number; takenOff: number; stayed: number }
  | { ok: false; error: 'nothing_to_undo' | 'not_the_newest' | 'all_sealed' | 'wrong_package' | 'busy' };
/** What bringing the package's own list back would do; lists are cut, counts are whole. */
export type RosterPackageListAnswer =
  | {
      ok: true;
      packageId: string;
      /** Not on the list now. */
      back: RosterNamed;
      /** On the list, but not as the package has them. */
      changed: RosterNamed;
      /** Came by files: they go. */
      off: RosterNamed;
      /** Came by files and are in the log: they stay. */
      stay: RosterNamed;
    }
  | { ok: false; error: 'no_package_list' };
export interface RosterNamed {
  count: number;
  sample: RosterPersonView[];
}
export type RosterRestoreAnswer =
  | { ok: true; importId: string; added: number; changed: number; removed: number; kept: number }
  | {
      ok: false;
      error: 'no_package_list' | 'all_sealed' | 'removals_differ' | 'list_changed' | 'wrong_package' | 'busy';
    };
export type RosterTemplateAnswer = { ok: true; name: string } | { ok: false; error: 'place_gone' | 'cannot_write' };
