import type { Reconciled } from './reconcile.ts';

/** A copy of the journal on another disk: how many bytes of it, of which generation. */
export interface OtherCopy {
  where: 'stick' | 'other_disk';
  length: number;
  generation: number;
  /** Epoch milliseconds. */
  at: number;
}

/** As the report says it. */
export interface CopyFacts {
  state: 'complete' | 'behind' | 'failed';
  where: 'same_disk' | 'stick' | 'other_disk';
  at: number | null;
}

/** What was found of chain and second copy when the records were opened. */
export interface TrustFindings extends Reconciled {
  /** The database was empty and was made again from the journal. */
  isRebuilt: boolean;
  /** Changes that the database had lost at its end, or never had because it was an older copy. */
  rolledForward: number;
  /**
   * kept: as it was left · begun: a new one · missing: there was one, and it is gone · repaired: damaged, and written again ·
   * set_aside: of another database, made with other keys, or gone another way; kept under another name.
   */
  journal: 'kept' | 'begun' | 'missing' | 'repaired' | 'set_aside';
  /** The first change that nothing proves; null when the chain holds. */
  brokenAt: number | null;
  /** Rows of the attendance log before this one were written without keys; 0 when all have one. */
  keyedFrom: number;
}

/** Words for the console of what was made right, and of what is wrong with the second copy. */
export function describeFindings({ isRebuilt, rolledForward, rebuilt, setAside, journal }: TrustFindings): string[] {
  const words: string[] = [];
  if (isRebuilt) words.push('database_rebuilt');
  else if (rolledForward > 0) words.push('log_rolled_forward');
  else if (rebuilt.length > 0) words.push('rows_rebuilt');
  if (setAside.length > 0) words.push('rows_set_aside');
  if (journal === 'missing' || journal === 'repaired' || journal === 'set_aside') words.push(`journal_${journal}`);
  return words;
}

/** Nothing was found. */
export const NOTHING_FOUND: TrustFindings = {
  isRebuilt: false,
  rolledForward: 0,
  journal: 'kept',
  brokenAt: null,
  keyedFrom: 0,
  rebuilt: [],
  setAside: [],
  unproven: [],
  lost: [],
};
