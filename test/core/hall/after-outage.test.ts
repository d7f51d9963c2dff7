import { expect, test } from 'vitest';
import { AfterOutage } from '../../../electron/core/hall/after-outage.ts';

const times = (n: number, run: () => void) => Array.from({ length: n }, run);

test('the chair is asked while the picture stands or the hall is late, and the package decides until then', () => {
  const after = new AfterOutage({ afterOutage: 'complete' });
  const plays = (excessS: number) => after.note({ playing: true, stalled: false, excessS });
  times(100, () => plays(0));
  expect(after.question).toBeNull();
  // A stall of a few seconds is no question.
  times(10, () => after.note({ playing: false, stalled: true, excessS: 0 }));
  expect(after.question).toBeNull();
  times(15, () => after.note({ playing: false, stalled: true, excessS: 0 }));
  expect(after.question).toEqual({ standing: true, laterS: 0, mode: 'complete', chosen: false });
  plays(134);
  expect(after.question).toEqual({ standing: false, laterS: 130, mode: 'complete', chosen: false });
});

test('a choice holds for this outage, and the next one is the package’s again', () => {
  const after = new AfterOutage({ afterOutage: 'complete' });
  const plays = (excessS: number) => after.note({ playing: true, stalled: false, excessS });
  plays(200);
  after.choose('in_step');
  expect(after.mode).toBe('in_step');
  times(5, () => plays(0));
  expect(after.mode).toBe('in_step');
  times(10, () => plays(0));
  expect([after.mode, after.question]).toEqual(['complete', null]);
  // To stay behind is chosen for as long as the hall is behind.
  const inStep = new AfterOutage({ afterOutage: 'in_step' });
  times(30, () => inStep.note({ playing: false, stalled: true, excessS: 0 }));
  inStep.choose('complete');
  times(600, () => inStep.note({ playing: true, stalled: false, excessS: 120 }));
  expect(inStep.mode).toBe('complete');
});
