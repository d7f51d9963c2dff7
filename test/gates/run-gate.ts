import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Gate, GateTable } from './gate.ts';

const MOST_EXAMPLES = 20;

/** Runs cases `from` to `from + count - 1`, as far as the gate has them; adds to `before` when a run is carried on. */
export async function runGate(
  gate: Gate,
  options: {
    from: number;
    count: number;
    control: boolean;
    before?: GateTable | null;
    /** No case is begun after so many seconds of this run. */
    seconds?: number;
    /** Ends after the first wrong case: a control is asked no more. */
    untilWrong?: boolean;
    /** After each case. */
    onCase?: (table: GateTable) => void;
  },
): Promise<GateTable> {
  const { from, control } = options;
  const table: GateTable = options.before ?? {
    gate: gate.name,
    control,
    from,
    next: from,
    tried: 0,
    wrong: 0,
    outcomes: {},
    examples: [],
    seconds: 0,
    maxRssMiB: 0,
    slowestCaseMs: 0,
  };
  const end = Math.min(from + options.count, gate.cases ?? Infinity);
  const dir = mkdtempSync(path.join(os.tmpdir(), `kiosk-gate-${gate.name}-`));
  const secondsBefore = table.seconds;
  const began = performance.now();
  try {
    const opened = await gate.open({ control, dir });
    try {
      for (let number = from; number < end; number += 1) {
        const caseBegan = performance.now();
        if (caseBegan - began > (options.seconds ?? Infinity) * 1_000) break;
        const { outcome, wrong } = await opened.tryCase(number);
        // Databases and statements that are no longer used are given back in a turn of their own; a case may take none.
        await turn();
        table.slowestCaseMs = Math.max(table.slowestCaseMs, Math.round(performance.now() - caseBegan));
        table.tried += 1;
        table.outcomes[outcome] = (table.outcomes[outcome] ?? 0) + 1;
        if (wrong !== null) {
          table.wrong += 1;
          if (table.examples.length < MOST_EXAMPLES) table.examples.push({ number, wrong });
        }
        table.next = number + 1;
        table.seconds = secondsBefore + Math.round((performance.now() - began) / 100) / 10;
        table.maxRssMiB = Math.max(table.maxRssMiB, Math.round(process.resourceUsage().maxRSS / 1024));
        options.onCase?.(table);
        if (options.untilWrong === true && table.wrong > 0) break;
      }
    } finally {
      await opened.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return table;
}

/** A gate holds with nothing wrong, its control with something wrong; neither with no case tried. */
export function holds(table: GateTable): boolean {
  return table.tried > 0 && table.control === table.wrong > 0;
}
