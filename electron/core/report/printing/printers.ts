import type { PrinterTrouble, PrinterView, PrintFault, PrintJobState } from '../../../contract/api-print.ts';
import { err, type Result } from '../../../shared/result.ts';

export type PrintFailure = { error: PrintFault; detail: string };

export interface PrintOrder {
  /** A whole PDF. */
  pdf: Uint8Array;
  /** What the system calls the job; no names of people. */
  title: string;
  copies: number;
}

export interface PrintJob {
  state: PrintJobState;
  trouble: PrinterTrouble | null;
}

/** The printers of this PC. What the system's programs say is never shown: only a code, and their words for the log. */
export interface Printers {
  list(): Promise<Result<PrinterView[], PrintFailure>>;
  /** Hands a document to the system; answers the system's name of the job. */
  print(printerId: string, order: PrintOrder): Promise<Result<string, PrintFailure>>;
  job(jobId: string): Promise<Result<PrintJob, PrintFailure>>;
  /** Takes back what was not printed yet. */
  cancel(jobId: string): Promise<Result<null, PrintFailure>>;
}

const none = async (): Promise<{ ok: false } & PrintFailure> =>
  err({ error: 'no_print_system', detail: 'no way to print is known for this system' });

/** For systems without a way to print that the kiosk knows. */
export const NO_PRINTERS: Printers = { list: none, print: none, job: none, cancel: none };
