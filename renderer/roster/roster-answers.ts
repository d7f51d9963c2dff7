import type { RosterAnswers } from '../../electron/contract/api-roster.ts';

/** Answers so far with one more; corrections of a sheet, and who people are, add up. */
export function joinAnswers(before: RosterAnswers, change: RosterAnswers): RosterAnswers {
  const bySheet = { ...before.bySheet };
  for (const [name, { rows, columns }] of Object.entries(change.bySheet ?? {})) {
    const old = bySheet[name] ?? {};
    const joined = { ...old.columns };
    for (const [index, field] of Object.entries(columns ?? {})) {
      // A field that is one column's only leaves the column that was given it by hand before.
      for (const [other, own] of Object.entries(joined))
        if (own === field && field !== null && !SHARED.has(field)) delete joined[other];
      joined[index] = field;
    }
    bySheet[name] = { rows: { ...old.rows, ...rows }, columns: joined };
  }
  return { ...before, ...change, bySheet, matches: { ...before.matches, ...change.matches } };
}

const SHARED: ReadonlySet<string> = new Set(['position', 'unit', 'note', 'birth', 'familyPart']);
