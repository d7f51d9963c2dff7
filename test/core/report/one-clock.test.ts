import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { inOneClock } from '../../../electron/core/report/one-clock.ts';
import { sampleFacts, SITTING_START } from '../../support/sample-report.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const base = sampleFacts({ people: 6 });

/** A report of a PC whose clock said so when the centre was seen, and was set in between. */
function reportOf(
  life: Partial<(typeof base)['life']>,
  call: { openedAt: number; closedAt: number | null },
  change: Partial<typeof base> = {},
) {
  const rollCalls = [{ id: 'r1', title: 'Đầu giờ', ...call, confirmed: 0, cancelled: null }];
  return buildReport({ ...base, ...change, rollCalls, life: { ...base.life, ...life } });
}

const centreOffset = (ms: number, at: number, hosts = 2) => ({ ms, at, hosts });

test('moments of sitting and roll calls are put into the time of the arrivals; the report as it is sealed does not change', () => {
  const wrong = SITTING_START + DAY;
  const report = reportOf({ centreOffset: centreOffset(-DAY, wrong) }, { openedAt: wrong, closedAt: wrong + MINUTE });
  const before = structuredClone(report);
  const shown = inOneClock(report);
  expect(report).toEqual(before);
  expect(shown.people).toBe(report.people);
  expect(Date.parse(shown.rollCalls[0]!.openedAt)).toBe(SITTING_START);
  expect(Date.parse(shown.rollCalls[0]!.closedAt!)).toBe(SITTING_START + MINUTE);
  expect(Date.parse(shown.sitting.endedAt)).toBe(Date.parse(report.sitting.endedAt) - DAY);
  // The timetable is the package's own.
  expect(shown.sitting.startsAt).toBe(report.sitting.startsAt);
  expect(shown.log).toBe(report.log);
});

test('one host alone, an offset of a minute, and a clock of which nothing is known leave all as it is', () => {
  const call = { openedAt: SITTING_START, closedAt: null };
  for (const offset of [null, centreOffset(-DAY, SITTING_START, 1), centreOffset(MINUTE, SITTING_START)]) {
    const report = reportOf({ centreOffset: offset }, call);
    expect(inOneClock(report)).toEqual(report);
  }
});

test('before a clock was set right its moments were off, and afterwards they were not', () => {
  const setAt = SITTING_START + 30 * MINUTE;
  const jumps = [{ at: setAt, byMs: -DAY }];
  const life = { centreOffset: centreOffset(0, setAt + MINUTE), jumps };
  const early = SITTING_START + DAY + 5 * MINUTE;
  const late = setAt + 20 * MINUTE;
  const shown = inOneClock(reportOf(life, { openedAt: early, closedAt: late }));
  expect(Date.parse(shown.rollCalls[0]!.openedAt)).toBe(early - DAY);
  expect(Date.parse(shown.rollCalls[0]!.closedAt!)).toBe(late);
});

test('a clock that was set wrong after the centre was seen last is put right from there on', () => {
  const setAt = SITTING_START + DAY + 30 * MINUTE;
  const life = { centreOffset: centreOffset(0, SITTING_START), jumps: [{ at: setAt, byMs: DAY }] };
  const shown = inOneClock(reportOf(life, { openedAt: SITTING_START + 5 * MINUTE, closedAt: setAt + MINUTE }));
  expect(Date.parse(shown.rollCalls[0]!.openedAt)).toBe(SITTING_START + 5 * MINUTE);
  expect(Date.parse(shown.rollCalls[0]!.closedAt!)).toBe(setAt + MINUTE - DAY);
});
