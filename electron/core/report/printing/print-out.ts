import { randomUUID } from 'node:crypto';
import type {
  PreviewDocumentAnswer,
  PreviewDocumentInput,
  PrintDocumentAnswer,
  PrintDocumentInput,
  PrintersAnswer,
  PrintJobAnswer,
} from '../../../contract/api-print.ts';
import type { Exports } from '../exports.ts';
import type { Printers, PrintFailure } from './printers.ts';

/** Looking at a document, and printing exactly what was looked at. */
export class PrintOut {
  readonly #exports: Pick<Exports, 'makePdf'>;
  readonly #printers: Printers;
  readonly #onFailed: (failure: PrintFailure) => void;
  #shown: { id: string; sittingId: string; title: string; pdf: Uint8Array } | null = null;

  constructor(exports: Pick<Exports, 'makePdf'>, printers: Printers, onFailed: (failure: PrintFailure) => void) {
    this.#exports = exports;
    this.#printers = printers;
    this.#onFailed = onFailed;
  }

  /** The newest document that was looked at: only the pages a person saw are printed. */
  get shown(): { id: string; sittingId: string; title: string } | null {
    return this.#shown;
  }

  async preview(input: PreviewDocumentInput): Promise<PreviewDocumentAnswer> {
    const made = await this.#exports.makePdf(input);
    if (!made.ok) return { ok: false, error: made.error };
    const id = randomUUID();
    this.#shown = { id, sittingId: input.sittingId, ...made.value };
    return { ok: true, documentId: id, pdf: Buffer.from(made.value.pdf).toString('base64') };
  }

  async printers(): Promise<PrintersAnswer> {
    const listed = await this.#printers.list();
    return listed.ok ? { ok: true, printers: listed.value } : this.#fail(listed);
  }

  async print({ documentId, printerId, copies }: PrintDocumentInput): Promise<PrintDocumentAnswer> {
    const shown = this.#shown;
    if (shown?.id !== documentId) return { ok: false, error: 'no_such_document' };
    // Only a name that the system gives is handed to its programs.
    const listed = await this.#printers.list();
    if (!listed.ok) return this.#fail(listed);
    if (!listed.value.some(({ id }) => id === printerId)) return { ok: false, error: 'no_such_printer' };
    const handed = await this.#printers.print(printerId, { pdf: shown.pdf, title: shown.title, copies });
    return handed.ok ? { ok: true, jobId: handed.value } : this.#fail(handed);
  }

  async job(jobId: string): Promise<PrintJobAnswer> {
    const job = await this.#printers.job(jobId);
    return job.ok ? { ok: true, ...job.value } : this.#fail(job);
  }

  /** Takes a document back that waits at the printer, and says how it stands then. */
  async cancel(jobId: string): Promise<PrintJobAnswer> {
    const gone = await this.#printers.cancel(jobId);
    return gone.ok ? this.job(jobId) : this.#fail(gone);
  }

  #fail(failure: PrintFailure): { ok: false; error: PrintFailure['error'] } {
    this.#onFailed(failure);
    return { ok: false, error: failure.error };
  }
}
