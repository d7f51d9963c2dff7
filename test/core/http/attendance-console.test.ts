import { expect, test } from 'vitest';
import type { InputOf } from '../../../electron/contract/endpoints.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });
const ids = (world: CoreWorld) => (world.document.roster ?? []).map((person) => person.id);
const totals = (world: CoreWorld) => world.core.hall.register(world.sittingId).getTotals();
const end = async (world: CoreWorld) => {
  const { id, reportId } = world.core.hall.sitting!;
  await world.ask('console/end-sitting', { sittingId: id });
  await world.core.settled();
  return { id, reportId };
};

test('the secretary signs in, and the list shows, filters and pages everybody in the order of given names', async () => {
  await withCore({ people: 130 }, async (world) => {
    await unlock(world);
    const first = await world.ask('console/people/sign-in', { sittingId: world.sittingId, personId: 'p0007' });
    expect(first).toMatchObject({ ok: true, person: { personId: 'p0007', status: 'present', method: 'secretary' } });
    const again = await world.ask('console/people/sign-in', { sittingId: world.sittingId, personId: 'p0007' });
    expect(again).toMatchObject({ ok: false, error: 'already_signed_in' });
    const nobody = await world.ask('console/people/sign-in', { sittingId: world.sittingId, personId: 'p9999' });
    expect(nobody).toEqual({ ok: false, error: 'not_on_list' });

    const list = async (json: Omit<InputOf<'console/people/list'>, 'sittingId'>) => {
      const answer = await world.ask('console/people/list', { sittingId: world.sittingId, ...json });
      if (!answer.ok) throw new Error(answer.error);
      return answer;
    };
    const pages = [await list({ limit: 100 }), await list({ offset: 100, limit: 100 })];
    const all = pages.flatMap((page) => page.people);
    expect(pages[0]!.total).toBe(130);
    expect(new Set(all.map((person) => person.personId)).size).toBe(130);
    const given = all.map((person) => person.name.split(' ').at(-1)!);
    expect([...given].sort(new Intl.Collator('vi').compare)).toEqual(given);
    expect(await list({ status: 'here' })).toMatchObject({ total: 1, people: [{ personId: 'p0007' }] });
    expect((await list({ status: 'missing' })).total).toBe(129);
    const { unitId } = all[0]!;
    const inUnit = await list({ unitId, limit: 200 });
    expect(inUnit.total).toBe(all.filter((person) => person.unitId === unitId).length);
    const byName = await list({ query: all[5]!.name });
    expect(byName.people.map((person) => person.personId)).toContain(all[5]!.personId);
  });
});

