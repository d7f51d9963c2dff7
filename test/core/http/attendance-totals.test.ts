import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Totals } from '../../../electron/contract/attendance.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

/** One thing somebody does at the desk or on the console; `who` picks among everybody there is at that moment. */
type Step =
  | { do: 'desk' | 'secretary' | 'left' | 'undo_last' | 'undo_arrival'; who: number }
  | { do: 'excuse'; who: number; more: number }
  | { do: 'add'; kind: 'walk_in' | 'guest' | 'supervisor'; unit: boolean }
  | { do: 'substitute'; who: number }
  | { do: 'open_roll_call' | 'close_roll_call' | 'restart' };

const who = fc.nat({ max: 40 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('desk' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('secretary' as const, 'left' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('undo_last' as const, 'undo_arrival' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('excuse' as const), who, more: fc.nat({ max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      kind: fc.constantFrom('walk_in' as const, 'guest' as const, 'supervisor' as const),
      unit: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('substitute' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('open_roll_call' as const, 'close_roll_call' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });

async function take(world: CoreWorld, todo: Step, nth: number): Promise<void> {
  const everybody = [...world.core.hall.register(world.sittingId).listPeople().keys()];
  const pick = (n: number) => everybody[n % everybody.length]!;
  switch (todo.do) {
    case 'desk':
      await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: pick(todo.who), method: 'search' });
      return;
    case 'secretary':
      await world.ask('console/people/sign-in', { sittingId: world.sittingId, personId: pick(todo.who) });
      return;
    case 'left':
      await world.ask('console/people/left', { sittingId: world.sittingId, personId: pick(todo.who) });
      return;
    case 'undo_last':
    case 'undo_arrival': {
      const what = todo.do === 'undo_last' ? 'last' : 'arrival';
      await world.ask('console/people/undo', {
        sittingId: world.sittingId,
        personId: pick(todo.who),
        what,
        reason: 'thử',
      });
      return;
    }
    case 'excuse': {
      const personIds = Array.from({ length: todo.more + 1 }, (_, i) => pick(todo.who + i));
      await world.ask('console/people/excuse', { sittingId: world.sittingId, personIds, reason: 'thử' });
      return;
    }
    case 'add': {
      const name = `Người Thêm ${nth}`;
      await world.ask('console/people/add', {
        sittingId: world.sittingId,
        kind: todo.kind,
        name,
        notDuplicate: true,
        ...(todo.unit ? { unitId: 'cb1' } : {}),
      });
      return;
    }
    case 'substitute': {
      const name = `Người Thay ${nth}`;
      await world.ask('console/people/add', {
        sittingId: world.sittingId,
        kind: 'substitute',
        name,
        substituteFor: pick(todo.who),
        notDuplicate: true,
      });
      return;
    }
    case 'open_roll_call':
      await world.ask('console/people/roll-call/open', { sittingId: world.sittingId, title: `Lượt ${nth}` });
      return;
    case 'close_roll_call':
      await world.ask('console/people/roll-call/close', { sittingId: world.sittingId });
      return;
    case 'restart':
      await world.restart();
      await unlock(world);
  }
}

function addUp(
  rows: readonly Record<string, number | string | null>[],
  keys: readonly string[],
): Record<string, number> {
  return Object.fromEntries(keys.map((key) => [key, rows.reduce((n, row) => n + Number(row[key]), 0)]));
}

const sittingOf = (minutes: number) => {
  const at = (m: number) => new Date(Date.now() + m * 60_000).toISOString();
  return { opensAt: at(-minutes - 60), startsAt: at(-minutes), endsAt: at(200) };
};

test('the board, the list and the sealed report say the same after any sequence of commands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.constantFrom(0, 120),
      async (steps, startedMinutesAgo) => {
        await withCore({ people: 12, sitting: sittingOf(startedMinutesAgo) }, async (world) => {
          await unlock(world);
          for (const [nth, todo] of steps.entries()) {
            await take(world, todo, nth);
            // What memory holds is what the log says.
            if (nth % 8 === 7) {
              const live = world.core.hall.register(world.sittingId).getTotals();
              world.core.hall.listChanged(null);
              expect(world.core.hall.register(world.sittingId).getTotals()).toEqual(live);
            }
          }
          const { id, reportId } = world.core.hall.sitting!;
          await world.ask('console/end-sitting', { sittingId: id });
          await world.core.settled();
          const board: Totals = world.core.hall.register(world.sittingId).getTotals();
          const report = world.store.reports.getReport(reportId, 1)!;
          const { awaited, ...counted } = board;
          expect(awaited).toBe(0);
          expect(report.totals).toEqual(counted);
          const statuses = [...world.core.hall.register(world.sittingId).listStatuses().values()];
          expect(statuses.filter((s) => s.status === 'substituted')).toHaveLength(board.substituted);
          expect(statuses.filter((s) => s.arrivedAt !== null && s.status !== 'left_early')).toHaveLength(board.inHall);
          const keys = Object.keys(report.totals);
          expect(addUp(report.units, keys)).toEqual(report.totals);
          // Counting the list by hand gives the totals.
          const summoned = report.people.filter((person) => person.kind === 'summoned');
          const of = (status: string) => summoned.filter((person) => person.status === status).length;
          expect({
            summoned: summoned.length,
            onTime: of('present'),
            late: of('late'),
            leftEarly: of('left_early'),
            absentExcused: of('absent_excused'),
            absentUnexcused: of('absent_unexcused'),
            substituted: of('substituted'),
            came: report.people.filter((person) => person.arrivedAt !== null).length,
          }).toEqual({
            summoned: report.totals.summoned,
            onTime: report.totals.onTime,
            late: report.totals.late,
            leftEarly: report.totals.leftEarly,
            absentExcused: report.totals.absentExcused,
            absentUnexcused: report.totals.absentUnexcused,
            substituted: report.totals.substituted,
            came: report.totals.came,
          });
          expect(world.store.attendance.verifyChain()).toMatchObject({ ok: true });
        });
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);
