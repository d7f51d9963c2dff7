import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DisplaySwap } from '../../electron/core/display-swap.ts';

test('swapped displays are told to the shell at once and at each start; a damaged or missing file is the usual order', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'kiosk-swap-'));
  const told: boolean[] = [];
  const open = () => new DisplaySwap(dir, (on) => told.push(on));
  open().announce();
  open().toggle();
  open().announce();
  open().toggle();
  open().announce();
  writeFileSync(path.join(dir, 'displays.json'), '{"swapped":');
  open().announce();
  expect(told).toEqual([false, true, true, false, false, false]);
  rmSync(dir, { recursive: true });
  // No folder to write to: the swap is made, and not remembered.
  open().toggle();
  expect(told.at(-1)).toBe(true);
});
