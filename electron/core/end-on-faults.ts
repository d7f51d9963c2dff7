import { describeError } from '../log/error-text.ts';
import type { CoreLog } from './core-log.ts';

/** A fault of ours (EX_SOFTWARE of sysexits.h); the supervisor starts another core. */
const EXIT_FAULT = 70;

/**
 * What nothing caught is written down and ends this core; the supervisor starts another, which finds all in its database.
 * `log` answers null until there is one; then the fault goes to standard error.
 */
export function endOnFaults(log: () => Pick<CoreLog, 'error'> | null): void {
  const end = (cause: unknown): void => {
    const file = log();
    if (file) file.error('core_fault', cause);
    else process.stderr.write(`${describeError(cause)}\n`);
    process.exit(EXIT_FAULT);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  // A terminal that was closed is no fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