test('walk-ins, guests, substitutes and supervisors are counted apart, and a likely duplicate is asked about first', async () => {
  await withCore({ people: 10 }, async (world) => {
    await unlock(world);
    const add = async (json: Omit<InputOf<'console/people/add'>, 'sittingId'>) =>
      world.ask('console/people/add', { sittingId: world.sittingId, ...json });
    const walkIn = { kind: 'walk_in', name: 'Lò  Thị Mẩy', birthDate: '1961-03-04' } as const;
    expect(await add(walkIn)).toMatchObject({ ok: true, person: { name: 'Lò Thị Mẩy', kind: 'walk_in' } });
    const twice = await add({ ...walkIn, name: 'LO THI MAY' });
    expect(twice).toMatchObject({ ok: false, error: 'duplicates', people: [{ name: 'Lò Thị Mẩy' }] });
    expect(await add({ kind: 'guest', name: 'Sầm Văn Pá', birthDate: '1961-03-04' })).toMatchObject({
      error: 'duplicates',
    });
    expect(
      await add({
        kind: 'guest',
        name: 'Sầm Văn Pá',
        birthDate: '1961-03-04',
        notDuplicate: true,
        unitName: 'Sở Y tế',
      }),
    ).toMatchObject({ ok: true, person: { kind: 'guest', unit: 'Sở Y tế' } });
    expect(await add({ kind: 'supervisor', name: 'Ma Khắc Hằng', position: 'Tỉnh ủy viên' })).toMatchObject({
      ok: true,
    });
    const other = await add({ kind: 'walk_in', name: 'Bế Thị Khuê', unitId: 'no-such' });
    expect(other).toEqual({ ok: false, error: 'no_such_unit' });

    const instead = { kind: 'substitute', name: 'Quàng Văn Xôm', substituteFor: 'p0003' } as const;
    expect(await add(instead)).toMatchObject({ ok: true, person: { substituteForName: expect.any(String) as string } });
    expect(await add({ ...instead, name: 'Quàng Văn Hặc' })).toMatchObject({
      error: 'already_substituted',
      by: { name: 'Quàng Văn Xôm' },
    });
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0004', method: 'search' });
    expect(await add({ ...instead, name: 'Quàng Văn Hặc', substituteFor: 'p0004' })).toMatchObject({
      error: 'already_signed_in',
    });
    const bare = await world.ask('console/people/add', {
      sittingId: world.sittingId,
      kind: 'substitute',
      name: 'Không Thay Ai',
    });
    expect(bare).toEqual({ ok: false, error: 'invalid_input', field: 'substituteFor' });

    expect(totals(world)).toMatchObject({
      summoned: 10,
      present: 1,
      walkIns: 1,
      guests: 1,
      substitutes: 1,
      supervisors: 1,
      inHall: 5,
    });
    // The desk finds them from now on, also after a restart.
    await world.restart();
    const found = await world.ask('desk/search', { sittingId: world.sittingId, query: 'lo thi may' });
    expect(found).toMatchObject({ ok: true, people: [{ name: 'Lò Thị Mẩy', kind: 'walk_in' }] });
  });
});

test('sixty absences are excused in one commit with one reason; who is here is skipped and named', async () => {
  await withCore({ people: 70 }, async (world) => {
    await unlock(world);
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0002', method: 'search' });
    const personIds = [...ids(world).slice(0, 61), 'p0001', 'unknown'];
    const began = performance.now();
    const answer = await world.ask('console/people/excuse', {
      sittingId: world.sittingId,
      personIds,
      reason: ' Đi  công tác ',
    });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(answer).toEqual({
      ok: true,
      excused: 60,
      skipped: [
        { personId: 'p0002', error: 'signed_in' },
        { personId: 'unknown', error: 'not_on_list' },
      ],
    });
    expect(totals(world)).toMatchObject({ absentExcused: 60, awaited: 9, present: 1 });
    const list = await world.ask('console/people/list', {
      sittingId: world.sittingId,
      status: 'absent_excused',
      limit: 1,
    });
    expect(list).toMatchObject({ total: 60, people: [{ reason: 'Đi công tác' }] });
    // An arrival outweighs the excuse.
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0001', method: 'search' });
    expect(totals(world)).toMatchObject({ absentExcused: 59, present: 2 });
    const { id } = await end(world);
    const late = await world.ask('console/people/excuse', { sittingId: id, personIds: ['p0069'], reason: 'x' });
    expect(late).toEqual({ ok: false, error: 'not_open' });
  });
});

