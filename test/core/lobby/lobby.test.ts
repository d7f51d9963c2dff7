import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { FoundPackage } from '../../../electron/contract/api-lobby.ts';
import { Pins } from '../../../electron/core/access/pins.ts';
import { findSessionToGoOn, rememberSession } from '../../../electron/core/lobby/stored-sessions.ts';
import { readTrust } from '../../../electron/core/provisioning/package-trust.ts';
import { createProvinceKeys, withLobby, type LobbyWorld } from '../../support/with-lobby.ts';

const HOUR = 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();

async function found(world: LobbyWorld, name: string): Promise<FoundPackage> {
  const find = () => world.view().packages.find((each) => each.name === name);
  await world.until(`${name} is listed`, () => find() !== undefined);
  return find()!;
}

/** Loads a package from a stick, which opens it; the next core is in the lobby again. */
async function load(world: LobbyWorld, name: string, content: string, allow?: string): Promise<void> {
  world.onStick(name, content);
  const { id } = await found(world, name);
  expect(await world.ask('lobby/load', { id, ...(allow ? { allow } : {}) })).toEqual({ ok: true });
  await world.restart();
}

test('a stick that is plugged in shows its package within three seconds, with what a person compares', async () => {
  await withLobby(async (world) => {
    await world.until('the first look', () => !world.view().searching);
    expect(world.view()).toMatchObject({ packages: [], stored: [], hasPin: false, owed: 0 });
    const document = world.document();
    const began = Date.now();
    world.onStick('phien-hop.jws', await world.province.sign(document));
    const shown = await found(world, 'phien-hop.jws');
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(shown).toMatchObject({ volume: 'KINGSTON', removable: true, fault: null, questions: [] });
    expect(shown.facts).toMatchObject({
      conference: document.conference.title,
      venue: document.venue,
      sittings: [{ title: 'Buổi sáng', startsAt: Date.parse(document.sittings[0]!.startsAt) }],
      people: 12,
      provenance: 'signed_first_use',
      signer: 'tinh-a-ed25519',
      fingerprint: expect.stringMatching(/^(?:[0-9a-f]{4}-){3}[0-9a-f]{4}$/u),
      code: expect.stringMatching(/^(?:[0-9a-f]{4}-){3}[0-9a-f]{4}$/u),
      stored: false,
    });
  });
});

test('what cannot be used is listed with its reason, and other files are not', async () => {
  await withLobby(async (world) => {
    const signed = await world.province.sign(world.document());
    const over = world.document({
      packageId: 'hn-qua',
      sittings: [{ id: 's', title: 'S', startsAt: at(Date.now() - 48 * HOUR), endsAt: at(Date.now() - 47 * HOUR) }],
    });
    world.onStick('dut.jws', signed.slice(0, -60));
    world.onStick('da-qua.json', JSON.stringify(over));
    world.onStick('cut.json', JSON.stringify(world.document()).slice(0, 900));
    world.onStick('phien-hop-trang.jws', new Uint8Array(5_000));
    world.onStick('package.json', '{"name":"something-else"}');
    world.onStick('session-package-notes.json', '{"of":"something else"}');
    world.onStick('ghi-chu.txt', 'Phiên họp ngày mai');
    const desktop = path.join(world.dir, 'home', 'Desktop', 'Hội nghị');
    mkdirSync(desktop);
    writeFileSync(path.join(desktop, 'gói.json'), JSON.stringify(world.document({ packageId: 'hn-tot' })));
    await found(world, 'gói.json');
    await found(world, 'phien-hop-trang.jws');
    const listed = world.view().packages.map(({ name, folder, fault }) => `${name} ${folder} ${fault?.code}`);
    expect(listed[0]).toBe('gói.json desktop undefined');
    expect(listed.slice(1).toSorted()).toEqual([
      'cut.json null damaged',
      'da-qua.json null expired',
      'dut.jws null damaged',
      'phien-hop-trang.jws null damaged',
    ]);
    const expired = await found(world, 'da-qua.json');
    expect(await world.ask('lobby/load', { id: expired.id })).toMatchObject({ ok: false, error: 'refused' });
    expect(world.opened).toEqual([]);
    expect(world.store.sessions.listSessions()).toEqual([]);
  });
});

