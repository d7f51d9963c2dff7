import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Clock } from '../../../electron/contract/clock.ts';
import type { SignInAnswer } from '../../../electron/contract/api.ts';
import { readView } from '../../support/read-view.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const scan = async (world: CoreWorld, raw: string) =>
  (await world.ask('desk/scan', { sittingId: world.sittingId, raw })) as SignInAnswer;
const people = (world: CoreWorld) => world.document.roster ?? [];
const card = (number: string, name = 'Ten In Tren The', birth = '01021990') =>
  `${number}||${name}|${birth}|Nam|Thôn A, Xã B, Tỉnh D|10052021`;
const inTwoUnits = (document: CoreWorld['document']): CoreWorld['document'] => ({
  ...document,
  roster: (document.roster ?? []).map((person, i) => ({ ...person, unitId: document.units[i < 30 ? 0 : 1]!.id })),
});
const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });

test('a citizen card, a party card, a badge and a bare number each sign in their own person', async () => {
  const withParty = {
    package: (document: CoreWorld['document']) => ({
      ...document,
      roster: (document.roster ?? []).map((p, i) => (i === 1 ? { ...p, partyNumber: '088000000001' } : p)),
    }),
  };
  await withCore({ people: 6, ...withParty }, async (world) => {
    const [a, b, c, d, e] = people(world);
    expect(await scan(world, card(a!.citizenNumber!))).toMatchObject({
      ok: true,
      outcome: 'signed_in',
      person: { personId: a!.id, name: a!.name },
    });
    const party = '088000000001|TEN IN TREN THE|01021960|03021985|03021986|Đảng ủy phường X|19052025';
    expect(await scan(world, party)).toMatchObject({ ok: true, person: { personId: b!.id } });
    expect(await scan(world, `BP1|PX-001|${c!.badge}`)).toMatchObject({ ok: true, person: { personId: c!.id } });
    expect(await scan(world, d!.citizenNumber!)).toMatchObject({ ok: true, person: { personId: d!.id } });
    // Eleven fields, and the name destroyed on its way: the number still tells who it is.
    expect(await scan(world, `${card(e!.citizenNumber!, 'Tr022501870141')}||||`)).toMatchObject({
      ok: true,
      person: { personId: e!.id, name: e!.name },
      ordinal: 5,
    });
    expect(world.store.attendance.listEvents(world.core.hall.sitting!.id).map((x) => x.method)).toEqual([
      'citizen_card',
      'party_card',
      'badge',
      'number',
      'citizen_card',
    ]);
  });
});

test('the five outcomes of a scan: signed in, already with the first time, not listed, wrong venue, unreadable', async () => {
  await withCore({ people: 3 }, async (world) => {
    const number = people(world)[0]!.citizenNumber!;
    const first = await scan(world, card(number));
    if (!first.ok) throw new Error(first.error);
    expect(await scan(world, card(number))).toMatchObject({ ok: false, error: 'already_signed_in', firstAt: first.at });
    expect(await scan(world, card('099099999999'))).toEqual({ ok: false, error: 'not_on_list' });
    expect(await scan(world, 'BP1|PX-777|CTH00001')).toEqual({
      ok: false,
      error: 'wrong_venue',
      venueHint: 'PX-777',
    });
    expect(await scan(world, 'https://example.vn/abc')).toEqual({ ok: false, error: 'unreadable' });
    expect(world.store.attendance.getLogHead().events).toBe(1);
  });
});

test('a party card stands for a citizen number only when the year of birth agrees', async () => {
  await withCore({ people: 2 }, async (world) => {
    const [a, b] = people(world);
    const party = (number: string, year: number) =>
      `${number}|TEN IN TREN THE|0102${year}|03021985|03021986|Đảng ủy phường X|19052025`;
    expect(await scan(world, party(a!.citizenNumber!, a!.birthYear! + 1))).toMatchObject({ error: 'not_on_list' });
    expect(await scan(world, party(b!.citizenNumber!, b!.birthYear!))).toMatchObject({
      ok: true,
      person: { personId: b!.id },
    });
  });
});

