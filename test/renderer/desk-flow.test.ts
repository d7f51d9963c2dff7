import { expect, test } from 'vitest';
import type { DeskAction, Step } from '../../renderer/desk/flow.ts';
import { countLetters, nextStep, outcomeName, START } from '../../renderer/desk/flow.ts';
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
    { type: 'answered', outcome: { ok: false, error: 'not_on_list' } },
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
  const answered = nextStep(recording, { type: 'answered', outcome: { ok: false, error: 'unreachable' } });
  expect(answered).toEqual({ step: 'outcome', outcome: { ok: false, error: 'unreachable' } });
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