test('one question shows what would change and changes nothing; one command loads, sets the PIN and opens', async () => {
  await withLobby(async (world) => {
    const document = world.document({ access: {} });
    world.onStick('phien.jws', await world.province.sign(document));
    const { id } = await found(world, 'phien.jws');
    expect(await world.ask('lobby/preview', { id })).toMatchObject({
      ok: true,
      needsPin: true,
      change: { change: 'new', people: { added: 12, changed: 0, removed: 0 }, sittings: { added: ['Buổi sáng'] } },
    });
    expect(world.store.sessions.listSessions()).toEqual([]);
    expect(await world.ask('lobby/load', { id, newPin: '12345' })).toMatchObject({ error: 'invalid_input' });
    expect(await world.ask('lobby/load', { id, newPin: '135790' })).toEqual({ ok: true });
    expect(world.opened).toEqual([{ kind: 'session', packageId: 'hn-2026-thu' }]);
    expect(await new Pins(world.store, 'hn-2026-thu').check('technician', '135790')).toEqual({ ok: true });
    expect(world.store.people.listPeople('hn-2026-thu')).toHaveLength(12);
    // One thing is opened, and nothing after it.
    expect(await world.ask('lobby/load', { id })).toEqual({ ok: false, error: 'busy' });
    expect(await world.ask('lobby/open', { packageId: 'hn-2026-thu' })).toEqual({ ok: false, error: 'busy' });

    await world.restart();
    const newer = {
      ...document,
      issuedAt: at(Date.parse(document.issuedAt) + 60_000),
      roster: document.roster!.slice(1).map((p, i) => (i === 0 ? { ...p, position: 'Trưởng ban' } : p)),
      sittings: [{ ...document.sittings[0]!, endsAt: at(Date.now() + 9 * HOUR) }],
    };
    world.onStick('moi.jws', await world.province.sign(newer));
    const next = await found(world, 'moi.jws');
    expect(await world.ask('lobby/preview', { id: next.id })).toMatchObject({
      needsPin: false,
      change: {
        change: 'updated',
        people: { added: 0, changed: 1, removed: 1 },
        sittings: { added: [], moved: ['Buổi sáng'], removed: [] },
      },
    });
    expect(world.store.people.listPeople('hn-2026-thu')).toHaveLength(12);
    // What was previewed is what happens.
    expect(await world.ask('lobby/load', { id: next.id })).toEqual({ ok: true });
    expect(world.store.people.listPeople('hn-2026-thu')).toHaveLength(11);
    await world.restart();
    const older = await found(world, 'phien.jws');
    expect(older.fault?.code).toBe('older_issue');
    expect(await world.ask('lobby/load', { id: older.id })).toMatchObject({ ok: false, error: 'refused' });
  });
});

test('a file that was written again after it was listed is not loaded by its old name', async () => {
  await withLobby(async (world) => {
    const file = world.onStick('phien.json', JSON.stringify(world.document()));
    const { id } = await found(world, 'phien.json');
    writeFileSync(file, JSON.stringify(world.document({ packageId: 'hn-doi-ruot' })));
    expect(await world.ask('lobby/load', { id })).toEqual({ ok: false, error: 'file_gone' });
    expect(world.store.sessions.listSessions()).toEqual([]);
  });
});