test('before the opening and after the end every scan says so', async () => {
  const opensAt = new Date(Date.now() + 3_600_000).toISOString();
  const later = {
    opensAt,
    startsAt: new Date(Date.now() + 7_200_000).toISOString(),
    endsAt: new Date(Date.now() + 9_200_000).toISOString(),
  };
  await withCore({ people: 2, sitting: later }, async (world) => {
    const raw = card(people(world)[0]!.citizenNumber!);
    const soon = { ok: false, error: 'not_open', opensAt: Date.parse(opensAt) };
    expect(await scan(world, raw)).toEqual(soon);
    expect(await scan(world, 'nonsense')).toEqual(soon);
    await unlock(world);
    const { id } = world.core.hall.sitting!;
    await world.ask('console/open-sitting', { sittingId: id });
    expect(await scan(world, raw)).toMatchObject({ ok: true });
    await world.ask('console/end-sitting', { sittingId: id });
    expect(await scan(world, card(people(world)[1]!.citizenNumber!))).toEqual({ ok: false, error: 'closed' });
  });
});

test('nothing of a card is stored or logged: no number, no name, no address', async () => {
  await withCore({ people: 3 }, async (world) => {
    const listed = people(world)[0]!.citizenNumber!;
    const raws = [
      card(listed, 'Phùng Khắc Lạ Lẫm'),
      card('099077123456', 'Đoàn Không Có Tên'),
      '099077123456',
      '099077123456|broken',
    ];
    for (const raw of raws) await scan(world, raw);
    await unlock(world);
    for (const raw of raws) {
      const told = JSON.stringify(await world.ask('console/people/scanner-test', { raw }));
      expect(told).not.toMatch(/\d{5}|Phùng|Đoàn|Thôn/u);
    }
    const files = readdirSync(world.dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    const contents = [
      ...files.map((f) => readFileSync(path.join(f.parentPath, f.name))),
      Buffer.from(JSON.stringify(world.log)),
    ];
    expect(contents.length).toBeGreaterThan(2);
    for (const secret of [listed, '099077123456', 'Phùng Khắc', 'Đoàn Không', 'Thôn A', '10052021'])
      for (const content of contents)
        expect({ secret, found: content.includes(Buffer.from(secret)) }).toEqual({ secret, found: false });
  });
});

test('the scanner test names kind and damage, and shows the last four digits only', async () => {
  await withCore({ people: 1 }, async (world) => {
    const look = async (raw: string) => world.ask('console/people/scanner-test', { raw });
    expect(await look(card('099077123456'))).toEqual({ ok: false, error: 'locked' });
    await unlock(world);
    const events = world.store.attendance.getLogHead().events;
    expect(await look(card('099077123456', 'Trần Thị Ướm'))).toMatchObject({ kind: 'citizen_card', tail: '3456' });
    expect(await look(card('099077123456', 'TrÆ°Æ¡ng VÄƒn An'))).toMatchObject({
      kind: 'citizen_card',
      corruption: 'mojibake',
    });
    expect(await look('BP1|PX-777|ABCD')).toMatchObject({ kind: 'badge', isThisVenue: false, tail: null });
    expect(await look('https://example.vn')).toMatchObject({ kind: 'unknown', looksLike: 'link' });
    expect(world.store.attendance.getLogHead().events).toBe(events);
  });
});

test('unit, first letter where it is large, person: everybody is reached without typing, and signs in from the list', async () => {
  await withCore({ people: 61, package: inTwoUnits }, async (world) => {
    const browse = async (json: { unitId?: string | null; initial?: string }) =>
      world.ask('desk/browse', { sittingId: world.sittingId, ...json });
    const reached = new Set<string>();
    const steps: string[] = [];
    const top = await browse({});
    if (!top.ok || top.step !== 'units') throw new Error('no units');
    expect(top.units.reduce((n, u) => n + u.people, 0)).toBe(61);
    for (const { unitId } of top.units) {
      const letters = await browse({ unitId });
      steps.push(letters.ok ? letters.step : letters.error);
      if (letters.ok && letters.step === 'people') for (const person of letters.people) reached.add(person.personId);
      if (!letters.ok || letters.step !== 'initials') continue;
      for (const { letter, people: count } of letters.initials) {
        const last = await browse({ unitId, initial: letter });
        if (!last.ok || last.step !== 'people') throw new Error('no people');
        expect(last.people).toHaveLength(count);
        for (const person of last.people) reached.add(person.personId);
      }
    }
    expect(reached.size).toBe(61);
    // Thirty people are shown at once, thirty-one are not.
    expect(steps.toSorted()).toEqual(['initials', 'people']);
    const [id] = reached;
    const answer = await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: id!, method: 'list' });
    expect(answer).toMatchObject({ ok: true, outcome: 'signed_in' });
  });
});

