import { during, type Row, type RowFacts } from './row.ts';

const NONE = { stallS: 0, skippedS: 0 };
const lineOut = (seconds: number) => during(seconds, () => ({ kind: 'silence' }));

/** Rows 140-142: delays that go through the cache on disk. The origin keeps more than the outage is long. */
export function buildCacheRows(): Row[] {
  return [
    {
      row: 140,
      name: 'ten minutes behind through the disk: the line is out for 5 min',
      faultS: 300,
      // After it the delay is longer than what was on disk at the beginning: all of that is watched.
      afterS: 120,
      cacheDelayS: 600,
      stream: { windowS: 700, ageS: 900, fault: lineOut(300) },
      bar: NONE,
      check: fetchedOnce,
    },
    {
      row: 141,
      name: 'five minutes behind through the disk: the core is killed, 3 s; the line is out meanwhile, 60 s',
      faultS: 60,
      afterS: 120,
      cacheDelayS: 300,
      stream: { windowS: 360, ageS: 900, fault: lineOut(60) },
      act: ({ restartRelay }) => restartRelay(3),
      bar: NONE,
      check: fetchedOnce,
    },
    {
      row: 142,
      name: 'two minutes behind through the disk: the line is out for 70 s (the same in short)',
      faultS: 70,
      cacheDelayS: 120,
      stream: { windowS: 240, ageS: 900, fault: lineOut(70) },
      bar: NONE,
      check: fetchedOnce,
    },
  ];
}

/** Over the line each segment comes once, but for what was under way when the line or the core went: at most 1.05 times. */
function fetchedOnce({ origin }: RowFacts): string[] {
  const got = origin.log.filter((line) => line.kind === 'segment' && line.outcome === 'ok').map((line) => line.content);
  const times = got.length / new Set(got).size;
  return got.length > 20 && times <= 1.05 ? [] : [`${got.length} segments came, ${times.toFixed(3)} times each`];
}