test('what a person must allow needs the last group of its code, and with a PIN on this PC that PIN; the report says so', async () => {
  await withLobby(async (world) => {
    await load(world, 'mot.jws', await world.province.sign(world.document({ access: {} })));
    const stranger = createProvinceKeys('khac');
    world.onStick('la.jws', await stranger.sign(world.document({ packageId: 'hn-la', access: {} })));
    const { id, facts, questions } = await found(world, 'la.jws');
    expect(questions).toEqual(['other_key']);
    const code = facts!.code;
    for (const allow of [undefined, '', '0000', code.slice(0, 4)])
      expect(await world.ask('lobby/load', { id, ...(allow === undefined ? {} : { allow }) })).toEqual({
        ok: false,
        error: 'wrong_code',
      });
    expect(await world.ask('lobby/load', { id, allow: ` ${code.slice(-4).toUpperCase()} ` })).toEqual({ ok: true });
    expect(readTrust(world.store, 'hn-la')).toMatchObject({ admitted: 'by_person', against: ['other_key'] });
    expect(world.store.settings.listMarks('hn-la')).toMatchObject([{ mark: 'package_other_key', actor: 'technician' }]);
    await world.restart();

    await new Pins(world.store, 'hn-2026-thu').setPin('technician', '864200');
    const other = world.document({ packageId: 'hn-khac-noi', venue: { id: 'PX-777', name: 'Phường Khác' } });
    world.onStick('noi-khac.jws', await world.province.sign(other));
    const second = await found(world, 'noi-khac.jws');
    expect(second.questions).toEqual(['other_venue']);
    expect(world.view().hasPin).toBe(true);
    // The code does not do any more.
    expect(await world.ask('lobby/load', { id: second.id, allow: second.facts!.code.slice(-4) })).toMatchObject({
      error: 'wrong_pin',
    });
    expect(await world.ask('lobby/load', { id: second.id, allow: '864200' })).toEqual({ ok: true });
    expect(readTrust(world.store, 'hn-khac-noi')).toMatchObject({ admitted: 'by_person', against: ['other_venue'] });
  });
});

test('keys of the province on this PC that cannot be read let nothing in', async () => {
  await withLobby(async (world) => {
    await world.until('the first look', () => !world.view().searching);
    mkdirSync(path.join(world.dataDir, 'session', 'packages'), { recursive: true });
    writeFileSync(path.join(world.dataDir, 'session', 'packages', 'trusted-keys.json'), 'half a fi');
    world.onStick('phien.json', JSON.stringify(world.document()));
    const shown = await found(world, 'phien.json');
    expect(shown.fault?.code).toBe('keys_unreadable');
    expect(await world.ask('lobby/load', { id: shown.id })).toMatchObject({ ok: false, error: 'refused' });
  });
});

test('a session to go on with has sittings or reports that are not finished, however old; the running one comes first', async () => {
  await withLobby(async (world) => {
    expect(findSessionToGoOn(world.store)).toBe(null);
    const plan = (id: string, startsAt: number) => ({
      id,
      title: id,
      startsAt: at(startsAt),
      endsAt: at(startsAt + HOUR),
    });
    const make = (packageId: string, startsAt: number) =>
      JSON.stringify(world.document({ packageId, access: {}, sittings: [plan('s', startsAt)] }));
    await load(world, 'a.json', make('hn-a', Date.now() + HOUR));
    await load(world, 'b.json', make('hn-b', Date.now() + 2 * HOUR));
    expect(findSessionToGoOn(world.store)).toBe('hn-b');
    rememberSession(world.store, 'hn-a');
    expect(findSessionToGoOn(world.store)).toBe('hn-a');
    const { store } = world;
    store.sittings.recordStep('hn-b/s', 'prepared', 'open', { openedAt: Date.now() - 999 * HOUR });
    expect(findSessionToGoOn(store)).toBe('hn-b');
    store.sittings.recordStep('hn-a/s', 'prepared', 'sealed');
    store.sittings.recordStep('hn-b/s', 'open', 'sealed');
    expect(findSessionToGoOn(store)).toBe(null);
    const stored = world.view().stored.map(({ packageId, unfinished }) => `${packageId} ${unfinished}`);
    expect(stored.toSorted()).toEqual(['hn-a false', 'hn-b false']);
    expect(await world.ask('lobby/open', { packageId: 'hn-khong-co' })).toEqual({ ok: false, error: 'gone' });
    expect(await world.ask('lobby/open', { packageId: 'hn-a' })).toEqual({ ok: true });
    expect(world.opened.at(-1)).toEqual({ kind: 'session', packageId: 'hn-a' });
  });
});

test('leaving the lobby needs the technician’s PIN where this PC has one', async () => {
  await withLobby(async (world) => {
    expect(await world.ask('lobby/quit', {})).toEqual({ ok: true });
    await load(world, 'a.json', JSON.stringify(world.document()));
    expect(await world.ask('lobby/quit', {})).toEqual({ ok: false, error: 'pin_needed' });
    expect(await world.ask('lobby/quit', { pin: '000000' })).toMatchObject({ ok: false, error: 'wrong_pin' });
    expect(await world.ask('lobby/quit', { pin: '123456' })).toEqual({ ok: true });
  });
});
