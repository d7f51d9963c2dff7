import { useEffect, useState } from 'react';
import type { PrintFault, PrinterTrouble, PrintJobState } from '../../electron/contract/api-print.ts';
import { call } from '../client/call.ts';

/** How a print job stands: being handed over, in the queue, or over. */
export type PrintJobView =
  | { step: 'none' }
  | { step: 'handing' }
  | { step: 'queued'; jobId: string; printer: string; state: PrintJobState; trouble: PrinterTrouble | null }
  | { step: 'failed'; error: PrintFault | 'unreachable' };

/** How often the printer's queue is asked while something waits in it, ms. */
const ASK_EVERY_MS = 1_500;

/** Prints a document and follows what becomes of it. */
export function usePrintJob(): {
  job: PrintJobView;
  print: (documentId: string, printer: { id: string; name: string }, copies: number) => Promise<void>;
  cancel: () => Promise<void>;
  forget: () => void;
} {
  const [job, setJob] = useState<PrintJobView>({ step: 'none' });
  const waiting = job.step === 'queued' && job.state === 'waiting' ? job : null;
  useEffect(() => {
    if (!waiting) return undefined;
    let isGone = false;
    const timer = setTimeout(async () => {
      const answer = await call('console/printers/job', { jobId: waiting.jobId });
      if (isGone) return;
      // A queue that does not answer once is asked again; what is shown stays.
      setJob(answer.ok ? { ...waiting, state: answer.state, trouble: answer.trouble } : { ...waiting });
    }, ASK_EVERY_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [waiting]);
  return {
    job,
    print: async (documentId, printer, copies) => {
      setJob({ step: 'handing' });
      const answer = await call('console/printers/print', { documentId, printerId: printer.id, copies });
      setJob(
        answer.ok
          ? { step: 'queued', jobId: answer.jobId, printer: printer.name, state: 'waiting', trouble: null }
          : { step: 'failed', error: faultOf(answer.error) },
      );
    },
    cancel: async () => {
      if (!waiting) return;
      const answer = await call('console/printers/cancel', { jobId: waiting.jobId });
      setJob(
        answer.ok
          ? { ...waiting, state: answer.state, trouble: answer.trouble }
          : { step: 'failed', error: faultOf(answer.error) },
      );
    },
    forget: () => setJob({ step: 'none' }),
  };
}

/** A console that was locked meanwhile says so by its own screen. */
export function faultOf(error: PrintFault | 'unreachable' | 'locked' | 'invalid_input'): PrintFault | 'unreachable' {
  return error === 'locked' || error === 'invalid_input' ? 'unreachable' : error;
}
