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
