import { expect, test } from 'vitest';
import { leadS, type AlignmentFacts } from '../../../renderer/stage/player/alignment.ts';

const plain: AlignmentFacts = {
  programmeMs: { active: null, next: null },
  places: { active: { sn: 100, intoS: 1 }, next: { sn: 102, intoS: 0 } },
  prints: { active: new Map(), next: new Map() },
  delayS: { active: 40, next: 37 },
  segmentS: 2,
};

test('two pictures are compared by date, else by segments that both have, else by numbers that agree with the edge', () => {
  expect(leadS({ ...plain, programmeMs: { active: 5_000, next: 9_000 } })).toBe(4);
  expect(leadS(plain)).toBe(3);
  // The other source counts from somewhere else: the same segments have other numbers.
  const shifted = {
    ...plain,
    places: { active: { sn: 100, intoS: 1 }, next: { sn: 67, intoS: 0 } },
    prints: {
      active: new Map([
        [100, 'a'],
        [101, 'b'],
        [102, 'c'],
      ]),
      next: new Map([
        [66, 'b'],
        [67, 'c'],
        [68, 'd'],
      ]),
    },
  };
  expect(leadS(shifted)).toBe(3);
  // Neither dates nor common segments, and numbers that cannot mean the same.
  expect(leadS({ ...shifted, prints: plain.prints })).toBeNull();
  expect(leadS({ ...plain, places: { active: null, next: null } })).toBeNull();
});
