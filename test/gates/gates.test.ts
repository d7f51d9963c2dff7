import { expect, test } from 'vitest';
import { GATES } from './list.ts';
import { holds, runGate } from './run-gate.ts';

/** The long form is run by hand: `npm run gates`. */
const LIMIT_MS = 300_000;
/** A control may need more cases until it meets what it does wrong: a kill comes at any moment. It ends with the first. */
const CONTROL_TRIES = 10;

test('gates have names of their own', () => {
  expect(new Set(GATES.map((gate) => gate.name)).size).toBe(GATES.length);
});

/** What this computer lacks is said once, and its gates are not tried here. */
const CAN_RUN = GATES.filter((gate) => {
  const missing = gate.missing?.() ?? null;
  if (missing !== null) process.stdout.write(`${gate.name}: ${missing}\n`);
  return missing === null;
});

for (const gate of CAN_RUN) {
  test(`${gate.name}: ${gate.what}`, { timeout: LIMIT_MS }, async () => {
    const table = await runGate(gate, { from: 0, count: gate.short, control: false });
    expect(table.examples).toEqual([]);
    expect(holds(table)).toBe(true);
  });
  test(`${gate.name}: the control fails`, { timeout: LIMIT_MS }, async () => {
    const count = gate.short * CONTROL_TRIES;
    expect(holds(await runGate(gate, { from: 0, count, control: true, untilWrong: true }))).toBe(true);
  });
}