test('undo takes back the newest entry or the whole arrival, keeps the log, and shows in the history', async () => {
  await withCore({ people: 5 }, async (world) => {
    await unlock(world);
    const before = totals(world);
    const undo = async (personId: string, what: 'last' | 'arrival' = 'last') =>
      world.ask('console/people/undo', { sittingId: world.sittingId, personId, what, reason: 'Nhầm người' });
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0001', method: 'search' });
    await world.ask('console/people/left', { sittingId: world.sittingId, personId: 'p0001', reason: 'Ốm' });
    expect(totals(world)).toMatchObject({ leftEarly: 1, present: 1 });
    expect(await undo('p0001')).toMatchObject({ ok: true, undone: 1, person: { status: 'present' } });
    expect(await undo('p0001', 'arrival')).toMatchObject({ ok: true, undone: 1, person: { status: 'awaited' } });
    expect(await undo('p0001')).toEqual({ ok: false, error: 'nothing_to_undo' });
    expect(totals(world)).toEqual(before);

    // Somebody added on the spot disappears from every list, and may be added again.
    const walkIn = { kind: 'walk_in', name: 'Lò Thị Mẩy' } as const;
    const added = await world.ask('console/people/add', { sittingId: world.sittingId, ...walkIn });
    if (!added.ok) throw new Error(added.error);
    expect(await undo(added.person.personId)).toMatchObject({ ok: true, undone: 2, person: null });
    expect(totals(world)).toEqual(before);
    expect(await world.ask('desk/search', { sittingId: world.sittingId, query: 'lò thị mẩy' })).toMatchObject({
      people: [],
    });
    const scan = await world.ask('desk/sign-in', {
      sittingId: world.sittingId,
      personId: added.person.personId,
      method: 'list',
    });
    expect(scan).toEqual({ ok: false, error: 'not_on_list' });
    await world.restart();
    await unlock(world);
    expect(await world.ask('desk/search', { sittingId: world.sittingId, query: 'lò thị mẩy' })).toMatchObject({
      people: [],
    });
    expect(await world.ask('console/people/add', { sittingId: world.sittingId, ...walkIn })).toMatchObject({
      ok: true,
    });

    const history = await world.ask('console/people/history', { sittingId: world.sittingId, personId: 'p0001' });
    if (!history.ok) throw new Error(history.error);
    expect(history.entries.map((e) => [e.type, e.actor, e.reason, e.undoneBy !== null, e.undoes])).toEqual([
      ['arrived', 'attendee', null, true, null],
      ['left', 'technician', 'Ốm', true, null],
      ['voided', 'technician', 'Nhầm người', false, 2],
      ['voided', 'technician', 'Nhầm người', false, 1],
    ]);
    expect(world.store.attendance.verifyChain()).toMatchObject({ ok: true });
  });
});

test('an undo asks for the PIN again when the console was opened more than five minutes ago', async () => {
  await withCore({ people: 2 }, async (world) => {
    await unlock(world);
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0001', method: 'search' });
    const { clock } = world.store;
    const stamp = clock.stamp.bind(clock);
    // In use all the time, or it would have locked itself.
    for (const aheadMs of [4 * 60_000, 5 * 60_000 + 1_000]) {
      clock.stamp = () => ({ ...stamp(), monoMs: stamp().monoMs + aheadMs });
      expect(await world.ask('console/stay-open', {})).toEqual({ ok: true });
    }
    const undo = async (pin?: string) =>
      world.ask('console/people/undo', {
        sittingId: world.sittingId,
        personId: 'p0001',
        reason: 'Nhầm',
        ...(pin === undefined ? {} : { pin }),
      });
    expect(await undo()).toEqual({ ok: false, error: 'pin_needed' });
    expect(await undo('000000')).toMatchObject({ ok: false, error: 'wrong_pin' });
    expect(totals(world).present).toBe(1);
    expect(await undo('123456')).toMatchObject({ ok: true });
    expect(totals(world).present).toBe(0);
    // The PIN counts for the next five minutes.
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0002', method: 'search' });
    const next = await world.ask('console/people/undo', {
      sittingId: world.sittingId,
      personId: 'p0002',
      reason: 'Nhầm',
    });
    expect(next).toMatchObject({ ok: true });
  });
});

test('what was written on paper is entered with its own time, and a time outside the sitting is refused', async () => {
  const now = Date.now();
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  await withCore({ people: 4, sitting: { opensAt: at(-90), startsAt: at(-60), endsAt: at(120) } }, async (world) => {
    await unlock(world);
    const signIn = async (personId: string, minutes?: number) =>
      world.ask('console/people/sign-in', {
        sittingId: world.sittingId,
        personId,
        ...(minutes === undefined ? {} : { at: now + minutes * 60_000 }),
      });
    expect(await signIn('p0001')).toMatchObject({ ok: true, person: { status: 'late', lateMinutes: 60 } });
    expect(await signIn('p0002', -70)).toMatchObject({
      ok: true,
      person: { status: 'present', lateMinutes: 0, signedInAt: now - 70 * 60_000 },
    });
    expect(await signIn('p0003', -91)).toMatchObject({ ok: false, error: 'wrong_time' });
    expect(await signIn('p0003', 5)).toMatchObject({ ok: false, error: 'wrong_time' });
    expect(await signIn('p0002')).toMatchObject({ error: 'already_signed_in', firstAt: now - 70 * 60_000 });
  });
});

