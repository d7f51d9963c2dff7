import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeStage, NOT_SILENT, stageOpened } from '../../electron/core/stage-watch.ts';
import type { StageSilence } from '../../electron/core/stage-watch.ts';

const LOOK = 2_000;

/** Looks every two seconds; answers when a restart was asked for, in seconds. */
function watch(seconds: number, see: (second: number) => { shouldPlay: boolean; heard: boolean }, from = NOT_SILENT) {
  let state: StageSilence = from;
  const asked: number[] = [];
  for (let now = 0; now <= seconds * 1000; now += LOOK) {
    const next = judgeStage(state, { now, ...see(now / 1000) });
    state = next.state;
    if (next.restart) asked.push(now / 1000);
  }
  return { asked, state };
}

const silent = { shouldPlay: true, heard: false };
const heard = { shouldPlay: true, heard: true };

test('a stage that is silent while a sitting runs is asked for once after 30 s, and then ever more seldom', () => {
  expect(watch(29, () => silent).asked).toEqual([]);
  expect(watch(900, () => silent).asked).toEqual([30, 60, 120, 240, 540, 840]);
});

test('a stage that is heard, or has nothing to play, is left alone', () => {
  expect(watch(3_600, () => heard).asked).toEqual([]);
  expect(watch(3_600, () => ({ shouldPlay: false, heard: false })).asked).toEqual([]);
  // Silent for less than 30 s, again and again.
  expect(watch(3_600, (s) => (s % 30 < 24 ? silent : heard)).asked).toEqual([]);
});

test('one that comes back for a moment only goes on waiting longer, one that stays heard begins from the start', () => {
  const moment = watch(300, (s) => (s >= 40 && s < 50 ? heard : silent));
  expect(moment.asked).toEqual([30, 80, 140, 260]);
  const well = watch(300, (s) => (s >= 40 && s < 110 ? heard : silent));
  expect(well.asked).toEqual([30, 140, 170, 230]);
});

test('a PC that slept counts no silence, and a page that was just opened gets its time', () => {
  let state = judgeStage(NOT_SILENT, { now: 0, ...silent }).state;
  let next = judgeStage(state, { now: 3_600_000, ...silent });
  expect(next.restart).toBe(false);
  state = next.state;
  next = judgeStage(state, { now: 3_602_000, ...silent });
  expect(next.restart).toBe(false);
  const opened = stageOpened(watch(28, () => silent).state);
  expect(watch(28, () => silent, opened).asked).toEqual([]);
});

test('whatever is seen, two requests are 30 s apart at least, and only of a silent stage that should play', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ shouldPlay: fc.boolean(), heard: fc.boolean() }), { maxLength: 200 }), (looks) => {
      const { asked } = watch((looks.length - 1) * 2, (s) => looks[s / 2] ?? silent);
      for (const [i, at] of asked.entries()) {
        expect(looks[at / 2]).toEqual(silent);
        if (i > 0) expect(at - asked[i - 1]!).toBeGreaterThanOrEqual(30);
      }
    }),
  );
});
