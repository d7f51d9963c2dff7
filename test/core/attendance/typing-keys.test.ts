import { expect, test } from 'vitest';
import { makePracticeRoster } from '../../../electron/core/rehearsal/practice-roster.ts';
import { createDice, inventPerson } from '../../fixtures/rosters/invented-names.ts';
import { withCore } from '../../support/with-core.ts';

/** Whole rows at 1366×768; the test of the desk's layout holds that there are as many. */
const ROWS = 4;
const dice = createDice(11);
const LISTS = {
  practice: makePracticeRoster(300).roster.map(({ name }) => name),
  invented: Array.from({ length: 300 }, () => inventPerson(dice).name),
};
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/giu, 'd').toUpperCase();

test.each(Object.entries(LISTS))(
  'of 300 people on the %s list nearly all stand in the desk’s list after at most four letters of the given name',
  async (list, names) => {
    const roster = names.map((name, i) => ({ id: `p${i}`, name }));
    await withCore({ package: (document) => ({ ...document, units: [], roster }) }, async ({ core, sittingId }) => {
      const register = core.hall.register(sittingId);
      const found = roster.map(({ id, name }) => {
        const given = fold(name.split(' ').at(-1) ?? '');
        for (let keys = 2; keys <= given.length; keys++) {
          const answer = register.search(given.slice(0, keys));
          const place = answer.ok ? answer.people.findIndex(({ personId }) => personId === id) : -1;
          if (place >= 0) return { keys, pages: Math.floor(place / ROWS) };
        }
        return null;
      });
      const counted = found.flatMap((one) => (one === null ? [] : [one]));
      const keys = counted.map((one) => one.keys).toSorted((a, b) => a - b);
      const taps = counted.map((one) => one.keys + one.pages + 1).toSorted((a, b) => a - b);
      const within = keys.filter((count) => count <= 4).length;
      const at = (sorted: readonly number[], part: number): number => sorted[Math.floor(sorted.length * part)] ?? 0;
      console.log(
        `${list}: letters of the given name: median ${at(keys, 0.5)}, 90 % ${at(keys, 0.9)}; with pages and the tap on the name: median ${at(taps, 0.5)}, 90 % ${at(taps, 0.9)}; ${within} of 300 within four letters`,
      );
      expect(at(keys, 0.5)).toBeLessThanOrEqual(4);
      expect(at(keys, 0.9)).toBeLessThanOrEqual(4);
      // The others have more namesakes than a list shows: they go on with the family name.
      expect(within).toBeGreaterThanOrEqual(280);
    });
  },
);
