import { z } from 'zod';
import type { PrinterTrouble, PrinterView } from '../../../contract/api-print.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Printers, PrintFailure, PrintJob, PrintOrder } from './printers.ts';
import type { ProgramInput, RunProgram } from './run-program.ts';
import { CANCEL_JOB, LIST_PRINTERS, NO_SUCH_PRINTER, PRINT_PDF, SHOW_JOB } from './windows-scripts.ts';

/** PowerShell itself takes seconds to start on a small PC. */
const ASK_MS = 20_000;
const HAND_OVER_MS = 120_000;

/**
 * Printing on Windows 10 and 11 by what every one of them has: PowerShell 5.1, the system's own reader of PDF (Windows.Data.Pdf)
 * and its print spooler. Never run on Windows yet: written by its documentation, and its answers are read in a test.
 */
export class WindowsPrinters implements Printers {
  readonly #run: RunProgram;
  #jobs = 0;

  constructor(run: RunProgram) {
    this.#run = run;
  }

  async list(): Promise<Result<PrinterView[], PrintFailure>> {
    const said = await this.#script(LIST_PRINTERS);
    if (!said.ok) return said;
    const read = z.array(PrinterLine).safeParse(parse(said.value));
    if (!read.success) return err({ error: 'no_answer', detail: said.value.slice(0, 200) });
    return ok(
      read.data.map(({ Name, Default, WorkOffline, DetectedErrorState, PrinterState }) => ({
        id: Name,
        name: Name,
        isDefault: Default,
        trouble:
          TROUBLES[DetectedErrorState ?? 0] ??
          (WorkOffline ? 'offline' : ((PrinterState ?? 0) & PAUSED) !== 0 ? 'stopped' : null),
      })),
    );
  }

  async print(printerId: string, { pdf, title, copies }: PrintOrder): Promise<Result<string, PrintFailure>> {
    // Two documents of one name are told apart by a number behind it.
    const name = `${title} ${Date.now().toString(36)}-${++this.#jobs}`;
    const said = await this.#script(PRINT_PDF, {
      env: { KIOSK_PRINTER: printerId, KIOSK_TITLE: name, KIOSK_COPIES: String(copies) },
      input: Buffer.from(Buffer.from(pdf).toString('base64'), 'latin1'),
      withinMs: HAND_OVER_MS,
    });
    return said.ok ? ok(`${name}\n${printerId}`) : said;
  }

  async job(jobId: string): Promise<Result<PrintJob, PrintFailure>> {
    const said = await this.#script(SHOW_JOB, { env: jobEnv(jobId) });
    if (!said.ok) return said;
    const read = z.array(JobLine).safeParse(parse(said.value));
    if (!read.success) return err({ error: 'no_answer', detail: said.value.slice(0, 200) });
    const [job] = read.data;
    // The spooler forgets a job when it has sent all of it.
    if (!job) return ok({ state: 'sent', trouble: null });
    const states = job.JobStatus.toLowerCase();
    const trouble = JOB_TROUBLES.find(([word]) => states.includes(word))?.[1] ?? null;
    return ok({ state: 'waiting', trouble });
  }

  async cancel(jobId: string): Promise<Result<null, PrintFailure>> {
    const said = await this.#script(CANCEL_JOB, { env: jobEnv(jobId) });
    return said.ok ? ok(null) : said;
  }

  async #script(text: string, how: Partial<ProgramInput> = {}): Promise<Result<string, PrintFailure>> {
    const encoded = Buffer.from(text, 'utf16le').toString('base64');
    const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', encoded];
    const end = await this.#run('powershell.exe', args, { withinMs: ASK_MS, ...how });
    if (end.ended === 'missing') return err({ error: 'no_print_system', detail: 'PowerShell is not there' });
    if (end.ended === 'too_late') return err({ error: 'no_answer', detail: 'PowerShell did not end' });
    if (end.status === NO_SUCH_PRINTER) return err({ error: 'no_such_printer', detail: end.errors.trim() });
    return end.status === 0 ? ok(end.out) : err({ error: 'refused', detail: end.errors.trim().slice(0, 400) });
  }
}

const PrinterLine = z.object({
  Name: z.string(),
  Default: z.boolean(),
  WorkOffline: z.boolean().catch(false),
  DetectedErrorState: z.number().nullish(),
  PrinterState: z.number().nullish(),
});

const JobLine = z.object({ JobStatus: z.string().catch('') });

/** Win32_Printer.PrinterState: paused. */
const PAUSED = 1;

/** Win32_Printer.DetectedErrorState. */
const TROUBLES: Readonly<Record<number, PrinterTrouble>> = {
  4: 'paper_out',
  6: 'ink_out',
  7: 'door_open',
  8: 'paper_jam',
  9: 'offline',
};

/** Words of Get-PrintJob's JobStatus. */
const JOB_TROUBLES: readonly (readonly [string, PrinterTrouble])[] = [
  ['paperout', 'paper_out'],
  ['userintervention', 'door_open'],
  ['offline', 'offline'],
  ['paused', 'stopped'],
  ['blocked', 'stopped'],
  ['error', 'stopped'],
];

function jobEnv(jobId: string): Record<string, string> {
  const [title = '', printer = ''] = jobId.split('\n');
  return { KIOSK_TITLE: title, KIOSK_PRINTER: printer };
}

/** ConvertTo-Json gives one thing alone without a list around it, and nothing at all for none. */
function parse(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text.trim() || '[]');
    return Array.isArray(read) ? read : [read];
  } catch {
    return null;
  }
}
