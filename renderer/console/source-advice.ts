import type { FaultCause } from '../../electron/contract/broadcast.ts';
import { CAUSES, isCause, type Cause, type Whose } from '../../electron/shared/causes.ts';

const SIDE: Record<Whose, FaultCause> = { server: 'centre', line: 'line', this_pc: 'this_pc', unknown: 'unknown' };

/** What the card of the centre's signal says of a fault. */
export interface SourceAdvice {
  /** The cause that is named, by its word in the table of causes; null where none is known. */
  named: Cause | null;
  /** Where the next step comes from: the named cause, the side that is at fault, or only how the source stands. */
  nextBy: 'named' | 'side' | 'health';
  /** The side that is named at the end; null where nothing is interrupted, or where it would speak against what is named. */
  side: FaultCause | null;
}

/**
 * Advice follows the cause, and nothing on the card speaks against it. A named cause that says whose fault it is comes first; one that
 * may be anybody's gives way to the side that the interruption was found to be of. `cause`: what the watcher knows now; `interrupted`:
 * whose the interruption is that goes on; `isBroken`: nothing comes from the source.
 */
export function adviseOnSource(cause: string | null, interrupted: FaultCause | null, isBroken: boolean): SourceAdvice {
  const named = cause !== null && isCause(cause) ? cause : null;
  const namedSide = named === null ? 'unknown' : SIDE[CAUSES[named]];
  if (named !== null && namedSide !== 'unknown')
    return { named, nextBy: 'named', side: interrupted === namedSide ? interrupted : null };
  const isSideKnown = interrupted !== null && interrupted !== 'unknown';
  if (isSideKnown && (isBroken || named !== null)) return { named, nextBy: 'side', side: interrupted };
  if (named !== null) return { named, nextBy: 'named', side: interrupted };
  return { named, nextBy: interrupted !== null && isBroken ? 'side' : 'health', side: interrupted };
}
