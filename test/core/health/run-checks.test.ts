import { expect, test } from 'vitest';
import type { AnyCheck } from '../../../electron/core/health/check.ts';
import { runChecks } from '../../../electron/core/health/run-checks.ts';
import { createCheckBed } from '../../support/check-bed.ts';
import { createTestMachine } from '../../support/check-bed.ts';
import { withCore } from '../../support/with-core.ts';

test('a check that throws and one that never ends are not done, which is red; the others are', async () => {
  const bed = createCheckBed();
  const checks: AnyCheck[] = [
    { id: 'disk', run: () => ({ word: 'good' }) },
    {
      id: 'power',
      run: () => {
        throw new Error('planted');
      },
    },
    { id: 'names', limitMs: 50, run: () => new Promise(() => undefined) },
  ];
  const faults: string[] = [];
  const seen: string[] = [];
  const outcomes = await runChecks({
    checks,
    context: bed.context,
    signal: new AbortController().signal,
    onOutcome: ({ check }) => seen.push(check),
    onFault: (check) => faults.push(check),
  });
  await bed.stop();
  expect(outcomes.map(({ check, state, word }) => `${check} ${state} ${word}`)).toEqual([
    'disk green good',
    'power red not_done',
    'names red not_done',
  ]);
  expect(faults.toSorted()).toEqual(['names', 'power']);
  expect(seen).toHaveLength(3);
});

test('all checks around a real core, by the API: progress, one word, and what a person answers', async () => {
  const machine = createTestMachine();
  await withCore({ machine }, async (world) => {
    const { ask, core } = world;
    await ask('console/unlock', { pin: '123456', role: 'technician' });
    expect(await ask('console/checks/run', {})).toEqual({ ok: true });
    expect(await ask('console/checks/run', {})).toEqual({ ok: false, error: 'busy' });
    const view = async () => {
      const answer = await ask('console/checks/view', {});
      if (!answer.ok) throw new Error(answer.error);
      return answer.checks;
    };
    expect((await view()).running).not.toBeNull();
    await world.until('the run ends', async () => (await view()).running === null, 60_000);
    const done = await view();
    expect(done.outcomes.length).toBeGreaterThanOrEqual(16);
    expect(done.outcomes.filter(({ word }) => word === 'not_done')).toEqual([]);
    const wordOf = async (id: string) => (await view()).outcomes.find(({ check }) => check === id)?.word;
    expect([await wordOf('province'), await wordOf('pins'), await wordOf('roster')]).toEqual([
      'open',
      'no_chair',
      'good',
    ]);
    expect(await wordOf('sound')).toBe('not_asked');
    await ask('console/checks/answer', { check: 'sound', heard: true });
    await ask('console/checks/answer', { check: 'scanner', result: 'none_here' });
    expect([await wordOf('sound'), await wordOf('scanner')]).toEqual(['heard', 'none_here']);
    await ask('console/people/scanner-test', { raw: 'khong doc duoc' });
    await world.until('the scan is judged', async () => (await wordOf('scanner')) === 'unreadable');
    expect(core.health.summary.verdict).toBe('not_ready');
  });
  machine.remove();
});

test('a locked console neither runs them nor sees them', async () => {
  await withCore({}, async ({ ask }) => {
    expect(await ask('console/checks/run', {})).toEqual({ ok: false, error: 'locked' });
    expect(await ask('console/checks/view', {})).toEqual({ ok: false, error: 'locked' });
  });
});
