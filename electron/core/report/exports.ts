import { createHash } from 'node:crypto';
import path from 'node:path';
import type {
  DocumentKind,
  PlaceView,
  SaveAnswer,
  SavedDocument,
  SaveFailure,
  SaveInput,
  SavingView,
} from '../../contract/api-report.ts';
import type { PreviewDocumentAnswer, PreviewDocumentInput } from '../../contract/api-print.ts';
import type { TimelineEntry } from '../../contract/api-timeline.ts';
import type { SessionReport } from '../../contract/report.ts';
import { unreachable, type Result } from '../../shared/result.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';
import type { ListNow } from './documents/list-now.ts';
import { getPlace, listPlaces, type Place, type PlaceRoots } from './places.ts';
import { saveVerified, type SavedFile } from './save-verified.ts';

export type Failed = { error: SaveFailure; detail: string };

/** The documents as bytes or as pages to print. Pure rendering. */
export interface DocumentMakers {
  /** `sealedSha256` is that of the sealed bytes, hex. */
  reportHtml(report: SessionReport, sealedSha256: string): string | Promise<string>;
  /** Word file for the clerk. */
  reportDocx(report: SessionReport): Promise<Uint8Array>;
  attendanceXlsx(report: SessionReport): Uint8Array | Promise<Uint8Array>;
  attendanceCsv(report: SessionReport): Uint8Array | Promise<Uint8Array>;
  /** Everybody as they stand now. */
  listNowHtml(list: ListNow): string | Promise<string>;
  listNowXlsx(list: ListNow): Uint8Array | Promise<Uint8Array>;
  /** What happened in the sitting that `report` is about; `at` is the moment of printing, epoch ms. */
  timelineHtml(facts: {
    report: SessionReport;
    entries: readonly TimelineEntry[];
    at: number;
  }): string | Promise<string>;
  /** The fill-in sheet of a sitting, for a day without power. */
  paperHtml(sitting: SittingRecord): string | Promise<string>;
  /** The newest run of the checks before the hour, on one page. Throws when there is none. */
  checksHtml(sitting: SittingRecord): string | Promise<string>;
  /** Badges with QR codes for everybody summoned. */
  badgesHtml(): string | Promise<string>;
}

export interface ExportsOptions {
  store: Store;
  makers: DocumentMakers;
  /** The report of a sitting as it would be sealed now. */
  draft(sitting: SittingRecord): SessionReport;
  timeline(sitting: SittingRecord): TimelineEntry[];
  places: PlaceRoots;
  /** Prints a page to PDF in the shell. */
  print(html: string): Promise<Result<Uint8Array, Failed>>;
  /** Used in file names. */
  venueId: string;
  rehearsal: boolean;
  /** Progress changed. */
  onProgress(): void;
}

/** Writes the documents of a sitting to a chosen place, each one verified by reading it back. */
export class Exports {
  readonly #options: ExportsOptions;
  #saving: SavingView | null = null;

  constructor(options: ExportsOptions) {
    this.#options = options;
  }

