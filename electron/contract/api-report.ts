import { z } from 'zod';
import { SittingId } from './common.ts';
import type { DeliveryStatus } from './delivery.ts';
import type { SessionReport } from './report.ts';
import type { SittingState } from './sitting.ts';

/** What the console asks about reports: reviewing, documents, the chair's sign-off, amendments, the province's returns. */

/** One sitting and how far its report has come. */
export interface ReportListItem {
  sittingId: string;
  reportId: string;
  title: string;
  state: SittingState;
  /** Newest sealed revision; 0 before the first. */
  lastRevision: number;
  /** The newest revision was sent back by the province, with this reason. */
  returnReason: string | null;
  /** When the chair confirmed it, epoch milliseconds; null while nobody has. */
  signedOffAt: number | null;
}

export type ReportListAnswer = { ok: true; reports: ReportListItem[] };

/** One sealed revision as the list of revisions shows it. Moments are epoch milliseconds. */
export interface RevisionView {
  revision: number;
  sealedAt: number;
  /** Why it was made, and by whom; null for revision 1. */
  amendment: Pick<NonNullable<SessionReport['amendment']>, 'cause' | 'reason' | 'by'> | null;
  /** First 8 hex digits of the SHA-256 of the sealed bytes. */
  sha256Short: string;
  sizeBytes: number;
  delivery: DeliveryStatus | null;
}

/** What a change is about; stable codes for the screen's words. */
export type ReportChangeCode =
  | `totals.${keyof SessionReport['totals']}`
  | 'person.added'
  | 'person.removed'
  | 'person.name'
  | 'person.kind'
  | 'person.status'
  | 'person.arrivedAt'
  | 'person.leftAt'
  | 'person.reason'
  | 'person.confirmed'
  | 'headCount'
  | 'headCount.reason'
  | 'signOff'
  | 'signOff.role'
  | 'remarks'
  | 'sitting.endedAt'
  | 'playback.interruptions'
  | 'playback.minutesShown';

/** One thing that differs between two revisions, in words a chair can check. */
export interface ReportChange {
  code: ReportChangeCode;
  /** The person it is about. */
  person: { id: string; name: string } | null;
  before: string | number | null;
  after: string | number | null;
}

export interface SignOffView {
  name: string;
  position: string;
  /** Epoch milliseconds. */
  at: number;
  /** Whose PIN it was given with; null in reports of older programs. */
  role: 'chair' | 'technician' | null;
}

/** A report for review: a sealed revision, or with `revision: null` what would be sealed now. */
export interface ReportView {
  reportId: string;
  sittingId: string;
  revision: number | null;
  state: SittingState;
  rehearsal: boolean;
  sitting: SessionReport['sitting'];
  totals: SessionReport['totals'];
  units: SessionReport['units'];
  rollCalls: SessionReport['rollCalls'];
  interruptions: SessionReport['playback']['interruptions'];
  minutesShown: number;
  headCount: SessionReport['headCount'];
  remarks: string | null;
  signOff: SignOffView | null;
  /** Signed or remarked after this revision was sealed; goes into the next one. */
  pending: { signOff: SignOffView | null; remarks: string | null };
  /** Totals to be read out by telephone, with a check character. Null for a draft. */
  phoneCode: string | null;
  /** First 8 hex digits of the SHA-256 of the sealed bytes. Null for a draft. */
  sha256Short: string | null;
  receiptSerial: string | null;
  /** By the province's clock, epoch milliseconds. */
  receivedAt: number | null;
  revisions: RevisionView[];
  amendment: AmendmentView | null;
  /** Whose PIN signs: the technician's where no chair PIN exists. */
  signOffPin: 'chair' | 'technician';
  /** Who the package names as chair, to fill in the form. */
  chair: { name: string; position: string | null } | null;
}

/** An amendment under way. */
export interface AmendmentView {
  since: number;
  /** The newest sealed revision against what would be sealed now. */
  changes: ReportChange[];
  /** Nothing was changed since it began: it can be given up. */
  cancellable: boolean;
}

/** `revision` null: what would be sealed now. */
export const ReportViewInput = z.strictObject({
  sittingId: SittingId,
  revision: z.int().min(1).max(1_000_000).nullable(),
});
export type ReportViewAnswer = { ok: true; report: ReportView } | { ok: false; error: 'no_such_report' | 'not_begun' };

