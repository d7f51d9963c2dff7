import { expect, test } from 'vitest';
import { SessionReport } from '../../../electron/contract/report.ts';
import { createTestMachine } from '../../support/check-bed.ts';
import { withCore } from '../../support/with-core.ts';

const MINUTE = 60_000;

test('a run comes by itself before the start, is kept over a restart, and stands in the report without anything measured', async () => {
  const machine = createTestMachine();
  const start = Date.now();
  const sitting = {
    opensAt: new Date(start - 60 * MINUTE).toISOString(),
    startsAt: new Date(start + 10 * MINUTE).toISOString(),
    endsAt: new Date(start + 60 * MINUTE).toISOString(),
  };
  await withCore({ machine, sitting }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    world.core.health.look();
    await world.until('a run of its own', () => world.store.checks.list('hn-2026-thu').length > 0, 60_000);
    const [run] = world.store.checks.list('hn-2026-thu');
    expect(run).toMatchObject({ occasion: 'quarter_before', sittingId: world.sittingId });
    // It was done for this mark.
    await world.until('it ends', () => !world.core.health.isRunning);
    world.core.health.look();
    expect(world.core.health.isRunning).toBe(false);

    const again = await world.restart();
    expect(again.core.health.summary.verdict).toBe(world.core.health.summary.verdict);
    expect(again.core.health.view.runs).toHaveLength(1);

    await again.ask('console/unlock', { pin: '123456', role: 'technician' });
    await again.ask('console/checks/answer', { check: 'sound', heard: true });
    const report = SessionReport.parse(again.core.reports.draft(again.core.hall.sitting!));
    const lines = report.checks.filter(({ check }) => check === 'sound').map(({ state, code }) => `${state} ${code}`);
    expect(lines).toEqual(['yellow not_asked', 'green heard']);
    expect(report.checks.length).toBeGreaterThanOrEqual(32);
    expect(Object.keys(report.checks[0]!).toSorted()).toEqual(['at', 'check', 'code', 'state']);
  });
  machine.remove();
});

test('runs made while the clock was ahead are made again once it is right; a start at ten minutes before runs at once', async () => {
  const machine = createTestMachine();
  const began = Date.now();
  let stepMs = 0;
  const clock = {
    now: () => Date.now() + stepMs,
    stamp: () => ({ wallMs: Date.now() + stepMs, monoMs: Math.round(performance.now()), bootId: 'boot' }),
  };
  const sitting = {
    opensAt: new Date(began + 100 * MINUTE).toISOString(),
    startsAt: new Date(began + 120 * MINUTE).toISOString(),
    endsAt: new Date(began + 240 * MINUTE).toISOString(),
  };
  await withCore({ machine, sitting, clock }, async (world) => {
    const made = () => world.store.checks.list('hn-2026-thu').map(({ occasion }) => occasion);
    const look = async (minutes: number) => {
      stepMs = minutes * MINUTE;
      world.core.health.look();
      await world.until('it ends', () => !world.core.health.isRunning, 60_000);
      return made().toReversed();
    };
    expect(await look(0)).toEqual([]);
    // Two hours ahead of itself: ten minutes before the start, and nothing was done for it.
    expect(await look(110)).toEqual(['quarter_before']);
    // The clock is put right: the hour and the quarter are still to come.
    expect(await look(1)).toEqual(['quarter_before']);
    expect(world.core.health.view.nextAt).toBeLessThanOrEqual(began + 60 * MINUTE);
    expect(await look(61)).toHaveLength(2);
    expect(made().toSorted()).toEqual(['hour_before', 'quarter_before']);
    expect(await look(106)).toHaveLength(3);
    expect(made().filter((occasion) => occasion === 'quarter_before')).toHaveLength(2);
    expect(await look(111)).toHaveLength(3);
    // What a clock that is ahead finds is not the newest for ever: neither on the page, nor on paper, nor after a restart.
    stepMs = 600 * MINUTE;
    await world.core.health.run('by_hand');
    stepMs = 112 * MINUTE;
    const { id } = await world.core.health.run('by_hand');
    expect(world.core.health.view.runs[0]?.id).toBe(id);
    expect(world.store.checks.list('hn-2026-thu', 1)[0]?.id).toBe(id);
    const again = await world.restart();
    expect(again.core.health.newest?.id).toBe(id);
  });
  machine.remove();
});

test('the newest hundred runs of a session are kept', async () => {
  await withCore({}, async ({ core, store }) => {
    const run = await core.health.run('by_hand');
    expect(store.checks.list(run.packageId)).toHaveLength(1);
    store.checks.record({ ...run, id: 'x', startedAt: run.startedAt + 1 });
    expect(store.checks.list(run.packageId).map(({ id }) => id)).toEqual(['x', run.id]);
    expect(store.checks.list(run.packageId, 1)).toHaveLength(1);
    // A hundred are kept.
    for (let i = 2; i < 130; i += 1) store.checks.record({ ...run, id: `r${i}`, startedAt: run.startedAt + i });
    expect(store.checks.list(run.packageId, 1_000)).toHaveLength(100);
  });
});
