import { expect, test } from 'vitest';
import { withCore } from '../../support/with-core.ts';

test('a delegation is one commit: those here already are skipped and named, and all is taken back at once', async () => {
  await withCore({ people: 12 }, async (world) => {
    const { sittingId } = world;
    await world.ask('console/unlock', { pin: '123456', role: 'chair' });
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.ask('desk/sign-in', { sittingId, personId: 'p0001', method: 'list' });
    const totals = () => world.core.hall.register(world.sittingId).getTotals();
    const personIds = ['p0001', 'p0002', 'p0003', 'p0003', 'nobody'];
    const answer = await world.ask('console/people/sign-in-many', { sittingId, personIds });
    expect(answer).toEqual({
      ok: true,
      signedIn: ['p0002', 'p0003'],
      skipped: [
        { personId: 'p0001', error: 'already_signed_in' },
        { personId: 'nobody', error: 'not_on_list' },
      ],
    });
    expect(totals()).toMatchObject({ present: 3 });
    const undone = await world.ask('console/people/undo-many', {
      sittingId,
      personIds: ['p0002', 'p0003', 'p0004'],
      what: 'last',
      reason: 'Bấm nhầm',
    });
    expect(undone).toEqual({ ok: true, undone: 2, skipped: [{ personId: 'p0004', error: 'nothing_to_undo' }] });
    expect(totals()).toMatchObject({ present: 1 });
    // The keys are free again.
    expect(await world.ask('console/people/sign-in-many', { sittingId, personIds: ['p0002'] })).toMatchObject({
      signedIn: ['p0002'],
    });
    expect(
      await world.ask('console/people/sign-in-many', { sittingId, personIds: ['p0005'], at: Date.now() + 3_600_000 }),
    ).toMatchObject({ ok: false, error: 'wrong_time' });
    await world.ask('console/end-sitting', { sittingId });
    expect(await world.ask('console/people/sign-in-many', { sittingId, personIds: ['p0005'] })).toEqual({
      ok: false,
      error: 'not_open',
    });
  });
});

test('what is typed in from paper is marked in log, list and report, with the time written there', async () => {
  await withCore({ people: 6 }, async (world) => {
    const { sittingId } = world;
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const list = await world.ask('console/people/paper-list', { sittingId });
    if (!list.ok) throw new Error(list.error);
    expect(list.people.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    const { personId } = list.people[2]!;
    const at = world.store.sittings.getSitting(sittingId)!.opensAt + 1_000;
    const answer = await world.ask('console/people/sign-in', { sittingId, personId, at, fromPaper: true });
    expect(answer).toMatchObject({ ok: true, person: { method: 'paper', signedInAt: at } });
    expect(world.store.attendance.listEvents(sittingId)).toMatchObject([
      { type: 'arrived', method: 'paper', body: { at }, broadcastMs: null },
    ]);
    const report = world.core.reports.draft(world.store.sittings.getSitting(sittingId)!);
    expect(report.people.find((person) => person.personId === personId)).toMatchObject({ method: 'paper' });
  });
});
