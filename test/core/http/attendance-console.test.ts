import { expect, test } from 'vitest';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const unlock = (world: CoreWorld) => world.console.unlock.$post({ json: { pin: '123456', role: 'technician' } });
const ids = (world: CoreWorld) => (world.document.roster ?? []).map((person) => person.id);
const totals = (world: CoreWorld) => world.core.kiosk.register().getTotals();
const end = async (world: CoreWorld) => {
  const { id, reportId } = world.core.kiosk.conductor.current!;
  await world.console['end-sitting'].$post({ json: { sittingId: id } });
  await world.core.settled();
  return { id, reportId };
};

test('the secretary signs in, and the list shows, filters and pages everybody in the order of given names', async () => {
  await withCore({ people: 130 }, async (world) => {
    await unlock(world);
    const first = await (await world.people['sign-in'].$post({ json: { personId: 'p0007' } })).json();
    expect(first).toMatchObject({ ok: true, person: { personId: 'p0007', status: 'present', method: 'secretary' } });
    const again = await (await world.people['sign-in'].$post({ json: { personId: 'p0007' } })).json();
    expect(again).toMatchObject({ ok: false, error: 'already_signed_in' });
    const nobody = await (await world.people['sign-in'].$post({ json: { personId: 'p9999' } })).json();
    expect(nobody).toEqual({ ok: false, error: 'not_on_list' });

    const list = async (json: Parameters<typeof world.people.list.$post>[0]['json']) => {
      const answer = await (await world.people.list.$post({ json })).json();
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
    const add = async (json: Parameters<typeof world.people.add.$post>[0]['json']) =>
      (await world.people.add.$post({ json })).json();
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
    await world.desk['sign-in'].$post({ json: { personId: 'p0004', method: 'search' } });
    expect(await add({ ...instead, name: 'Quàng Văn Hặc', substituteFor: 'p0004' })).toMatchObject({
      error: 'already_signed_in',
    });
    const bare = await world.people.add.$post({ json: { kind: 'substitute', name: 'Không Thay Ai' } });
    expect(bare.status).toBe(400);

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
    const found = await (await world.desk.search.$post({ json: { query: 'lo thi may' } })).json();
    expect(found).toMatchObject({ ok: true, people: [{ name: 'Lò Thị Mẩy', kind: 'walk_in' }] });
  });
});

test('sixty absences are excused in one commit with one reason; who is here is skipped and named', async () => {
  await withCore({ people: 70 }, async (world) => {
    await unlock(world);
    await world.desk['sign-in'].$post({ json: { personId: 'p0002', method: 'search' } });
    const personIds = [...ids(world).slice(0, 61), 'p0001', 'unknown'];
    const began = performance.now();
    const answer = await (await world.people.excuse.$post({ json: { personIds, reason: ' Đi  công tác ' } })).json();
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
    const list = await (await world.people.list.$post({ json: { status: 'absent_excused', limit: 1 } })).json();
    expect(list).toMatchObject({ total: 60, people: [{ reason: 'Đi công tác' }] });
    // An arrival outweighs the excuse.
    await world.desk['sign-in'].$post({ json: { personId: 'p0001', method: 'search' } });
    expect(totals(world)).toMatchObject({ absentExcused: 59, present: 2 });
    const { id } = await end(world);
    const late = await (
      await world.people.excuse.$post({ json: { sittingId: id, personIds: ['p0069'], reason: 'x' } })
    ).json();
    expect(late).toEqual({ ok: false, error: 'not_open' });
  });
});

test('undo takes back the newest entry or the whole arrival, keeps the log, and shows in the history', async () => {
  await withCore({ people: 5 }, async (world) => {
    await unlock(world);
    const before = totals(world);
    const undo = async (personId: string, what: 'last' | 'arrival' = 'last') =>
      (await world.people.undo.$post({ json: { personId, what, reason: 'Nhầm người' } })).json();
    await world.desk['sign-in'].$post({ json: { personId: 'p0001', method: 'search' } });
    await world.people.left.$post({ json: { personId: 'p0001', reason: 'Ốm' } });
    expect(totals(world)).toMatchObject({ leftEarly: 1, present: 1 });
    expect(await undo('p0001')).toMatchObject({ ok: true, undone: 1, person: { status: 'present' } });
    expect(await undo('p0001', 'arrival')).toMatchObject({ ok: true, undone: 1, person: { status: 'awaited' } });
    expect(await undo('p0001')).toEqual({ ok: false, error: 'nothing_to_undo' });
    expect(totals(world)).toEqual(before);

    // Somebody added on the spot disappears from every list, and may be added again.
    const walkIn = { kind: 'walk_in', name: 'Lò Thị Mẩy' } as const;
    const added = await (await world.people.add.$post({ json: walkIn })).json();
    if (!added.ok) throw new Error(added.error);
    expect(await undo(added.person.personId)).toMatchObject({ ok: true, undone: 2, person: null });
    expect(totals(world)).toEqual(before);
    expect(await (await world.desk.search.$post({ json: { query: 'lò thị mẩy' } })).json()).toMatchObject({
      people: [],
    });
    const scan = await (
      await world.desk['sign-in'].$post({ json: { personId: added.person.personId, method: 'list' } })
    ).json();
    expect(scan).toEqual({ ok: false, error: 'not_on_list' });
    await world.restart();
    await unlock(world);
    expect(await (await world.desk.search.$post({ json: { query: 'lò thị mẩy' } })).json()).toMatchObject({
      people: [],
    });
    expect(await (await world.people.add.$post({ json: walkIn })).json()).toMatchObject({ ok: true });

    const history = await (await world.people.history.$post({ json: { personId: 'p0001' } })).json();
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
    await world.desk['sign-in'].$post({ json: { personId: 'p0001', method: 'search' } });
    const { clock } = world.store;
    const stamp = clock.stamp.bind(clock);
    clock.stamp = () => ({ ...stamp(), monoMs: stamp().monoMs + 5 * 60_000 + 1_000 });
    const undo = async (pin?: string) =>
      (
        await world.people.undo.$post({
          json: { personId: 'p0001', reason: 'Nhầm', ...(pin === undefined ? {} : { pin }) },
        })
      ).json();
    expect(await undo()).toEqual({ ok: false, error: 'pin_needed' });
    expect(await undo('000000')).toMatchObject({ ok: false, error: 'wrong_pin' });
    expect(totals(world).present).toBe(1);
    expect(await undo('123456')).toMatchObject({ ok: true });
    expect(totals(world).present).toBe(0);
    // The PIN counts for the next five minutes.
    await world.desk['sign-in'].$post({ json: { personId: 'p0002', method: 'search' } });
    const next = await (await world.people.undo.$post({ json: { personId: 'p0002', reason: 'Nhầm' } })).json();
    expect(next).toMatchObject({ ok: true });
  });
});

test('what was written on paper is entered with its own time, and a time outside the sitting is refused', async () => {
  const now = Date.now();
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  await withCore({ people: 4, sitting: { opensAt: at(-90), startsAt: at(-60), endsAt: at(120) } }, async (world) => {
    await unlock(world);
    const signIn = async (personId: string, minutes?: number) =>
      (
        await world.people['sign-in'].$post({
          json: { personId, ...(minutes === undefined ? {} : { at: now + minutes * 60_000 }) },
        })
      ).json();
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
    expect(await (await world.people['sign-in'].$post({ json: sealed })).json()).toEqual({
      ok: false,
      error: 'not_open',
    });
    expect(await (await world.people.undo.$post({ json: { ...sealed, reason: 'x' } })).json()).toEqual({
      ok: false,
      error: 'not_open',
    });
    await world.report.amend.$post({ json: { reportId } });
    expect(world.store.sittings.getSitting(id)?.state).toBe('amended');
    expect(await (await world.people['sign-in'].$post({ json: sealed })).json()).toMatchObject({ error: 'wrong_time' });
    const at = world.store.sittings.getSitting(id)!.endedAt!;
    expect(await (await world.people['sign-in'].$post({ json: { ...sealed, at } })).json()).toMatchObject({ ok: true });
    const excused = await (
      await world.people.excuse.$post({ json: { sittingId: id, personIds: ['p0002'], reason: 'Ốm' } })
    ).json();
    expect(excused).toMatchObject({ ok: true, excused: 1 });
    const desk = await (await world.desk['sign-in'].$post({ json: { personId: 'p0003', method: 'search' } })).json();
    expect(desk).toEqual({ ok: false, error: 'closed' });
    await world.report.amend.seal.$post({ json: { reportId, reason: 'Bổ sung', author: 'Thư ký' } });
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
    await world.desk['sign-in'].$post({ json: { personId: 'p0001', method: 'search' } });
    const count = async (json: { counted: number; reason?: string }) =>
      (await world.people['head-count'].$post({ json })).json();
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
      await world.desk['sign-in'].$post({ json: { personId, method: 'search' } });
      const answered = performance.now();
      await world.until('push', () => text.includes(`"present":${i + 1},`), 3_000);
      delays.push(performance.now() - answered);
    }
    await world.people['roll-call'].open.$post({ json: { title: 'Cuối buổi' } });
    await world.until('roll call', () => text.includes('"title":"Cuối buổi"'), 3_000);
    abort.abort();
    await reading;
    expect(Math.max(...delays)).toBeLessThan(1_000);
  });
});
