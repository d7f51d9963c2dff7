import { z } from 'zod';
import { SittingId } from './common.ts';

/** What the console asks to look at a document before it is printed, and to print it on a printer of this PC. */

/** Documents that have pages; each is a kind of `DocumentKind`. */
export const PrintableKind = z.enum(['pdf', 'paper', 'badges', 'list', 'timeline', 'checks']);
export type PrintableKind = z.infer<typeof PrintableKind>;

export const PreviewDocumentInput = z.strictObject({
  sittingId: SittingId,
  kind: PrintableKind,
  /** Absent: the newest. Only for the report. */
  revision: z.int().min(1).optional(),
});
export type PreviewDocumentInput = z.infer<typeof PreviewDocumentInput>;
export type PreviewDocumentAnswer =
  | {
      ok: true;
      /** What is printed by this name is exactly these pages. */
      documentId: string;
      /** The PDF, base64. */
      pdf: string;
    }
  | { ok: false; error: 'no_such_report' | 'not_sealed' | 'print_failed' | 'print_timeout' };

/** What keeps a printer from printing, as far as the system says; stable codes. */
export type PrinterTrouble =
  | 'paper_out'
  | 'paper_jam'
  | 'door_open'
  | 'ink_out'
  | 'offline'
  | 'stopped'
  | 'not_accepting';

export interface PrinterView {
  /** The system's name of the queue. */
  id: string;
  /** What people call it. */
  name: string;
  isDefault: boolean;
  trouble: PrinterTrouble | null;
}

/**
 * Why nothing was printed; stable codes. `no_print_system`: this system has none that the kiosk knows. `system_down`: it is there
 * and does not run. `refused`: it does not take the document.
 */
export type PrintFault =
  | 'no_print_system'
  | 'system_down'
  | 'no_such_printer'
  | 'refused'
  | 'no_answer'
  | 'no_such_document'
  | 'no_such_job';

export type PrintersAnswer = { ok: true; printers: PrinterView[] } | { ok: false; error: PrintFault };

export const PrintDocumentInput = z.strictObject({
  documentId: z.string().min(1).max(80),
  printerId: z.string().min(1).max(300),
  copies: z.int().min(1).max(20),
});
export type PrintDocumentInput = z.infer<typeof PrintDocumentInput>;
export type PrintDocumentAnswer = { ok: true; jobId: string } | { ok: false; error: PrintFault };

export const PrintJobInput = z.strictObject({ jobId: z.string().min(1).max(400) });
/** `sent`: the system has nothing of it left to send to the printer. Whether it lies in the tray, no system knows. */
export type PrintJobState = 'waiting' | 'sent' | 'cancelled' | 'failed';
export type PrintJobAnswer =
  | { ok: true; state: PrintJobState; trouble: PrinterTrouble | null }
  | { ok: false; error: PrintFault };

const needs = 'open_console' as const;

/** The part of the table of endpoints that is about looking at documents and printing them. */
export const PRINTER_ENDPOINTS = {
  'console/report/preview': { needs, input: PreviewDocumentInput, answer: z.custom<PreviewDocumentAnswer>() },
  'console/printers/list': { needs, input: z.strictObject({}), answer: z.custom<PrintersAnswer>() },
  'console/printers/print': { needs, input: PrintDocumentInput, answer: z.custom<PrintDocumentAnswer>() },
  'console/printers/job': { needs, input: PrintJobInput, answer: z.custom<PrintJobAnswer>() },
  'console/printers/cancel': { needs, input: PrintJobInput, answer: z.custom<PrintJobAnswer>() },
} as const;