test('a sealed report is amended: entries of the secretary are taken with their time, the desk stays closed', async () => {
  await withCore({ people: 6 }, async (world) => {
    await unlock(world);
    const { id, reportId } = await end(world);
    const sealed = { sittingId: id, personId: 'p0001' };
    expect(await world.ask('console/people/sign-in', sealed)).toEqual({
      ok: false,
      error: 'not_open',
    });
    expect(await world.ask('console/people/undo', { ...sealed, reason: 'x' })).toEqual({
      ok: false,
      error: 'not_open',
    });
    await world.ask('console/report/amend', { sittingId: world.sittingId });
    expect(world.store.sittings.getSitting(id)?.state).toBe('amended');
    expect(await world.ask('console/people/sign-in', sealed)).toMatchObject({
      error: 'wrong_time',
    });
    const at = world.store.sittings.getSitting(id)!.endedAt!;
    expect(await world.ask('console/people/sign-in', { ...sealed, at })).toMatchObject({ ok: true });
    const excused = await world.ask('console/people/excuse', { sittingId: id, personIds: ['p0002'], reason: 'Ốm' });
    expect(excused).toMatchObject({ ok: true, excused: 1 });
    const desk = await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0003', method: 'search' });
    expect(desk).toEqual({ ok: false, error: 'closed' });
    await world.ask('console/report/amend/seal', { sittingId: world.sittingId, reason: 'Bổ sung', author: 'Thư ký' });
    expect(world.store.reports.getReport(reportId, 2)?.totals).toMatchObject({
      present: 1,
      absentExcused: 1,
      absentUnexcused: 4,
    });
  });
});

test('a head-count that differs from the list needs a reason, and the sealed report carries it', async () => {
  await withCore({ people: 3 }, async (world) => {
    await unlock(world);
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0001', method: 'search' });
    const count = async (json: { counted: number; reason?: string }) =>
      world.ask('console/people/head-count', { sittingId: world.sittingId, ...json });
    expect(await count({ counted: 1 })).toMatchObject({ ok: true, headCount: { counted: 1, reason: null } });
    expect(await count({ counted: 3 })).toEqual({ ok: false, error: 'reason_needed', inHall: 1 });
    expect(await count({ counted: 3, reason: 'Hai phục vụ hội trường' })).toMatchObject({ ok: true });
    const { reportId } = await end(world);
    expect(world.store.reports.getReport(reportId, 1)?.headCount).toEqual({
      counted: 3,
      reason: 'Hai phục vụ hội trường',
      by: 'technician',
    });
    expect(await count({ counted: 2 })).toEqual({ ok: false, error: 'not_open' });
  });
});

test('the open console is told of a sign-in within a second, with roll calls and totals', async () => {
  await withCore({ people: 40 }, async (world) => {
    await unlock(world);
    const abort = new AbortController();
    const response = await fetch(`${world.origin}/console/api/events`, {
      headers: { authorization: `Bearer ${world.tokens.console}` },
      signal: abort.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const part of response.body!) text += Buffer.from(part).toString('utf8');
    })().catch(() => undefined);
    const delays: number[] = [];
    for (const [i, personId] of ids(world).slice(0, 15).entries()) {
      await world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'search' });
      const answered = performance.now();
      await world.until('push', () => text.includes(`"present":${i + 1},`), 3_000);
      delays.push(performance.now() - answered);
    }
    await world.ask('console/people/roll-call/open', { sittingId: world.sittingId, title: 'Cuối buổi' });
    await world.until('roll call', () => text.includes('"title":"Cuối buổi"'), 3_000);
    abort.abort();
    await reading;
    expect(Math.max(...delays)).toBeLessThan(1_000);
  });
});
