import type { Change, ChangeKeys } from './change-keys.ts';
import type { JournalRecord } from './journal-record.ts';

const SLACK = 1_000;

/** What the chain in the database and the one in the journal amount to together. */
export interface MergedChain {
  /** Without change 0. In order; a number is missing where both are lost. */
  changes: Change[];
  /** Number of the last change that either has; 0 for none. */
  last: number;
  /** Changes that the database lacks, or has otherwise. */
  fromJournal: Change[];
  /** Up to this change the journal has every one as it should be. */
  journalAgreesTo: number;
  /** The first change that nothing proves, or that is lost; null when the chain holds. */
  unprovenAt: number | null;
  /** Both went on after the same change, each in its own way: one of them is a copy that was used elsewhere. */
  isForked: boolean;
}

/**
 * Goes through both chains at once. Of two that differ the one counts whose hash follows from the change before; a record of the
 * journal has a keyed hash of its own, so it counts also where the change before is lost. `genesis`: the proof of change 0; null
 * when it is lost.
 */
export function mergeChains(
  keys: ChangeKeys,
  genesis: Buffer | null,
  database: ReadonlyMap<number, Change>,
  journal: ReadonlyMap<number, JournalRecord>,
): MergedChain {
  const merged: MergedChain = {
    changes: [],
    last: lastOf([...database.keys(), ...journal.keys()], 2 * (database.size + journal.size) + SLACK),
    fromJournal: [],
    journalAgreesTo: 0,
    unprovenAt: null,
    isForked: false,
  };
  let before = genesis;
  for (let seq = 1; seq <= merged.last; seq += 1) {
    const stored = database.get(seq);
    const copied = merged.isForked ? undefined : journal.get(seq);
    const isStoredNext = stored !== undefined && before !== null && keys.isNext(before, stored);
    const isCopiedNext = copied !== undefined && (before === null || keys.isNext(before, copied));
    if (isStoredNext && isCopiedNext && !isSame(stored, copied)) merged.isForked = true;
    let taken: Change | undefined;
    if (isStoredNext) taken = stored;
    else if (isCopiedNext) taken = copied;
    else {
      merged.unprovenAt ??= seq;
      taken = copied ?? stored;
    }
    if (taken && taken === copied && !(stored && isSame(stored, copied))) merged.fromJournal.push(copied);
    if (copied && taken && isSame(taken, copied) && merged.journalAgreesTo === seq - 1) merged.journalAgreesTo = seq;
    if (taken) merged.changes.push(taken);
    before = taken?.proof ?? null;
  }
  return merged;
}

function isSame(a: Change, b: Change): boolean {
  return a.table === b.table && a.op === b.op && a.proof.equals(b.proof);
}

/** A number far beyond how many there are is damage. */
function lastOf(seqs: readonly number[], most: number): number {
  return seqs.reduce((last, seq) => (seq > last && seq <= most ? seq : last), 0);
}
