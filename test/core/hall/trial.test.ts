import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Trial } from '../../../electron/core/hall/trial.ts';
import { Signal } from '../../../electron/shared/signal.ts';
import type { SittingRecord } from '../../../electron/contract/sitting.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function begin() {
  const went: string[] = [];
  let now = 1_000_000;
  const stepped = new Signal<SittingRecord>();
  const trial = new Trial(
    { now: () => now, stepped },
    { until: 1_060_000, goBack: () => void went.push('back'), openSession: () => void went.push('session') },
  );
  trial.start();
  return {
    went,
    trial,
    step: (state: SittingRecord['state']) => stepped.emit({ state } as SittingRecord),
    pass: (ms: number) => {
      now += ms;
      vi.advanceTimersByTime(Math.max(0, ms));
    },
    /** Time goes on while the clock is set to another time. */
    passWithout: (ms: number, stepMs: number) => {
      now += stepMs;
      vi.advanceTimersByTime(ms);
    },
  };
}

test('its time is over: the session itself is opened, once', () => {
  const { went, pass, trial } = begin();
  pass(59_000);
  expect(went).toEqual([]);
  pass(3_000);
  pass(60_000);
  trial.end();
  expect(went).toEqual(['session']);
});

test('a person or the end of its sitting leads back to where it was begun; opening does not', () => {
  for (const end of ['by hand', 'ended', 'sealed'] as const) {
    const { went, step, trial, pass } = begin();
    step('open');
    step('live');
    expect(went).toEqual([]);
    if (end === 'by hand') trial.end();
    else step(end);
    pass(120_000);
    expect([end, went]).toEqual([end, ['back']]);
  }
});

test('after it was stopped nothing comes any more', () => {
  const { went, trial, pass, step } = begin();
  trial.stop();
  pass(120_000);
  step('ended');
  expect(went).toEqual([]);
});

test('a clock that is set back makes a trial no longer, one that is set forward ends it', () => {
  const back = begin();
  back.passWithout(59_000, -3 * 3_600_000);
  expect(back.went).toEqual([]);
  back.passWithout(3_000, 0);
  expect(back.went).toEqual(['session']);
  const forward = begin();
  forward.passWithout(3_000, 3_600_000);
  expect(forward.went).toEqual(['session']);
});
