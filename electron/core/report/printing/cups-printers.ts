import type { PrinterTrouble, PrinterView } from '../../../contract/api-print.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Printers, PrintFailure, PrintJob, PrintOrder } from './printers.ts';
import type { ProgramInput, RunProgram } from './run-program.ts';

/** A queue on the network may be asked for seconds; the document itself goes to the spool of this PC. */
const ASK_MS = 8_000;
const HAND_OVER_MS = 30_000;

/** Printing by the programs of CUPS (`lp`, `lpstat`, `cancel`), by their documented options only. */
export class CupsPrinters implements Printers {
  readonly #run: RunProgram;
  /** CUPS does not always say that a job which is gone was cancelled. */
  readonly #cancelled = new Set<string>();

  constructor(run: RunProgram) {
    this.#run = run;
  }

  async list(): Promise<Result<PrinterView[], PrintFailure>> {
    // Without the service the other questions are answered with nothing at all, as on a PC without a printer.
    const service = await this.#ask('lpstat', ['-r']);
    if (!service.ok) return service;
    if (/is not running/u.test(service.value)) return err({ error: 'system_down', detail: service.value.trim() });
    // Queues that are only seen on the network stand in the first list alone.
    const names = await this.#ask('lpstat', ['-e']);
    if (!names.ok) return names;
    const [standard, accepting, states] = await Promise.all([
      this.#ask('lpstat', ['-d']),
      this.#ask('lpstat', ['-a']),
      this.#ask('lpstat', ['-l', '-p']),
    ]);
    const preferred = /^system default destination: (.+)$/mu.exec(textOf(standard))?.[1];
    const stated = readStates(textOf(states));
    const refusing = new Set(
      textOf(accepting)
        .split('\n')
        .flatMap((line) => /^(\S+) not accepting requests/u.exec(line)?.[1] ?? []),
    );
    return ok(
      names.value
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .map((id) => {
          const state = stated.get(id);
          return {
            id,
            name: state?.description || id,
            isDefault: id === preferred,
            trouble: state?.trouble ?? (refusing.has(id) ? 'not_accepting' : null),
          };
        }),
    );
  }

  async print(printerId: string, { pdf, title, copies }: PrintOrder): Promise<Result<string, PrintFailure>> {
    const args = ['-d', printerId, '-n', String(copies), '-t', title, '-o', 'media=A4'];
    const said = await this.#ask('lp', args, { input: pdf, withinMs: HAND_OVER_MS });
    if (!said.ok) return said;
    const jobId = /request id is (\S+)/u.exec(said.value)?.[1];
    return jobId === undefined ? err({ error: 'refused', detail: said.value }) : ok(jobId);
  }

  async job(jobId: string): Promise<Result<PrintJob, PrintFailure>> {
    const printerId = printerOf(jobId);
    if (printerId === null) return err({ error: 'no_such_job', detail: jobId });
    const waiting = await this.#ask('lpstat', ['-W', 'not-completed', '-o', printerId]);
    if (!waiting.ok) return waiting;
    if (jobsIn(waiting.value).has(jobId)) {
      const states = await this.#ask('lpstat', ['-l', '-p', printerId]);
      return ok({ state: 'waiting', trouble: readStates(textOf(states)).get(printerId)?.trouble ?? null });
    }
    if (this.#cancelled.has(jobId)) return ok({ state: 'cancelled', trouble: null });
    const over = await this.#ask('lpstat', ['-l', '-W', 'completed', '-o', printerId]);
    const alerts = jobsIn(textOf(over)).get(jobId) ?? '';
    const state = /job-cancell?ed/u.test(alerts) ? 'cancelled' : /aborted/u.test(alerts) ? 'failed' : 'sent';
    return ok({ state, trouble: null });
  }

  async cancel(jobId: string): Promise<Result<null, PrintFailure>> {
    if (printerOf(jobId) === null) return err({ error: 'no_such_job', detail: jobId });
    const said = await this.#ask('cancel', [jobId]);
    if (!said.ok) return said;
    this.#cancelled.add(jobId);
    return ok(null);
  }

  /** What the program prints, or why it does not. */
  async #ask(
    program: string,
    args: readonly string[],
    how: Partial<ProgramInput> = {},
  ): Promise<Result<string, PrintFailure>> {
    const end = await this.#run(program, args, { withinMs: ASK_MS, ...how });
    if (end.ended === 'missing') return err({ error: 'no_print_system', detail: `${program} is not installed` });
    if (end.ended === 'too_late') return err({ error: 'no_answer', detail: `${program} did not end` });
    if (end.status === 0) return ok(end.out);
    // An empty list is no fault, whatever its status.
    if (program === 'lpstat' && /No destinations added/u.test(end.errors)) return ok('');
    return err({ error: faultOf(end.errors), detail: end.errors.trim() });
  }
}