  /** Folders documents can be saved to now. */
  async listPlaces(): Promise<PlaceView[]> {
    return (await listPlaces(this.#options.places)).map((place) => place.view);
  }

  /** What is being written now. */
  getSaving(): SavingView | null {
    return this.#saving;
  }

  /**
   * Saves the documents asked for. A place is looked up again by its id, so nothing outside the places of this moment can
   * be written. Each document succeeds or fails by itself, with one reason.
   */
  async save(input: SaveInput): Promise<SaveAnswer> {
    const { store, places } = this.#options;
    if (this.#saving) return { ok: false, error: 'busy' };
    const sitting = store.sittings.getSitting(input.sittingId);
    if (!sitting) return { ok: false, error: 'no_such_report' };
    const revision = input.revision ?? store.reports.getLastRevision(sitting.reportId);
    const report = store.reports.getReport(sitting.reportId, revision);
    const kinds = [...new Set(input.kinds)];
    if (!report && kinds.some((kind) => !BEFORE_SEALING.has(kind)))
      return { ok: false, error: input.revision === undefined ? 'not_sealed' : 'no_such_report' };
    this.#progress({ done: 0, total: kinds.length });
    try {
      const place = await getPlace(places, input.placeId);
      if (!place) return { ok: false, error: 'no_such_place' };
      if (!place.view.writable) return { ok: false, error: 'not_writable' };
      const files = await Promise.all(kinds.map((kind) => this.#saveOne(kind, place, sitting, report)));
      return { ok: true, place: place.view, files };
    } finally {
      this.#progress(null);
    }
  }

  /** One document for the screen and the printer, and its name without an ending. */
  async makePdf({
    sittingId,
    kind,
    revision: wanted,
  }: PreviewDocumentInput): Promise<
    Result<{ title: string; pdf: Uint8Array }, Extract<PreviewDocumentAnswer, { ok: false }>>
  > {
    const { store } = this.#options;
    const sitting = store.sittings.getSitting(sittingId);
    if (!sitting) return { ok: false, error: 'no_such_report' };
    const revision = wanted ?? store.reports.getLastRevision(sitting.reportId);
    const report = store.reports.getReport(sitting.reportId, revision);
    if (!report && !BEFORE_SEALING.has(kind))
      return { ok: false, error: wanted === undefined ? 'not_sealed' : 'no_such_report' };
    const made = await this.#make(kind, sitting, report).catch((cause: unknown) => failure('print_failed', cause));
    if (!made.ok) return { ok: false, error: made.error === 'print_timeout' ? made.error : 'print_failed' };
    const title = path.parse(this.#nameOf(kind, sitting, report?.revision ?? 0)).name;
    return { ok: true, value: { title, pdf: made.value } };
  }

  async #saveOne(
    kind: DocumentKind,
    place: Place,
    sitting: SittingRecord,
    report: SessionReport | null,
  ): Promise<SavedDocument> {
    const made = await this.#make(kind, sitting, report).catch((cause: unknown) => failure('write_failed', cause));
    const name = this.#nameOf(kind, sitting, report?.revision ?? 0);
    const saved: Result<SavedFile, Failed> = made.ok ? await saveVerified(place.dir, name, made.value) : made;
    if (this.#saving) this.#progress({ ...this.#saving, done: this.#saving.done + 1 });
    if (!saved.ok) return { ok: false, kind, error: saved.error, detail: saved.detail };
    const { file, sizeBytes, sha256 } = saved.value;
    return { ok: true, kind, file, sizeBytes, sha256Short: sha256.slice(0, 8) };
  }

  async #make(
    kind: DocumentKind,
    sitting: SittingRecord,
    report: SessionReport | null,
  ): Promise<Result<Uint8Array, Failed>> {
    const { makers, store } = this.#options;
    if (kind === 'paper') return this.#print(await makers.paperHtml(sitting));
    if (kind === 'timeline') {
      const facts = {
        report: report ?? this.#options.draft(sitting),
        entries: this.#options.timeline(sitting),
        at: store.clock.now(),
      };
      return this.#print(await makers.timelineHtml(facts));
    }
    if (kind === 'list') return this.#print(await makers.listNowHtml(this.#listNow(sitting)));
    if (kind === 'list_xlsx') return { ok: true, value: await makers.listNowXlsx(this.#listNow(sitting)) };
    if (kind === 'checks') return this.#print(await makers.checksHtml(sitting));
    if (kind === 'badges') return this.#print(await makers.badgesHtml());
    const sealed = report && store.reports.getSealed(report.reportId, report.revision);
    if (!sealed) return failure('write_failed', 'nothing is sealed yet');
    switch (kind) {
      case 'pdf':
        return this.#print(await makers.reportHtml(report, sealed.sha256));
      case 'docx':
        return { ok: true, value: await makers.reportDocx(report) };
      case 'xlsx':
        return { ok: true, value: await makers.attendanceXlsx(report) };
      case 'csv':
        return { ok: true, value: await makers.attendanceCsv(report) };
      case 'sealed':
        return createHash('sha256').update(sealed.sealed).digest('hex') === sealed.sha256
          ? { ok: true, value: sealed.sealed }
          : failure('write_failed', 'the sealed bytes on this PC are damaged');
      default:
        return unreachable(kind);
    }
  }

  #listNow(sitting: SittingRecord): ListNow {
    const { store } = this.#options;
    const isRunning = sitting.state === 'prepared' || sitting.state === 'open' || sitting.state === 'live';
    return { report: this.#options.draft(sitting), isRunning, at: store.clock.now() };
  }

  async #print(html: string): Promise<Result<Uint8Array, Failed>> {
    const printed = await this.#options.print(html);
    if (!printed.ok) return printed;
    const head = Buffer.from(printed.value.subarray(0, 5)).toString('latin1');
    return head === '%PDF-' ? printed : failure('print_failed', 'what came is not a PDF');
  }

  /** ASCII only: sticks are read by systems of every age. Ids are letters, digits, dot, dash and underscore already. */
  #nameOf(kind: DocumentKind, sitting: SittingRecord, revision: number): string {
    const { venueId, rehearsal } = this.#options;
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(sitting.startsAt);
    const about = `${venueId}_${day}_${sitting.planId}`;
    const { stem, ext } = NAMES[kind];
    const tail = BEFORE_SEALING.has(kind) ? '' : `_ban-${revision}`;
    return `${rehearsal ? 'CHAY-THU_' : ''}${stem}_${about}${tail}.${ext}`;
  }

  #progress(saving: SavingView | null): void {
    this.#saving = saving;
    this.#options.onProgress();
  }
}

const NAMES: Record<DocumentKind, { stem: string; ext: string }> = {
  pdf: { stem: 'bao-cao', ext: 'pdf' },
  docx: { stem: 'bao-cao', ext: 'docx' },
  xlsx: { stem: 'danh-sach', ext: 'xlsx' },
  csv: { stem: 'danh-sach', ext: 'csv' },
  sealed: { stem: 'bao-cao-niem-phong', ext: 'jose' },
  paper: { stem: 'phieu-diem-danh', ext: 'pdf' },
  badges: { stem: 'the-diem-danh', ext: 'pdf' },
  list: { stem: 'danh-sach-hien-tai', ext: 'pdf' },
  list_xlsx: { stem: 'danh-sach-hien-tai', ext: 'xlsx' },
  checks: { stem: 'kiem-tra-truoc-gio', ext: 'pdf' },
  timeline: { stem: 'nhat-ky-buoi', ext: 'pdf' },
};

/** Not made of a sealed report. */
const BEFORE_SEALING: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'paper',
  'badges',
  'list',
  'list_xlsx',
  'timeline',
  'checks',
]);

function failure(error: SaveFailure, cause: unknown): { ok: false } & Failed {
  return { ok: false, error, detail: cause instanceof Error ? cause.message : String(cause) };
}
