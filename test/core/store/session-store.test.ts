import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { PlaybackSample } from '../../../electron/contract/broadcast.ts';
import { SessionStore } from '../../../electron/core/store/session-store.ts';
import { systemClock } from '../../../electron/core/store/clock.ts';
import { writeDurably, writeDurablySync } from '../../../electron/core/store/durable-file.ts';
import { applyRoster } from '../../support/apply-roster.ts';
import { createStoredHall, MINUTE, START, type StoredHall } from '../../support/stored-hall.ts';

const PACKAGE = 'hn-2026-thu';
let hall: StoredHall;
beforeEach(() => {
  hall = createStoredHall(3);
});
afterEach(() => hall.close());

test('the same package changes nothing, an older issue is refused, and a session is found by its id', () => {
  const document = hall.packageOf(3);
  const input = {
    document,
    digest: 'e'.repeat(64),
    provenance: 'signed' as const,
    keyId: 'k',
    dataKey: SessionStore.makeDataKey(),
    provinceKey: 'jwe',
  };
  expect(hall.store.sessions.importPackage(input)).toMatchObject({ ok: true, change: 'updated' });
  const same = { ok: true, change: 'same', added: 0, changed: 0, removed: 0 };
  expect(hall.store.sessions.importPackage(input)).toEqual(same);
  const older = { ...document, issuedAt: new Date(0).toISOString() };
  expect(hall.store.sessions.importPackage({ ...input, document: older, digest: 'f'.repeat(64) })).toMatchObject({
    ok: false,
    error: 'older_package',
    issuedAt: Date.parse(document.issuedAt),
  });
  expect(hall.store.sessions.getSession(PACKAGE)).toMatchObject({ provenance: 'signed', keyId: 'k' });
  expect(hall.store.sessions.getSession(PACKAGE)?.document.roster).toBeUndefined();
  expect(hall.store.sessions.getSession('none')).toBeNull();
  expect(hall.store.sessions.listSessions().map((s) => s.packageId)).toEqual([PACKAGE]);
  expect(() => hall.store.people.listPeople('none')).toThrow(/session none is stored/u);
  expect(() => hall.store.attendance.closeRollCalls('none')).not.toThrow();
});

test('a newer timetable moves what has not begun, drops what is gone, and leaves what began', () => {
  hall.step(hall.morning, 'open');
  const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();
  const sitting = (id: string, from: number, to: number) => ({
    id,
    title: `Buổi ${id}`,
    startsAt: at(from),
    endsAt: at(to),
    sources: [],
  });
  const opensAt = hall.store.sittings.getSitting(hall.morning)?.opensAt;
  const moved = { sittings: [sitting('sang', 30, 300), sitting('toi', 700, 800)] };
  hall.importPackage(hall.packageOf(3, moved));
  const stored = hall.store.sittings.listSittings(PACKAGE);
  expect(stored.map((s) => [s.planId, s.title, s.state])).toEqual([
    ['sang', 'Buổi sang', 'open'],
    ['toi', 'Buổi toi', 'prepared'],
  ]);
  expect(stored[0]).toMatchObject({ opensAt, startsAt: START + 30 * MINUTE, endsAt: START + 300 * MINUTE });
  // Where the package does not say it, sign-in opens an hour before.
  expect(stored[1]?.opensAt).toBe(START + 640 * MINUTE);
  hall.step(hall.morning, 'live', 'ended');
  hall.importPackage(hall.packageOf(3, { sittings: [sitting('toi', 700, 800)] }));
  expect(hall.store.sittings.listSittings(PACKAGE).map((s) => s.planId)).toEqual(['sang', 'toi']);
  expect(hall.store.sessions.getSession(PACKAGE)?.document.sittings.map((s) => s.id)).toEqual(['sang', 'toi']);
});

test('an entry of a file changes what it says and keeps the rest; numbers are compared without being kept', () => {
  const before = hall.store.people.listPeople(PACKAGE).find((p) => p.id === 'p0001')!;
  const { tokens } = hall.store;
  const change = {
    entries: [{ id: 'p0001', name: before.name, citizenNumber: '099000000001', partyNumber: '12345678', badge: 'B1' }],
    removeIds: [],
  };
  applyRoster(hall.store, PACKAGE, change);
  const after = hall.store.people.listPeople(PACKAGE).find((p) => p.id === 'p0001');
  expect(after).toEqual({ ...before, numberTail: '0001' });
  for (const [kind, token] of [
    ['citizen', '099000000001'],
    ['party', '12345678'],
    ['badge', 'B1'],
  ] as const)
    expect(tokens.findPersonId(PACKAGE, kind, token)).toBe('p0001');
  expect(tokens.findPersonId(PACKAGE, 'badge', 'CTH00001')).toBeNull();
  expect(tokens.listNumberKeys(PACKAGE).get('p0001')).toBe(tokens.numberKey('099000000001'));
  expect(tokens.personIdOf(PACKAGE, 'x')).toBe(tokens.personIdOf(PACKAGE, 'x'));
  expect(tokens.personIdOf('other', 'x')).not.toBe(tokens.personIdOf(PACKAGE, 'x'));
});

