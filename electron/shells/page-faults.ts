import type { WindowRole } from '../contract/shell.ts';
import type { Clock } from './clock.ts';

/** As long a text of a fault as the contract takes. */
const LONGEST_FAULT = 8_000;
/** A page that fails over and over would fill the log: so many faults are passed on in a minute. */
const FAULTS_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/** Passes faults of pages on, a few in a minute. */
export function createFaultLimit(options: {
  clock: Clock;
  log: (line: string) => void;
  pass: (role: WindowRole, text: string) => void;
}): (role: WindowRole, text: string) => void {
  const { clock, log, pass } = options;
  let faults = { since: -Infinity, count: 0 };
  return (role, text) => {
    const now = clock.now();
    if (now - faults.since >= MINUTE_MS) faults = { since: now, count: 0 };
    faults.count += 1;
    if (faults.count <= FAULTS_A_MINUTE) pass(role, text.slice(0, LONGEST_FAULT));
    else if (faults.count === FAULTS_A_MINUTE + 1)
      log(`${role} page fails over and over; the rest of this minute is left out`);
  };
}