test('a sign-in is taken back by the desk that made it last, within ten seconds, and again without harm', async () => {
  const moment = { wallMs: Date.now(), monoMs: 5_000, bootId: 'b' };
  const clock: Clock = { now: () => moment.wallMs, stamp: () => ({ ...moment }) };
  const pass = (ms: number): void => {
    moment.wallMs += ms;
    moment.monoMs += ms;
  };
  await withCore({ people: 4, clock }, async (world) => {
    const { sittingId } = world;
    const [a, b] = people(world).map((person) => person.id) as [string, string];
    const signIn = (personId: string) => world.ask('desk/sign-in', { sittingId, personId, method: 'search' });
    const takeBack = (personId: string) => world.ask('desk/take-back', { sittingId, personId });
    const came = () => world.core.hall.register(sittingId).getTotals().came;
    expect(await takeBack(a)).toEqual({ ok: false, error: 'nothing_to_take_back' });
    await signIn(a);
    pass(9_900);
    // A clock that is set is no time that passed.
    moment.wallMs += 3_600_000;
    expect(await takeBack(a)).toMatchObject({ ok: true, person: { personId: a, signedInAt: null } });
    expect(await takeBack(a)).toMatchObject({ ok: true });
    expect(came()).toBe(0);
    // The log keeps both, with who did it.
    expect(world.store.attendance.listEvents(sittingId).map((e) => [e.type, e.actor])).toEqual([
      ['arrived', 'attendee'],
      ['voided', 'attendee'],
    ]);
    moment.wallMs -= 3_600_000;
    expect(await signIn(a)).toMatchObject({ ok: true, outcome: 'signed_in', ordinal: 1 });
    // Of somebody who signed in before the last one, or an hour ago, it is not this desk's to take back.
    await signIn(b);
    expect(await takeBack(a)).toEqual({ ok: false, error: 'nothing_to_take_back' });
    pass(10_100);
    expect(await takeBack(b)).toEqual({ ok: false, error: 'too_late' });
    expect(came()).toBe(2);
    expect(await world.ask('desk/take-back', { sittingId: 'gone', personId: b })).toMatchObject({
      error: 'other_sitting',
    });
  });
});

test('what the console entered is not taken back at the desk', async () => {
  await withCore({ people: 2 }, async (world) => {
    const { sittingId } = world;
    const [a] = people(world).map((person) => person.id) as [string];
    await world.ask('desk/sign-in', { sittingId, personId: a, method: 'list' });
    await unlock(world);
    await world.ask('console/people/left', { sittingId, personId: a });
    expect(await world.ask('desk/take-back', { sittingId, personId: a })).toEqual({
      ok: false,
      error: 'nothing_to_take_back',
    });
  });
});

test('the call for the secretary stands on the desk until somebody came', async () => {
  await withCore({ people: 1 }, async (world) => {
    const answer = await world.ask('desk/ask-help', {});
    expect(await readView(world, 'desk')).toMatchObject({ helpAskedAt: answer.ok ? answer.at : 'no' });
    await world.ask('desk/help-done', {});
    expect(await readView(world, 'desk')).toMatchObject({ helpAskedAt: null });
  });
});

