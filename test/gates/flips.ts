import { rmSync } from 'node:fs';
import path from 'node:path';
import { createFlippedRecords, type FlippedRecords } from '../support/flipped-records.ts';
import type { CaseResult, Gate } from './gate.ts';

/** One bit of the closed records is flipped; the control does not listen to what the store names as damaged. */
export const flips: Gate = {
  name: 'flips',
  what: 'one flipped bit in the closed records: they open or are moved aside, and what is not right is named',
  cases: null,
  short: 22,
  open: async ({ control, dir }) => {
    const records = createFlippedRecords(dir);
    const whole = records.open(records.whole());
    if (!whole.ok) throw new Error(whole.error);
    const truth = records.view(whole.store);
    const named = whole.store.findDamages();
    whole.store.close();
    if (named.length > 0) throw new Error(`undamaged records are called damaged: ${JSON.stringify(named)}`);
    return {
      tryCase: (number) => tryFlip(records, truth, number, control),
      close: async () => records.close(),
    };
  },
};

function tryFlip(
  records: FlippedRecords,
  truth: ReadonlyMap<string, string>,
  number: number,
  isDeaf: boolean,
): CaseResult {
  const { kind, file } = records.flip(number);
  const result = (outcome: string, wrong: string | null): CaseResult => ({
    outcome: `${kind}: ${outcome}`,
    wrong: wrong === null ? null : `${kind}: ${wrong}`,
  });
  try {
    const opened = records.open(file);
    if (!opened.ok) return result('refused', `does not open: ${JSON.stringify(opened)}`);
    const { store, quarantinedTo } = opened;
    try {
      if (quarantinedTo !== null) return result('moved aside whole', isDeaf ? 'moved aside' : null);
      // The start moves these aside when it is the session about to run.
      if (store.sessions.listDamaged().some((id) => id !== 'hn-khac'))
        return result('session cannot be read', isDeaf ? 'session cannot be read' : null);
      const chain = store.attendance.verifyChain();
      const named = isDeaf ? [] : [...store.findDamages().map((d) => d.table), ...(chain.ok ? [] : ['chain'])];
      const view = records.view(store);
      const other = [...truth].filter(([part, text]) => view.get(part) !== text).map(([part]) => part);
      if (other.length === 0) return result(named.length > 0 ? 'right, and named' : 'right', null);
      return result('named', named.length > 0 ? null : `not as before: ${other.join(', ')}`);
    } finally {
      store.close();
    }
  } catch (cause) {
    return result('throws', cause instanceof Error ? (cause.stack ?? cause.message).slice(0, 600) : String(cause));
  } finally {
    rmSync(path.dirname(file), { recursive: true, force: true });
  }
}
