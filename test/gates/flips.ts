import { rmSync } from 'node:fs';
import path from 'node:path';
import { journalOf } from '../../electron/core/store/database.ts';
import { createFlippedRecords, type FlippedRecords } from '../support/flipped-records.ts';
import type { CaseResult, Gate } from './gate.ts';

type Truth = Record<'closed' | 'alone' | 'wal' | 'journal', ReadonlyMap<string, string>>;

/**
 * One bit of the records is flipped: in the database, in its log of a kiosk that was killed, in the journal. Where the other copy is
 * whole, nothing may be lost. Where there is none, what is not right must be named. The control takes the second copy away and
 * wants the same.
 */
export const flips: Gate = {
  name: 'flips',
  what: 'one flipped bit in database, write-ahead log or journal: it opens, and all is there; without a second copy, what is lost is named',
  cases: null,
  short: 28,
  open: async ({ control, dir }) => {
    const records = createFlippedRecords(dir);
    const truth: Truth = {
      closed: lookAtWhole(records, 'closed'),
      alone: lookAtWhole(records, 'alone'),
      wal: lookAtWhole(records, 'wal'),
      journal: lookAtWhole(records, 'journal'),
    };
    return {
      tryCase: (number) => tryFlip(records, truth, number, control),
      close: async () => records.close(),
    };
  },
};

function lookAtWhole(records: FlippedRecords, where: keyof Truth): ReadonlyMap<string, string> {
  const whole = records.open(records.whole(where));
  if (!whole.ok) throw new Error(whole.error);
  const view = records.view(whole.store);
  const named = whole.store.findDamages();
  whole.store.close();
  if (named.length > 0) throw new Error(`undamaged records are called damaged: ${JSON.stringify(named)}`);
  return view;
}

function tryFlip(records: FlippedRecords, truth: Truth, number: number, hasNoCopy: boolean): CaseResult {
  const { kind, file, where } = records.flip(number);
  const result = (outcome: string, wrong: string | null): CaseResult => ({
    outcome: `${where}: ${outcome}`,
    wrong: wrong === null ? null : `${kind}: ${wrong}`,
  });
  const mayLose = where === 'alone' && !hasNoCopy;
  if (hasNoCopy) rmSync(journalOf(file), { force: true });
  try {
    const opened = records.open(file);
    if (!opened.ok) return result('refused', `does not open: ${JSON.stringify(opened)}`);
    const { store, quarantinedTo } = opened;
    try {
      const { findings } = store.trust;
      if (quarantinedTo !== null && !findings.isRebuilt)
        return result('moved aside whole', mayLose ? null : 'moved aside, and nothing in its place');
      // The start moves these aside when it is the session about to run.
      if (store.sessions.listDamaged().some((id) => id !== 'hn-khac'))
        return result('session cannot be read', mayLose ? null : 'session cannot be read');
      const chain = store.verifyLog();
      const named = [...store.findDamages().map((d) => d.table), ...(chain.ok ? [] : ['chain'])];
      const view = records.view(store);
      const other = [...truth[where]].filter(([part, text]) => view.get(part) !== text).map(([part]) => part);
      if (other.length === 0) return result(describeRight(findings, named), null);
      return result('named', mayLose && named.length > 0 ? null : `not as before: ${other.join(', ')}`);
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