test('the public desk cannot act as the secretary, nor reach what the secretary may do', async () => {
  await withCore({ people: 1 }, async (world) => {
    const headers = { authorization: `Bearer ${world.tokens.desk}`, 'content-type': 'application/json' };
    const asSecretary = await fetch(`${world.origin}/desk/api/sign-in`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ sittingId: world.sittingId, personId: 'p0001', method: 'secretary' }),
    });
    expect(asSecretary.status).toBe(400);
    const list = await fetch(`${world.origin}/console/api/people/list`, { method: 'POST', headers, body: '{}' });
    expect(list.status).toBe(401);
    const locked = await world.ask('console/people/list', { sittingId: world.sittingId });
    expect(locked).toEqual({ ok: false, error: 'locked' });
    expect(world.store.attendance.getLogHead().events).toBe(0);
  });
});

test('a later roll call: who signed in confirms, who did not arrives, and asking twice changes nothing', async () => {
  await withCore({ people: 4 }, async (world) => {
    await unlock(world);
    const [a, b, c] = people(world);
    await scan(world, card(a!.citizenNumber!));
    await scan(world, card(b!.citizenNumber!));
    const opened = await world.ask('console/people/roll-call/open', { sittingId: world.sittingId, title: 'Giữa buổi' });
    if (!opened.ok) throw new Error(opened.error);
    expect(await scan(world, card(a!.citizenNumber!))).toMatchObject({
      ok: true,
      outcome: 'confirmed',
      person: { personId: a!.id },
      ordinal: 1,
      rollCall: { title: 'Giữa buổi' },
    });
    expect(await scan(world, card(a!.citizenNumber!))).toMatchObject({ ok: false, error: 'already_signed_in' });
    expect(await scan(world, card(c!.citizenNumber!))).toMatchObject({ ok: true, outcome: 'signed_in', ordinal: 3 });
    expect(await scan(world, card(c!.citizenNumber!))).toMatchObject({ ok: false, error: 'already_signed_in' });
    await world.ask('console/people/roll-call/close', { sittingId: world.sittingId });
    // Whoever signed in before the roll call and was not seen in it has left early.
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({
      present: 3,
      onTime: 2,
      leftEarly: 1,
      came: 3,
      inHall: 2,
    });
    const list = await world.ask('console/people/list', { sittingId: world.sittingId, status: 'left_early' });
    expect(list).toMatchObject({ ok: true, total: 1, people: [{ personId: b!.id }] });
    // Seen again after it: back.
    expect(await scan(world, card(b!.citizenNumber!))).toMatchObject({ ok: true, outcome: 'confirmed' });
    expect(await scan(world, card(b!.citizenNumber!))).toMatchObject({ error: 'already_signed_in' });
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({
      present: 3,
      onTime: 3,
      leftEarly: 0,
    });
  });
});

test('asking for help lights the console, locked or not, until somebody there answers', async () => {
  await withCore({ people: 1 }, async (world) => {
    const view = async () => {
      const abort = new AbortController();
      const response = await fetch(`${world.origin}/console/api/events`, {
        headers: { authorization: `Bearer ${world.tokens.console}` },
        signal: abort.signal,
      });
      const { value } = await response.body!.getReader().read();
      abort.abort();
      return JSON.parse(/data: (.*)/u.exec(Buffer.from(value!).toString('utf8'))![1]!) as Record<string, unknown>;
    };
    expect((await view())['helpAskedAt']).toBeNull();
    const asked = await world.ask('desk/ask-help', {});
    if (!asked.ok) throw new Error(asked.error);
    expect(await view()).toMatchObject({ locked: true, helpAskedAt: asked.at });
    const again = await world.ask('desk/ask-help', {});
    expect(again).toEqual(asked);
    await unlock(world);
    await world.ask('console/people/help/clear', {});
    expect((await view())['helpAskedAt']).toBeNull();
  });
});
