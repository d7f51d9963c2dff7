import { expect, test } from 'vitest';
import { arrange, frontAfterDisplays, frontAfterKey, sameLayout } from '../../electron/shells/layout.ts';
import { OPERATOR, PROJECTOR } from '../support/shells.ts';

test('two displays: desk and console on the primary one, the stage on the other, in whatever order they are listed', () => {
  for (const displays of [
    [OPERATOR, PROJECTOR],
    [PROJECTOR, OPERATOR],
  ])
    expect(arrange(displays, false)).toEqual({ stage: PROJECTOR, operator: OPERATOR, shared: false });
});

test('a swap turns the two displays round and changes nothing on a single one', () => {
  expect(arrange([OPERATOR, PROJECTOR], true)).toEqual({ stage: OPERATOR, operator: PROJECTOR, shared: false });
  expect(arrange([OPERATOR], true)).toEqual({ stage: OPERATOR, operator: OPERATOR, shared: true });
});

test('a projector that mirrors the desktop counts as the same display', () => {
  const mirror = { ...PROJECTOR, left: 0, top: 0 };
  expect(arrange([OPERATOR, mirror], false)?.shared).toBe(true);
});

test('of several other displays the leftmost carries the stage; without a primary one the leftmost is the operator’s', () => {
  const left = { ...PROJECTOR, id: 'c', left: -1920 };
  expect(arrange([PROJECTOR, left, OPERATOR], false)?.stage.id).toBe('c');
  const none = [{ ...OPERATOR, primary: false }, PROJECTOR];
  expect(arrange(none, false)).toMatchObject({ operator: { id: 'a' }, stage: { id: 'b' } });
});

test('without a display there is no layout', () => {
  expect(arrange([], false)).toBe(null);
  expect(sameLayout(arrange([], false), null)).toBe(true);
});

test('F8 changes between desk and stage on one display and only leads to the desk on two, F9 opens the console and leaves it', () => {
  expect(frontAfterKey('desk', 'F8', true)).toBe('stage');
  expect(frontAfterKey('stage', 'F8', true)).toBe('desk');
  expect(frontAfterKey('console', 'F8', true)).toBe('desk');
  expect(frontAfterKey('desk', 'F8', false)).toBe('desk');
  expect(frontAfterKey('stage', 'F9', true)).toBe('console');
  expect(frontAfterKey('console', 'F9', false)).toBe('desk');
});

test('the display that is left keeps a stage that plays, and the operator gets back what was in front when both are there', () => {
  const two = arrange([OPERATOR, PROJECTOR], false)!;
  const one = arrange([OPERATOR], false)!;
  for (const front of ['desk', 'console', 'stage'] as const)
    expect(frontAfterDisplays(front, two, one, { stagePlays: true, covered: null })).toBe('stage');
  expect(frontAfterDisplays('stage', one, two, { stagePlays: true, covered: 'console' })).toBe('console');
  expect(frontAfterDisplays('desk', one, two, { stagePlays: true, covered: 'console' })).toBe('desk');
  // One display that changes its size is no display that went away.
  expect(frontAfterDisplays('desk', one, { ...one }, { stagePlays: true, covered: null })).toBe('desk');
});

test('a projector that goes away leaves desk or console in front of a stage that does not play', () => {
  const two = arrange([OPERATOR, PROJECTOR], false)!;
  const one = arrange([OPERATOR], false)!;
  expect(frontAfterDisplays('desk', two, one)).toBe('desk');
  expect(frontAfterDisplays('console', two, one)).toBe('console');
  expect(frontAfterDisplays('stage', one, two)).toBe('desk');
  expect(frontAfterDisplays('stage', one, one)).toBe('stage');
});
