import { expect, test, vi } from 'vitest';
import { withCore } from '../../support/with-core.ts';

/** Checks made red in a running core by what makes them red in a hall; nothing that they look at is replaced. */

vi.setConfig({ testTimeout: 90_000 });

test('no PIN, no tone heard, and a scanner that gives rubbish are red in a real core', async () => {
  await withCore({ package: (document) => ({ ...document, access: {} }) }, async ({ core, ask }) => {
    await core.health.run('by_hand');
    const wordOf = (id: string) => {
      const found = core.health.view.outcomes.find(({ check }) => check === id);
      return `${found?.state} ${found?.word}`;
    };
    expect(wordOf('pins')).toBe('red missing');
    // The first visitor sets a PIN: that check is then another one.
    expect(await ask('console/set-pin', { role: 'technician', pin: '135790' })).toMatchObject({ ok: true });
    await ask('console/checks/answer', { check: 'sound', heard: false });
    await ask('console/people/scanner-test', { raw: '\u0001\u0002#' });
    expect(wordOf('sound')).toBe('red not_heard');
    await vi.waitFor(() => expect(wordOf('scanner')).toBe('red unreadable'));
    await core.health.run('by_hand');
    expect(wordOf('pins')).toBe('yellow no_chair');
    expect(core.health.summary).toMatchObject({ verdict: 'not_ready' });
    // What the overview shows of it.
    expect(core.health.summary.red).toBeGreaterThanOrEqual(2);
  });
});

test('a package whose sittings are over is red in a real core', async () => {
  const past = new Date(Date.now() - 3 * 86_400_000);
  const at = (hours: number) => new Date(past.getTime() + hours * 3_600_000).toISOString();
  await withCore({ sitting: { opensAt: at(0), startsAt: at(1), endsAt: at(2) } }, async ({ core }) => {
    await core.health.run('by_hand');
    expect(core.health.view.outcomes.find(({ check }) => check === 'package')).toMatchObject({ word: 'over' });
  });
});
