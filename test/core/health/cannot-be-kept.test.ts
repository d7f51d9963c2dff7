import { expect, test } from 'vitest';
import { withCore } from '../../support/with-core.ts';

/** A disk that cannot be read or written for a moment: the checks say so, and the core lives. */
const fails = (): never => {
  throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
};

test('a look at what is due, and a run, come to an end when the records cannot be read', async () => {
  await withCore({ people: 1 }, async ({ core, store, log }) => {
    const list = store.checks.list.bind(store.checks);
    store.checks.list = fails;
    expect(() => core.health.look()).not.toThrow();
    store.checks.list = list;
    const getSetting = store.settings.getSetting.bind(store.settings);
    store.settings.getSetting = fails;
    const run = await core.health.run('by_hand');
    store.settings.getSetting = getSetting;
    expect(run.outcomes.length).toBeGreaterThan(5);
    expect(run.outcomes.every(({ state, word }) => state === 'red' && word === 'not_done')).toBe(true);
    expect(log.filter(({ event }) => event === 'check_failed').length).toBeGreaterThanOrEqual(2);
  });
});

test('a test scan that cannot be kept is answered, and named in the log', async () => {
  await withCore({ people: 1 }, async (world) => {
    const { ask, store, log } = world;
    await ask('console/unlock', { pin: '123456', role: 'technician' });
    const setSetting = store.settings.setSetting.bind(store.settings);
    store.settings.setSetting = fails;
    expect(await ask('console/people/scanner-test', { raw: 'khong-phai-the' })).toMatchObject({ ok: true });
    await world.until('the log', () => log.some(({ event }) => event === 'request_failed'));
    store.settings.setSetting = setSetting;
  });
});
