import { expect, test } from 'vitest';
import { withCore } from '../../support/with-core.ts';

/** The clock of a PC whose battery is empty is behind; the secretary types the time of the paper sheet. */
const HOUR = 3_600_000;

test('with a clock that hosts call wrong, a typed time is compared with the time that the console shows', async () => {
  const now = () => Date.now() - 5 * HOUR;
  const clock = { now, stamp: () => ({ wallMs: now(), monoMs: Math.round(performance.now()), bootId: 'this' }) };
  await withCore({ people: 4, clock }, async (world) => {
    const { ask, core, document, sittingId } = world;
    const [first, second, third] = document.roster!;
    await ask('console/unlock', { pin: '123456', role: 'technician' });
    await ask('console/open-sitting', { sittingId });
    core.hall.noteTime('one.example', Date.now());
    core.hall.noteTime('other.example', Date.now());
    const at = Date.now() - 60_000;
    const signIn = (personId: string, when: number) =>
      ask('console/people/sign-in', { sittingId, personId, at: when, fromPaper: true });
    expect(await signIn(first!.id, at)).toMatchObject({ ok: true, person: { signedInAt: at } });
    expect(await signIn(second!.id, Date.now() + HOUR)).toMatchObject({ ok: false, error: 'wrong_time' });
    const many = await ask('console/people/sign-in-many', { sittingId, personIds: [second!.id, third!.id], at });
    expect(many).toMatchObject({ ok: true, signedIn: [second!.id, third!.id] });
    // Left after the arrival, in the same time; and in an amendment, before the end as it was.
    const left = { sittingId, personId: first!.id, at: Date.now() - 1_000 };
    expect(await ask('console/people/left', left)).toMatchObject({ ok: true });
    await ask('console/end-sitting', { sittingId });
    await world.until('sealed', () => ['sealed', 'delivered'].includes(core.hall.find(sittingId)?.state ?? ''));
    await ask('console/report/amend', { sittingId });
    expect(await signIn(document.roster![3]!.id, at)).toMatchObject({ ok: true });
  });
});