test('settings, PINs and head-counts outlive a restart; a setting that no longer fits is none', () => {
  const { settings } = hall.store;
  settings.setSetting('a', { n: 1 });
  settings.setSetting('a', { n: 2 });
  settings.setPin(PACKAGE, 'chair', { salt: Buffer.from('s'), cost: 1, hash: Buffer.from('h') });
  settings.setPin(PACKAGE, 'chair', { salt: Buffer.from('t'), cost: 2, hash: Buffer.from('i') });
  settings.setHeadCount(hall.morning, { counted: 3, reason: null, by: 'chair' }, 1);
  settings.setHeadCount(hall.morning, { counted: 4, reason: 'x', by: 'chair' }, 2);
  settings.recordAction(1, 'chair', 'x', { n: 1 });
  hall.reopen();
  const again = hall.store.settings;
  expect(again.getSetting('a', z.object({ n: z.number() }))).toEqual({ n: 2 });
  expect(again.getSetting('a', z.string())).toBeNull();
  expect(again.getSetting('b', z.string())).toBeNull();
  expect(again.getPin(PACKAGE, 'chair')).toMatchObject({ cost: 2 });
  expect(again.getPin(PACKAGE, 'technician')).toBeNull();
  expect(again.getHeadCount(hall.morning)).toEqual({ counted: 4, reason: 'x', by: 'chair' });
  expect(again.getHeadCount(hall.afternoon)).toBeNull();
});

test('a page life of the stage is kept by its newest sample, with delays summed and heights added up', () => {
  const { playback } = hall.store;
  const sample = (playedMs: number, delayS: number | null, state: 'playing' | 'stalled' = 'playing') =>
    PlaybackSample.parse({
      playerSessionId: 'stage-1',
      state,
      sourceId: 'main',
      programmeTimeMs: null,
      delayS,
      bufferS: 10,
      framesDecoded: playedMs,
      framesDropped: 0,
      playedMs,
      rebufferMs: 0,
      rebufferCount: 0,
      startupMs: 900,
      heightPx: 720,
      bitrateKbps: null,
    });
  playback.recordSample(hall.morning, sample(1_000, 30), START, 0);
  playback.recordSample(hall.morning, sample(4_000, 40), START + 3_000, 3_000);
  playback.recordSample(hall.morning, sample(4_000, null, 'stalled'), START + 6_000, 3_000);
  playback.recordEvent(hall.morning, { playerSessionId: 'stage-1', type: 'first_frame' }, START);
  const error = { playerSessionId: 'stage-1', type: 'error', cause: 'line', detail: 'timeout' } as const;
  playback.recordEvent(hall.morning, error, START + 1);
  expect(playback.listSessions(hall.morning)).toMatchObject([
    { id: 'stage-1', startedAt: START, updatedAt: START + 6_000, delaySum: 70, delayCount: 2, delayMax: 40 },
  ]);
  expect(playback.listHeights(hall.morning)).toEqual([{ heightPx: 720, ms: 3_000 }]);
  expect(playback.listEvents(hall.morning)).toEqual([
    { at: START, type: 'first_frame', cause: null, detail: null, sessionId: 'stage-1' },
    { at: START + 1, type: 'error', cause: 'line', detail: 'timeout', sessionId: 'stage-1' },
  ]);
  expect(playback.listSessions(hall.afternoon)).toEqual([]);
});

test('a file is replaced whole or not at all, and nothing temporary stays', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-durable-'));
  const file = path.join(dir, 'a.json');
  await writeDurably(file, Buffer.from('one'));
  writeDurablySync(file, Buffer.from('two'));
  expect(readFileSync(file, 'utf8')).toBe('two');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  const nowhere = path.join(dir, 'none', 'b.json');
  await expect(writeDurably(nowhere, Buffer.from('x'))).rejects.toThrow(/ENOENT/u);
  expect(() => writeDurablySync(nowhere, Buffer.from('x'))).toThrow(/ENOENT/u);
  // A folder in the way: the new bytes are there already and go again.
  await expect(writeDurably(dir, Buffer.from('x'))).rejects.toThrow(
    /EISDIR|ENOTEMPTY|EEXIST|EPERM|EACCES|EBUSY|ENOTDIR/u,
  );
  expect(() => writeDurablySync(dir, Buffer.from('x'))).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM|EACCES|EBUSY|ENOTDIR/u);
  expect(readdirSync(dir)).toEqual(['a.json']);
  expect(readdirSync(path.dirname(dir)).filter((name) => name.startsWith(`.${path.basename(dir)}.`))).toEqual([]);
  rmSync(dir, { recursive: true });
});

test('the monotonic clock does not go back, and its boot stays the same', () => {
  const clock = systemClock();
  const [first, second] = [clock.stamp(), clock.stamp()];
  expect(second.monoMs).toBeGreaterThanOrEqual(first.monoMs);
  expect(second.bootId).toBe(first.bootId);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
});
