import { rmSync } from 'node:fs';
import path from 'node:path';
import { OTHER } from '../support/flip-places.ts';
import { createFlippedRecords, STATE_NAMES, type FlippedRecords, type Where } from '../support/flipped-records.ts';
import type { CaseResult, Gate } from './gate.ts';

type Truth = ReadonlyMap<Where, ReadonlyMap<string, string>>;

/**
 * One bit of the records is flipped: in the database, in its log of a kiosk that was killed, in the journal, in a copy on another disk, in
 * the files of keys. Where a copy of it is whole, nothing may be lost. Where there is none, what is not right must be named. The
 * control takes the copies away and wants the same.
 */
export const flips: Gate = {
  name: 'flips',
  what: 'one flipped bit in database, write-ahead log, journal, copy or keys: it opens, and all is there; without a copy, what is lost is named',
  cases: null,
  short: 40,
  open: async ({ control, dir }) => {
    const records = await createFlippedRecords(dir);
    const truth: Truth = new Map(STATE_NAMES.map((where) => [where, lookAtWhole(records, where)]));
    return {
      tryCase: (number) => tryFlip(records, truth, number, control),
      close: async () => records.close(),
    };
  },
};

function lookAtWhole(records: FlippedRecords, where: Where): ReadonlyMap<string, string> {
  const whole = records.open(records.whole(where));
  if (!whole.ok) throw new Error(whole.error);
  const view = records.view(whole.store);
  const named = whole.store.findDamages();
  whole.store.close();
  if (named.length > 0) throw new Error(`undamaged records are called damaged: ${JSON.stringify(named)}`);
  return view;
}

function tryFlip(records: FlippedRecords, truth: Truth, number: number, hasNoCopy: boolean): CaseResult {
  const { kind, file, where, mayLose } = records.flip(number);
  const result = (outcome: string, wrong: string | null): CaseResult => ({
    outcome: `${where}: ${outcome}`,
    wrong: wrong === null ? null : `${kind}: ${wrong}`,
  });
  const losesNamed = mayLose && !hasNoCopy;
  if (hasNoCopy) records.removeCopies(file, where);
  try {
    const opened = records.open(file);
    if (!opened.ok && opened.error === 'no_keys')
      return result('refused, with the way to go on', losesNamed ? null : opened.detail);
    if (!opened.ok) return result('refused', `does not open: ${JSON.stringify(opened)}`);
    const { store, quarantinedTo } = opened;
    try {
      const { findings } = store.trust;
      if (quarantinedTo !== null && !findings.isRebuilt)
        return result('moved aside whole', losesNamed ? null : 'moved aside, and nothing in its place');
      // The start moves these aside when it is the session about to run.
      if (store.sessions.listDamaged().some((id) => id !== OTHER))
        return result('session cannot be read', losesNamed ? null : 'session cannot be read');
      const chain = store.verifyLog();
      const named = [...store.findDamages().map((d) => d.table), ...(chain.ok ? [] : ['chain'])];
      const view = records.view(store);
      const other = [...truth.get(where)!].filter(([part, text]) => view.get(part) !== text).map(([part]) => part);
      if (other.length === 0 && !records.areKeysWhole(file)) return result('keys', 'a file of keys is not as it was');
      if (other.length === 0) return result(describeRight(findings, named), null);
      return result('named', losesNamed && named.length > 0 ? null : `not as before: ${other.join(', ')}`);
    } finally {
      store.close();
    }
  } catch (cause) {
    return result('throws', cause instanceof Error ? (cause.stack ?? cause.message).slice(0, 600) : String(cause));
  } finally {
    rmSync(path.dirname(file), { recursive: true, force: true });
  }
}

function describeRight(
  findings: { isRebuilt: boolean; rolledForward: number; rebuilt: readonly unknown[]; journal: string },
  named: readonly string[],
): string {
  if (findings.isRebuilt) return 'right, rebuilt whole';
  if (findings.rolledForward > 0) return 'right, rolled forward';
  if (findings.rebuilt.length > 0) return 'right, rows rebuilt';
  if (findings.journal === 'repaired') return 'right, journal repaired';
  return named.length > 0 ? 'right, and named' : 'right';
}
