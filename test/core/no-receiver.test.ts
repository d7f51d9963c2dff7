import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { expect, test, vi } from 'vitest';
import { SessionPackage } from '../../electron/contract/session-package.ts';
import { findSessionToGoOn, listStored } from '../../electron/core/lobby/stored-sessions.ts';
import { systemPlaceRoots } from '../../electron/core/report/places.ts';
import { withCore } from '../support/with-core.ts';
import { withLobby } from '../support/with-lobby.ts';

/** A session whose reports go nowhere: sealed on this PC, saved by hand, and nobody waits for anything. */

vi.setConfig({ testTimeout: 60_000 });

const nowhere = (document: SessionPackage): SessionPackage =>
  SessionPackage.parse({ ...document, delivery: { receiver: 'none', reportFormats: ['session-report/2'] }, keys: {} });

test('its report is sealed and saved by hand; nothing is owed, nothing is tried, and the session is finished', async () => {
  const home = { ...systemPlaceRoots(), platform: 'linux' as const, mountRoots: [] };
  await withCore({ package: nowhere, places: { ...home, home: process.env['TMPDIR'] ?? '/tmp' } }, async (world) => {
    const { ask, store, core, document } = world;
    await ask('console/unlock', { pin: '123456', role: 'technician' });
    const { sittingId } = world;
    await ask('console/open-sitting', { sittingId });
    const found = await ask('desk/search', { sittingId, query: 'nguyen' });
    const [person] = found.ok ? found.people : [];
    await ask('desk/sign-in', { sittingId, personId: person!.personId, method: 'search' });
    expect(await ask('console/end-sitting', { sittingId })).toMatchObject({ ok: true });
    await world.until('sealed', () => world.core.hall.find(sittingId)?.state === 'sealed');
    expect(core.reports.listStatuses()).toEqual([]);
    expect(await ask('console/report/check-province', {})).toEqual({ ok: false, error: 'no_receiver' });
    expect(await ask('console/report/ask-province', { sittingId })).toEqual({ ok: false, error: 'not_delivered' });
    const view = core.health;
    await view.run('by_hand');
    expect(view.newest?.outcomes.find(({ check }) => check === 'province')).toMatchObject({
      state: 'green',
      word: 'none_here',
    });
    // Signed by this PC, and readable by whoever is handed the file.
    const { reportId } = core.hall.find(sittingId)!;
    const sealed = Buffer.from(store.reports.getSealed(reportId, 1)!.sealed).toString('ascii');
    const { jwk } = decodeProtectedHeader(sealed);
    const { payload } = await compactVerify(sealed, await importJWK(jwk as JWK, 'EdDSA'));
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ reportId, rehearsal: false });
    expect(findSessionToGoOn(store)).toBe(null);
    expect(listStored(store)).toMatchObject([{ packageId: document.packageId, unfinished: false }]);
    // Its time of keeping runs from the end.
    expect(store.retention.listEnds(document.packageId)).toMatchObject([{ isDone: true, receiptAt: null }]);
    // Amended and sealed once more.
    expect(await ask('console/report/amend', { sittingId })).toMatchObject({ ok: true });
    await ask('console/people/head-count', { sittingId, counted: 1 });
    const again = await ask('console/report/amend/seal', { sittingId, reason: 'sửa', author: 'A' });
    expect(again).toMatchObject({ ok: true });
    expect(core.reports.listStatuses()).toEqual([]);
    await world.restart();
    expect(world.core.reports.listStatuses()).toEqual([]);
    expect(world.log.filter(({ event }) => event.startsWith('delivery'))).toEqual([]);
    // Nobody was called.
    expect(readdirSync(path.join(world.dir, 'province', 'reports'))).toEqual([]);
  });
});

test('on a PC that never had a package one is made without a receiver, and opens again from its file', async () => {
  await withLobby(async (world) => {
    mkdirSync(path.join(world.dir, 'home', 'Documents'), { recursive: true });
    const startsAt = Date.now() + 3_600_000;
    const made = await world.ask('lobby/create', {
      conference: 'Họp đột xuất',
      venue: 'Hội trường tầng 1',
      sittings: [{ title: 'Buổi chiều', startsAt, endsAt: startsAt + 3_600_000 }],
      stream: '',
      rosterPreviewId: '',
      reportsLike: '',
    });
    expect(made).toMatchObject({ ok: true });
    const documents = path.join(world.dir, 'home', 'Documents');
    const [file] = readdirSync(documents);
    const document = SessionPackage.parse(JSON.parse(readFileSync(path.join(documents, file!), 'utf8')));
    expect(document).toMatchObject({ delivery: { receiver: 'none' }, venue: { name: 'Hội trường tầng 1' } });
    const id = made.ok ? made.id : '';
    expect(await world.ask('lobby/load', { id, newPin: '135790' })).toEqual({ ok: true });
    expect(world.opened).toEqual([{ kind: 'session', packageId: document.packageId }]);
    await world.restart();
    await world.until('the file again', () => world.view().packages.some(({ facts }) => facts?.stored === true));
    expect(world.view()).toMatchObject({ owed: 0, stored: [{ packageId: document.packageId }] });
  });
});

test('a province must say where reports go, and with which keys', () => {
  const whole = {
    format: 'session-package/1',
    packageId: 'a',
    issuedAt: '2030-01-01T00:00:00Z',
    conference: { id: 'a', title: 'A' },
    venue: { id: 'v', name: 'V' },
    sittings: [{ id: 's', title: 'S', startsAt: '2030-01-01T01:00:00Z', endsAt: '2030-01-01T02:00:00Z' }],
    privacy: { notice: 'x' },
    keys: {},
    delivery: {},
  };
  const fields = (input: object) =>
    SessionPackage.safeParse({ ...whole, ...input }).error?.issues.map(({ path: at }) => at.join('.')) ?? [];
  expect(fields({})).toEqual(['delivery.endpoint', 'keys.reports', 'keys.receipts']);
  expect(fields({ delivery: { receiver: 'none' } })).toEqual([]);
  expect(fields({ delivery: { receiver: 'none', endpoint: 'http://a' } })).toEqual(['delivery.endpoint']);
});
