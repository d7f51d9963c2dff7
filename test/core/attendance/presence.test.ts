import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ARRIVAL } from '../../../electron/core/store/attendance-transaction.ts';
import { Story, type Step } from '../../support/attendance-story.ts';
import { AT_DESK } from '../../support/enter.ts';
import { createStoredHall, MINUTE } from '../../support/stored-hall.ts';

const who = fc.nat({ max: 12 });
const stepArb: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('desk' as const, 'secretary' as const), who }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom('leave' as const, 'excuse' as const, 'undo_last' as const, 'undo_arrival' as const),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('substitute' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      kind: fc.constantFrom('walk_in' as const, 'guest' as const, 'supervisor' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      who,
      other: who,
      count: fc.constantFrom('both' as const, 'kept' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo_merge' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('open_roll_call' as const, 'close_roll_calls' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel_roll_call' as const), which: fc.nat({ max: 3 }) }) },
);
const storyArb = fc.array(
  fc.record({ step: stepArb, minutes: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: -90, max: 90 })) }),
  { minLength: 20, maxLength: 60, size: 'max' },
);

test('property: after any story presence is what the log says, and the lists agree with the rules', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(storyArb, (steps) => {
      const story = new Story();
      try {
        for (const { step, minutes } of steps) {
          story.hall.clock.now += minutes * MINUTE;
          story.take(step);
        }
        story.finish();
      } finally {
        for (const outcome of story.outcomes) outcomes.add(outcome);
        story.hall.close();
      }
    }),
    { numRuns: 25, examples: [[everyKind()], [confirmedWhileMerged()]] },
  );
  // The stories reached every answer there is: a property that is never put to the question proves nothing.
  expect([...outcomes].sort()).toEqual(
    [
      'add',
      'already_cancelled',
      'already_left',
      'already_signed_in',
      'already_substituted',
      'arrived',
      'cancelled',
      'confirmed',
      'excuse',
      'leave',
      'merged',
      'merged, count',
      'merged, ignore',
      'no_such_roll_call',
      'not_mergeable',
      'not_on_list',
      'not_signed_in',
      'not_summoned',
      'nothing_to_undo',
      'returned',
      'signed_in',
      'undo',
    ].sort(),
  );
}, 120_000);

/** Confirmed as one person of two entries, of which one came; then the merge is taken back. */
function confirmedWhileMerged(): { step: Step; minutes: number }[] {
  const steps: Step[] = [
    { do: 'desk', who: 0 },
    { do: 'excuse', who: 1 },
    { do: 'merge', who: 1, other: 0, count: 'both' },
    { do: 'open_roll_call' },
    { do: 'desk', who: 1 },
    { do: 'undo_merge' },
    { do: 'desk', who: 1 },
    { do: 'undo_arrival', who: 1 },
    { do: 'desk', who: 1 },
  ];
  return steps.map((step) => ({ step, minutes: 1 }));
}

/** One story with every answer in it. */
function everyKind(): { step: Step; minutes: number }[] {
  const steps: Step[] = [
    { do: 'cancel_roll_call', which: 0 },
    { do: 'undo_last', who: 0 },
    { do: 'leave', who: 0 },
    { do: 'desk', who: 0 },
    { do: 'desk', who: 0 },
    { do: 'excuse', who: 0 },
    { do: 'excuse', who: 1 },
    { do: 'substitute', who: 1 },
    { do: 'substitute', who: 1 },
    { do: 'substitute', who: 0 },
    { do: 'excuse', who: 4 },
    { do: 'open_roll_call' },
    { do: 'secretary', who: 0 },
    { do: 'leave', who: 0 },
    { do: 'leave', who: 0 },
    { do: 'secretary', who: 0 },
    { do: 'close_roll_calls' },
    { do: 'desk', who: 4 },
    { do: 'cancel_roll_call', which: 0 },
    { do: 'cancel_roll_call', which: 0 },
    { do: 'add', kind: 'guest' },
    { do: 'undo_merge' },
    { do: 'merge', who: 0, other: 0, count: 'both' },
    { do: 'merge', who: 0, other: 5, count: 'both' },
    { do: 'merge', who: 1, other: 4, count: 'both' },
    { do: 'undo_merge' },
    { do: 'merge', who: 0, other: 1, count: 'both' },
    { do: 'merge', who: 2, other: 0, count: 'kept' },
    { do: 'merge', who: 0, other: 3, count: 'kept' },
    { do: 'undo_arrival', who: 0 },
  ];
  return steps.map((step) => ({ step, minutes: 1 }));
}

test('a rule that lets a second arrival through meets the unique key: it throws and nothing is written', () => {
  const hall = createStoredHall(2);
  hall.step(hall.morning, 'open');
  const arrive = (personId: string) =>
    hall.store.attendance.transact(hall.morning, [], AT_DESK, () => ({
      ok: true as const,
      freesKeysOf: [],
      events: [
        { type: 'left' as const, personId, rollCallId: null, targetSeq: null, body: {}, setsKey: null },
        { type: 'arrived' as const, personId, rollCallId: null, targetSeq: null, body: {}, setsKey: ARRIVAL },
      ],
    }));
  arrive('p0001');
  expect(() => arrive('p0001')).toThrow(/UNIQUE/u);
  expect(hall.store.attendance.verifyChain()).toMatchObject({ ok: true, events: 2 });
  arrive('p0002');
  expect(hall.store.attendance.verifyChain()).toMatchObject({ ok: true, events: 4 });
  hall.close();
});
