import type { PathOf } from '../../contract/endpoints.ts';
import type { PrintOut } from '../report/printing/print-out.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type PrintersPath = Extract<PathOf<'console'>, `console/printers/${string}`>;

/** The printers of this PC, and printing what was looked at. */
export function createConsolePrintersApi({
  printOut,
  actions,
}: {
  printOut: PrintOut;
  actions: Actions;
}): Handlers<PrintersPath> {
  return {
    'console/printers/list': () => printOut.printers(),
    'console/printers/print': async (input) => {
      const { sittingId = null, title: document = '' } = printOut.shown ?? {};
      const answer = await printOut.print(input);
      actions.note('print_document', { sittingId, document, printer: input.printerId, ok: answer.ok });
      return answer;
    },
    'console/printers/job': ({ jobId }) => printOut.job(jobId),
    'console/printers/cancel': ({ jobId }) => printOut.cancel(jobId),
  };
}
