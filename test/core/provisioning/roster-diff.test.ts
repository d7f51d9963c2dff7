import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RosterPerson } from '../../../electron/contract/session-package.ts';
import { diffRoster, type KnownPerson } from '../../../electron/core/provisioning/roster-diff.ts';

const keyOf = (number: string): string => `k${number}`;

function known(id: string, name: string, more: Partial<KnownPerson> = {}): KnownPerson {
  return {
    id,
    name,
    birthYear: null,
    birthDate: null,
    sex: null,
    position: null,
    unitId: null,
    numberKey: null,
    hasSignedIn: false,
    ...more,
  };
}

test('added, changed, removed and unchanged people, each with the id they already have', () => {
  const diff = diffRoster(
    [
      known('a', 'Lê Văn An', { birthYear: 1960, unitId: 'u1' }),
      known('b', 'Lê Văn Bình', { birthYear: 1961, unitId: 'u1', position: 'Bí thư' }),
      known('c', 'Lê Văn Chi'),
    ],
    [
      { id: 'n1', name: 'Lê Văn An', birthYear: 1960, unitId: 'u1' },
      { id: 'n2', name: 'Lê Văn Bình', birthYear: 1961, unitId: 'u2' },
      { id: 'n3', name: 'Lê Văn Dũng' },
    ],
    keyOf,
  );
  expect(diff.unchanged.map((p) => [p.id, p.person.id])).toEqual([['a', 'a']]);
  expect(diff.changed.map((p) => [p.id, p.fields])).toEqual([['b', ['unitId']]]);
  expect(diff.added.map((p) => p.name)).toEqual(['Lê Văn Dũng']);
  expect(diff.removed.map((p) => p.id)).toEqual(['c']);
});

test('the citizen number finds a person whose name was corrected, and tells two of one name apart', () => {
  const diff = diffRoster(
    [
      known('a', 'Lê Văn An', { numberKey: 'k001060000001' }),
      known('b', 'Lê Văn Nam', { birthYear: 1960, numberKey: 'k001060000002' }),
    ],
    [
      { id: 'n1', name: 'Lê Văn Ân', citizenNumber: '001060000001' },
      { id: 'n2', name: 'Lê Văn Nam', birthYear: 1960, citizenNumber: '001060000003' },
    ],
    keyOf,
  );
  expect(diff.changed.map((p) => [p.id, p.fields])).toEqual([['a', ['name']]]);
  expect(diff.added.map((p) => p.id)).toEqual(['n2']);
  expect(diff.removed.map((p) => p.id)).toEqual(['b']);
});

test('somebody who signed in is kept, whatever the file says', () => {
  const diff = diffRoster([known('a', 'Lê Văn An', { hasSignedIn: true }), known('b', 'Lê Bình')], [], keyOf);
  expect(diff.kept.map((p) => p.id)).toEqual(['a']);
  expect(diff.removed.map((p) => p.id)).toEqual(['b']);
});

test('a sign that fits two people proves nothing', () => {
  const diff = diffRoster(
    [known('a', 'Lê Văn An', { birthYear: 1960 }), known('b', 'Lê Văn An', { birthYear: 1960 })],
    [{ id: 'n', name: 'Lê Văn An', birthYear: 1960 }],
    keyOf,
  );
  expect([diff.added.length, diff.removed.length]).toEqual([1, 2]);
});

test('names that differ in marks are different people; tone placement is not a difference', () => {
  const diff = diffRoster(
    [known('a', 'Lê Thị Hoà', { birthYear: 1960 }), known('b', 'Lê Thị Hoa', { birthYear: 1961 })],
    [
      { id: 'n1', name: 'Lê Thị Hòa', birthYear: 1960 },
      { id: 'n2', name: 'Lê Thị Hóa', birthYear: 1961 },
    ],
    keyOf,
  );
  expect(diff.changed.map((p) => [p.id, p.fields])).toEqual([['a', ['name']]]);
  expect(diff.added.map((p) => p.name)).toEqual(['Lê Thị Hóa']);
});

const personArb = fc.record({
  name: fc.constantFrom('Lê Văn An', 'Lê Văn Ân', 'Trần Nam', 'Võ Hoà'),
  birthYear: fc.option(fc.constantFrom(1960, 1961), { nil: undefined }),
  unitId: fc.option(fc.constantFrom('u1', 'u2'), { nil: undefined }),
  citizenNumber: fc.option(fc.constantFrom('001060000001', '001060000002', '001060000003'), { nil: undefined }),
  hasSignedIn: fc.boolean(),
});

test('property: everybody is accounted for exactly once, and nobody who signed in is removed', () => {
  fc.assert(
    fc.property(fc.array(personArb, { maxLength: 8 }), fc.array(personArb, { maxLength: 8 }), (before, after) => {
      const existing = before.map((p, i) =>
        known(`e${i}`, p.name, {
          birthYear: p.birthYear ?? null,
          unitId: p.unitId ?? null,
          numberKey: p.citizenNumber === undefined ? null : keyOf(p.citizenNumber),
          hasSignedIn: p.hasSignedIn,
        }),
      );
      const incoming = after.map((p, i): RosterPerson => {
        const person: RosterPerson = { id: `n${i}`, name: p.name };
        if (p.birthYear !== undefined) person.birthYear = p.birthYear;
        if (p.unitId !== undefined) person.unitId = p.unitId;
        if (p.citizenNumber !== undefined) person.citizenNumber = p.citizenNumber;
        return person;
      });
      const diff = diffRoster(existing, incoming, keyOf);
      const matched = [...diff.changed, ...diff.unchanged];
      expect(diff.added.length + matched.length).toBe(incoming.length);
      const old = [...matched, ...diff.removed, ...diff.kept].map((p) => p.id);
      expect(old.toSorted()).toEqual(existing.map((p) => p.id).toSorted());
      expect(diff.removed.every((p) => !p.hasSignedIn)).toBe(true);
    }),
  );
});

test('property: importing the same list again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(personArb, { maxLength: 8 }), (list) => {
      const existing = list.map((p, i) =>
        known(`e${i}`, p.name, { birthYear: p.birthYear ?? null, unitId: p.unitId ?? null }),
      );
      const again = existing.map((p): RosterPerson => {
        const person: RosterPerson = { id: p.id, name: p.name };
        if (p.birthYear !== null) person.birthYear = p.birthYear;
        if (p.unitId !== null) person.unitId = p.unitId;
        return person;
      });
      const diff = diffRoster(existing, again, keyOf);
      expect([diff.added, diff.changed, diff.removed, diff.kept]).toEqual([[], [], [], []]);
    }),
  );
});