/** A folder that documents can be written to. */
export interface PlaceView {
  /** Stands for the folder; the console never names a path. */
  id: string;
  /** `drive`: a drive letter of Windows, which does not say by itself whether it can be pulled out. */
  kind: 'removable' | 'drive' | 'folder';
  /** Volume name or drive letter of a stick; absent for the user's own folders. */
  label: string | null;
  folder: 'documents' | 'desktop' | 'downloads' | null;
  /** Null when the system does not say. */
  freeBytes: number | null;
  writable: boolean;
}

export type PlacesAnswer = { ok: true; places: PlaceView[] };

/** `list`: everybody as they stand now, sealed or not. */
export const DocumentKind = z.enum([
  'pdf',
  'docx',
  'xlsx',
  'csv',
  'sealed',
  'paper',
  'badges',
  'list',
  'list_xlsx',
  'timeline',
  'checks',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const SaveInput = z.strictObject({
  sittingId: SittingId,
  /** Absent: the newest. Not used for the paper sheet. */
  revision: z.int().min(1).optional(),
  kinds: z.array(DocumentKind).min(1).max(7),
  placeId: z.string().min(1).max(80),
});
export type SaveInput = z.infer<typeof SaveInput>;

/** Why one document was not saved; stable codes. */
export type SaveFailure =
  | 'disk_full'
  | 'read_only'
  | 'no_rights'
  | 'place_gone'
  | 'write_failed'
  | 'read_back_differs'
  | 'print_failed'
  | 'print_timeout';

export type SavedDocument =
  | { ok: true; kind: DocumentKind; file: string; sizeBytes: number; sha256Short: string }
  | { ok: false; kind: DocumentKind; error: SaveFailure; detail: string };

export type SaveAnswer =
  | { ok: true; place: PlaceView; files: SavedDocument[] }
  | { ok: false; error: 'no_such_report' | 'no_such_place' | 'not_writable' | 'not_sealed' | 'busy' };

/** Documents being written now; pushed with the console's view. */
export interface SavingView {
  done: number;
  total: number;
}

export const SignOffInput = z.strictObject({
  sittingId: SittingId,
  name: z.string().trim().min(1).max(200),
  position: z.string().trim().max(200),
  pin: z.string().max(20),
  remarks: z.string().max(5_000).optional(),
  /** The report is sealed already: make a revision that carries the sign-off. */
  makeRevision: z.boolean().default(false),
});
export type SignOffInput = z.infer<typeof SignOffInput>;
/** `revision`: which sealed one carries the confirmation, made for it now or earlier; null while it waits for the next one (`pending`). */
export type SignOffAnswer =
  | { ok: true; revision: number | null; pending: boolean }
  | { ok: false; error: 'wrong_pin' | 'locked_out'; retryAfterMs: number }
  | { ok: false; error: 'pin_missing' | 'no_such_sitting' | 'not_begun' };

/** Takes an end back by hand; the next revision repeats who did it and why. */
export const ReopenInput = z.strictObject({
  sittingId: SittingId,
  reason: z.string().trim().min(1).max(1_000).optional(),
});
export const RemarksInput = z.strictObject({ sittingId: SittingId, text: z.string().max(5_000) });
export type RemarksAnswer = { ok: true } | { ok: false; error: 'no_such_report' };
export const SealAmendmentInput = z.strictObject({
  sittingId: SittingId,
  reason: z.string().trim().min(1).max(1_000),
  author: z.string().trim().min(1).max(200),
});
export type AmendAnswer =
  | { ok: true; amendment: AmendmentView }
  | { ok: false; error: 'no_such_report' | 'wrong_state' | 'has_changes' | 'data_destroyed' };
export type SealAmendmentAnswer =
  | { ok: true; revision: number }
  | { ok: false; error: 'no_such_report' | 'wrong_state' | 'nothing_changed' | 'data_destroyed' };

/** What asking the province at once found. */
export type AskProvinceAnswer =
  | { ok: true; returned: { revision: number; reason: string } | null }
  | { ok: false; error: 'no_such_report' | 'not_delivered' | 'data_destroyed' | ProvinceReach };

/** How far a request towards the province came; `ok` only when its interface itself answered. */
export type ProvinceReach =
  | 'ok'
  | 'name_not_found'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'certificate'
  | 'proxy_failed'
  | 'proxy_login'
  | 'redirected'
  | 'not_the_province'
  | 'busy'
  | 'server_error';
export interface ProvinceCheck {
  reach: ProvinceReach;
  /** What is wrong by its word in the table of causes (electron/shared/causes.ts); null where the way is open. */
  cause: string | null;
  host: string;
  viaProxy: boolean;
  httpStatus: number | null;
  tookMs: number;
}
export type CheckProvinceAnswer = { ok: true; check: ProvinceCheck } | { ok: false; error: 'no_receiver' };