function faultOf(errors: string): PrintFailure['error'] {
  if (/scheduler is not running|unable to connect|service-unavailable/iu.test(errors)) return 'system_down';
  if (/not accepting/iu.test(errors)) return 'refused';
  if (/does not exist|invalid destination|unknown destination|no default destination/iu.test(errors))
    return 'no_such_printer';
  return 'refused';
}

/** A job is named `<queue>-<number>`. */
function printerOf(jobId: string): string | null {
  return /^([^\s-][^\s]*)-\d+$/u.exec(jobId)?.[1] ?? null;
}

/** The words after "Alerts:" of each job in a list of jobs. */
function jobsIn(text: string): Map<string, string> {
  const jobs = new Map<string, string>();
  let current = '';
  for (const line of text.split('\n')) {
    const named = /^(\S+-\d+)\s/u.exec(line)?.[1];
    if (named !== undefined) jobs.set((current = named), '');
    const alerts = /^\s+Alerts: (.*)$/u.exec(line)?.[1];
    if (alerts !== undefined) jobs.set(current, alerts);
  }
  return jobs;
}

interface QueueState {
  description: string;
  trouble: PrinterTrouble | null;
}

/** `lpstat -l -p`: a line for each queue, its own message, and what the printer reports (RFC 8011, printer-state-reasons). */
function readStates(text: string): Map<string, QueueState> {
  const states = new Map<string, QueueState>();
  for (const part of text.split(/^(?=printer )/mu)) {
    const [, id, how] = /^printer (\S+) (.*)$/mu.exec(part) ?? [];
    if (id === undefined || how === undefined) continue;
    const alerts = /^\s+Alerts: (.*)$/mu.exec(part)?.[1] ?? '';
    const message = part.split(/^\s+Form mounted:/mu)[0] ?? '';
    const description = /^\s+Description: (.*)$/mu.exec(part)?.[1]?.trim() ?? '';
    states.set(id, { description, trouble: troubleOf(alerts, message, how.startsWith('disabled')) });
  }
  return states;
}

/** What a person has to do comes before what the queue did because of it. */
const REASONS: readonly (readonly [RegExp, PrinterTrouble])[] = [
  [/media-(empty|needed)/u, 'paper_out'],
  [/media-jam/u, 'paper_jam'],
  [/(cover|door|interlock)-open/u, 'door_open'],
  [/(toner|marker-supply|ink)-empty/u, 'ink_out'],
  [/offline|timed-out|shutdown/u, 'offline'],
];

function troubleOf(alerts: string, message: string, isDisabled: boolean): PrinterTrouble | null {
  const reported = REASONS.find(([pattern]) => pattern.test(alerts))?.[1];
  if (reported) return reported;
  if (/may not exist or is unavailable|not responding|not connected|unable to locate printer/iu.test(message))
    return 'offline';
  return isDisabled || /\bpaused\b|moving-to-paused/u.test(alerts) ? 'stopped' : null;
}

function textOf(said: Result<string, PrintFailure>): string {
  return said.ok ? said.value : '';
}
