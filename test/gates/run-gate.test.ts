import { expect, test } from 'vitest';
import { runGate } from './run-gate.ts';

test('the process has a turn of its own after each case, in which closed databases are given back', async () => {
  let turns = 0;
  const table = await runGate(
    {
      name: 'turns',
      what: '',
      cases: null,
      short: 20,
      open: () =>
        Promise.resolve({
          tryCase: () => {
            setImmediate(() => (turns += 1));
            return { outcome: 'right', wrong: null };
          },
          close: () => Promise.resolve(),
        }),
    },
    { from: 0, count: 20, control: false },
  );
  expect([table.tried, turns]).toEqual([20, 20]);
});
