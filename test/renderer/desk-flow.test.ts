import { expect, test } from 'vitest';
import { TAKE_BACK_MS } from '../../electron/contract/limits.ts';
import type { DeskAction, Outcome, Step } from '../../renderer/desk/flow.ts';
import { CONFIRMATION_MS, countLetters, nextStep, outcomeName, SAME_CARD_MS, START } from '../../renderer/desk/flow.ts';
import { OUTCOME_SOUNDS } from '../../renderer/desk/sounds.ts';
import { createPerson } from '../support/fake-core-answers.ts';

const person = createPerson('p1', 'Nguyễn Văn Đức');
const walk = (actions: DeskAction[], from: Step = START): Step => actions.reduce(nextStep, from);

test('letters, a space and erasures make a query, which never begins with a space', () => {
  const step = walk([
    { type: 'letter', letter: ' ' },
    { type: 'letter', letter: 'D' },
    { type: 'letter', letter: 'U' },
    { type: 'letter', letter: ' ' },
    { type: 'letter', letter: 'X' },
    { type: 'erase' },
  ]);
  expect(step).toEqual({ step: 'search', query: 'DU ' });
});

test('spaces are not letters, and a letter with its mark is one letter in either normal form', () => {
  expect(countLetters(' a ')).toBe(1);
  expect(countLetters('Đứ')).toBe(2);
  expect(countLetters('Đứ'.normalize('NFD'))).toBe(2);
});

test('a letter over a confirmation starts the next person’s search', () => {
  const confirmed = walk([
    { type: 'picked', person },
    { type: 'answered', outcome: { ok: false, error: 'not_on_list' }, by: 'tap', at: 0 },
  ]);
  expect(nextStep(confirmed, { type: 'letter', letter: 'h' })).toEqual({ step: 'search', query: 'h' });
});

test('while a sign-in is being recorded only its answer moves the screen', () => {
  const recording = nextStep(START, { type: 'picked', person });
  const others: DeskAction[] = [
    { type: 'letter', letter: 'a' },
    { type: 'typed', query: 'abc' },
    { type: 'erase' },
    { type: 'clear' },
    { type: 'started_over' },
    { type: 'asked_help' },
    { type: 'asked_privacy' },
    { type: 'picked', person: createPerson('p2', 'Trần Thị Thử') },
  ];
  for (const action of others) expect(nextStep(recording, action)).toBe(recording);
  const answered = nextStep(recording, {
    type: 'answered',
    outcome: { ok: false, error: 'unreachable' },
    by: 'tap',
    at: 5,
  });
  expect(answered).toEqual({
    step: 'outcome',
    outcome: { ok: false, error: 'unreachable' },
    by: 'tap',
    at: 5,
    otherCodes: 0,
  });
});

test('only an ok answer is called signed in', () => {
  expect(outcomeName({ ok: true, outcome: 'signed_in', person, at: 1, late: false, lateMinutes: 0, ordinal: 1 })).toBe(
    'signed_in',
  );
  expect(outcomeName({ ok: false, error: 'unreachable' })).toBe('unreachable');
});

test('every outcome has a sound of its own', () => {
  const sounds = Object.values(OUTCOME_SOUNDS).map((notes) => JSON.stringify(notes));
  expect(sounds).toHaveLength(10);
  expect(new Set(sounds).size).toBe(sounds.length);
});

const signedIn = { ok: true, outcome: 'signed_in', person, at: 1, late: false, lateMinutes: 0, ordinal: 1 } as const;
const scanned = (outcome: Outcome, at: number): DeskAction[] => [
  { type: 'scanned' },
  { type: 'answered', outcome, by: 'scan', at },
];

test('a second code on the same card leaves the success on screen and is counted; the next person’s answer replaces it', () => {
  const green = walk(scanned(signedIn, 1_000));
  for (const outcome of [
    { ok: false, error: 'unreadable' },
    { ok: false, error: 'not_on_list' },
  ] as const) {
    expect(walk(scanned(outcome, 1_700), green)).toEqual({ ...green, otherCodes: 1 });
    expect(walk(scanned(outcome, 1_000 + SAME_CARD_MS), green)).toMatchObject({ outcome, otherCodes: 0 });
  }
  // While it is looked up the success stays as well.
  expect(nextStep(green, { type: 'scanned' })).toMatchObject({ step: 'recording', over: green });
  const again = { ok: false, error: 'already_signed_in', person, firstAt: 1 } as const;
  expect(walk(scanned(again, 3_900), green)).toEqual({ ...green, otherCodes: 1 });
  const other = { ...again, person: createPerson('p2', 'Trần Thị Thử') };
  expect(walk(scanned(other, 1_300), green)).toMatchObject({ outcome: other });
  const next = { ...signedIn, person: createPerson('p2', 'Trần Thị Thử') };
  expect(walk(scanned(next, 1_300), green)).toMatchObject({ outcome: next });
  // An error is no success: a better reading takes its place.
  const grey = walk(scanned({ ok: false, error: 'unreadable' }, 1_000));
  expect(walk(scanned(signedIn, 1_400), grey)).toMatchObject({ outcome: signedIn });
});

test('a sign-in that is taken back, or not, is said; then the search is there again', () => {
  const asked = walk([
    { type: 'picked', person },
    { type: 'answered', outcome: signedIn, by: 'tap', at: 0 },
    { type: 'picked', person },
  ]);
  const done = nextStep(asked, { type: 'taken_back', name: person.name, fault: null });
  expect(done).toEqual({ step: 'taken_back', name: person.name, fault: null });
  expect(nextStep(done, { type: 'clear' })).toEqual(START);
});

test('what was tapped stays longer than what was scanned, and no longer than it can be taken back', () => {
  expect(CONFIRMATION_MS.scan).toBeLessThan(CONFIRMATION_MS.tap);
  expect(CONFIRMATION_MS.tap).toBeLessThan(TAKE_BACK_MS);
});

test('"the secretary is called" is said once the core has heard it, and only while that is on screen', () => {
  const asked = nextStep(START, { type: 'asked_help' });
  expect(asked).toEqual({ step: 'help', heard: false });
  expect(nextStep(asked, { type: 'help_heard' })).toEqual({ step: 'help', heard: true });
  expect(nextStep(START, { type: 'help_heard' })).toBe(START);
});
