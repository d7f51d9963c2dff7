import { z } from 'zod';

/**
 * What the console asks about bringing a roster in from a file. Two steps: a preview that writes nothing, and its
 * confirmation in one transaction. Paths and identity numbers never leave the core.
 */

/** A file that may be a roster, on a removable drive or in the usual folders. */
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
}
export type FilesAnswer = { ok: true; files: ImportFile[]; more: boolean };

export const RosterPreviewInput = z.strictObject({
  fileId: z.string().regex(/^[0-9a-f]{16}$/),
  answers: z
    .strictObject({
      sheet: z.string().max(200).optional(),
      encoding: z.enum(['unicode', 'tcvn3', 'vni', 'cp1258']).optional(),
      hiddenRows: z.enum(['include', 'skip']).optional(),
      titleCase: z.boolean().optional(),
      /** Column index, from 0, to a field name or null for "not used". */
      columns: z.record(z.string().regex(/^\d{1,4}$/), z.string().max(40).nullable()).optional(),
    })
    .default({}),
});
export type RosterPreviewInput = z.infer<typeof RosterPreviewInput>;
export const RosterConfirmInput = z.strictObject({ previewId: z.uuid() });

type Params = Readonly<Record<string, string | number>>;

export interface RosterPersonView {
  /** Row as the spreadsheet numbers it; null for somebody on the roster now. */
  row: number | null;
  name: string;
  birthYear: number | null;
  position: string | null;
  unit: string | null;
  /** Last 4 digits of the citizen number. */
  numberTail: string | null;
}

/** Lists are cut; counts are whole. */
export interface RosterPreviewView {
  previewId: string;
  file: string;
  sheet: string;
  sheets: { name: string; isHidden: boolean }[];
  header: { row: number; rows: number };
  encoding: 'unicode' | 'tcvn3' | 'vni' | 'cp1258';
  columns: { index: number; letter: string; header: string; field: string | null }[];
  /** Every field a column can be. */
  fields: readonly string[];
  people: number;
  sample: RosterPersonView[];
  units: { name: string; isNew: boolean }[];
  rejectedCount: number;
  rejected: { row: number; what: string; why: string; params: Params }[];
  warningCount: number;
  warnings: { code: string; row: number | null; params: Params }[];
  questions: (
    | { code: 'hidden_rows'; rows: number; sample: string[] }
    | { code: 'encoding'; suggested: string; samples: { encoding: string; lines: string[] }[] }
  )[];
  offers: { code: 'capitals'; names: number; sample: string[] }[];
  /** What the import would do to the roster as it is now. */
  diff: {
    added: number;
    changed: number;
    unchanged: number;
    removed: number;
    /** Not in the file, but signed in or otherwise in the log: they stay. */
    kept: number;
    changedSample: (RosterPersonView & { fields: string[] })[];
    removedSample: RosterPersonView[];
    keptSample: RosterPersonView[];
  };
  /** No question is open. */
  ready: boolean;
}

export type RosterPreviewAnswer =
  | { ok: true; preview: RosterPreviewView }
  /** `error` is one of the reader's codes, or `file_gone`. */
  | { ok: false; error: string; params: Params };
export type RosterConfirmAnswer =
  | { ok: true; added: number; changed: number; removed: number; kept: number }
  /** The preview was replaced by another, or the kiosk was restarted: preview it again. */
  | { ok: false; error: 'preview_gone' | 'questions_open' };
