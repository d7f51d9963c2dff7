import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Register } from '../../../electron/core/attendance/register.ts';
import { readPackage } from '../../../electron/core/provisioning/read-package.ts';
import { OLD_PACKAGE_FILE, oldFolder, openOldFolder, type OpenedFolder } from '../../support/old-data-folder.ts';

/** A folder written by an older version opens with this one: nobody is lost, nothing is counted otherwise, no byte moved. */

let old: OpenedFolder;
beforeEach(() => {
  old = openOldFolder();
});
afterEach(() => old.close());

const [morning, afternoon] = oldFolder.sittings;

function registerOf(sittingId: string): Register {
  const sitting = old.store.sittings.getSitting(sittingId);
  if (!sitting) throw new Error(`${sittingId} is not stored`);
  return new Register(old.store, oldFolder.packageId, sitting);
}

test('both sittings stand where they stood, with their times', () => {
  const stored = old.store.sittings.listSittings(oldFolder.packageId);
  expect(stored.map(({ id, state }) => [id, state])).toEqual([
    [morning.id, 'sealed'],
    [afternoon.id, 'open'],
  ]);
  for (const [i, { events: _e, totals: _t, statuses: _s, rollCalls: _r, headCount: _h, ...record }] of [
    morning,
    afternoon,
  ].entries())
    expect(stored[i]).toMatchObject(record);
});

test('the log has every event and its chain holds', () => {
  const { attendance } = old.store;
  expect(attendance.verifyChain()).toEqual({ ok: true, ...oldFolder.log });
  expect(attendance.getLogHead()).toEqual(oldFolder.log);
  for (const { id, events } of oldFolder.sittings) expect(attendance.listEvents(id)).toHaveLength(events);
});

test('all people are there with what was known of them', () => {
  const people = new Map(old.store.people.listPeople(oldFolder.packageId).map((p) => [p.id, p]));
  expect(people.size).toBe(oldFolder.people.length);
  for (const person of oldFolder.people) expect(people.get(person.id)).toEqual(person);
  expect([...old.store.attendance.listWithdrawn(oldFolder.packageId)]).toEqual(oldFolder.withdrawn);
  expect(old.store.tokens.findPersonId(oldFolder.packageId, 'badge', 'MAU00007')).toBe('p07');
  expect(old.store.tokens.findPersonId(oldFolder.packageId, 'citizen', '001079001010')).toBe('p10');
});

test('everybody stands where they stood, but for the one who sent a substitute', () => {
  for (const { id, statuses } of oldFolder.sittings) {
    const now = Object.fromEntries(registerOf(id).listStatuses());
    expect(Object.keys(now).sort()).toEqual(Object.keys(statuses).sort());
    for (const [personId, before] of Object.entries(statuses)) {
      const sentSomebody = id === morning.id && personId === 'p06';
      const change = sentSomebody
        ? { status: 'substituted', substitutedBy: oldFolder.added.substitute }
        : { substitutedBy: null };
      expect(now[personId]).toEqual({ ...before, ...change });
    }
  }
});

test('the totals are the same, with what the first version could not say', () => {
  // It counted everybody who ever came as "in the hall", and whoever sent a substitute as absent.
  const { inHall: came, absentUnexcused, ...rest } = morning.totals;
  expect(registerOf(morning.id).getTotals()).toEqual({
    ...rest,
    came,
    inHall: 9,
    substituted: 1,
    absentUnexcused: Number(absentUnexcused) - 1,
  });
  const { inHall, ...others } = afternoon.totals;
  expect(registerOf(afternoon.id).getTotals()).toEqual({ ...others, came: inHall, inHall, substituted: 0 });
});

test('roll calls and head-counts are there', () => {
  for (const { id, rollCalls, headCount } of oldFolder.sittings) {
    expect(old.store.attendance.listRollCalls(id)).toMatchObject(rollCalls);
    expect(old.store.settings.getHeadCount(id)).toEqual(headCount);
  }
});

test('the sealed report has the same bytes and is still owed', () => {
  const { reportId, revision, sha256, bytes } = oldFolder.report;
  const sealed = old.store.reports.getSealed(reportId, revision);
  expect(sealed?.sha256).toBe(sha256);
  expect(sealed?.sealed).toHaveLength(bytes);
  expect(createHash('sha256').update(sealed!.sealed).digest('hex')).toBe(sha256);
  expect(createHash('sha256').update(old.store.outbox.readSealed({ reportId, revision })).digest('hex')).toBe(sha256);
  expect(old.store.outbox.listQueued()).toMatchObject([{ reportId, revision, sha256, attempts: 0 }]);
  expect(old.store.outbox.listStatuses(oldFolder.packageId)).toMatchObject(oldFolder.outbox);
  const report = old.store.reports.getReport(reportId, revision);
  expect(report).toMatchObject({ reportId, revision, headCount: morning.headCount, remarks: 'Loa góc phải nhỏ.' });
  expect(report?.people).toHaveLength(Object.keys(morning.statuses).length);
});

test('the session is that of the package file, which still reads', async () => {
  const session = old.store.sessions.getSession(oldFolder.packageId);
  expect(session?.digest).toBe(oldFolder.packageDigest);
  const read = await readPackage(readFileSync(OLD_PACKAGE_FILE), 'session-package.json', []);
  expect(read).toMatchObject({ ok: true, value: { digest: oldFolder.packageDigest } });
});

test('the open afternoon goes on: people sign in, the running roll call confirms, undo works', () => {
  const register = registerOf(afternoon.id);
  const context = { station: 'desk-1', actor: 'attendee', broadcastMs: null };
  expect(register.signIn('p03', 'search', context)).toMatchObject({ ok: true, outcome: 'signed_in' });
  expect(register.signIn('p02', 'search', context)).toMatchObject({ ok: true, outcome: 'confirmed' });
  expect(register.signIn('p01', 'search', context)).toMatchObject({ ok: false, error: 'already_signed_in' });
  expect(old.store.attendance.verifyChain()).toMatchObject({ ok: true, events: oldFolder.log.events + 2 });
});
