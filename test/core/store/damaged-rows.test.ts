import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRecords } from '../../../electron/core/open-records.ts';
import { checkStore } from '../../../electron/core/check-store.ts';
import type { FindOutcome } from '../../../electron/core/provisioning/package-folder.ts';
import { journalOf } from '../../../electron/core/store/database.ts';
import { SessionStore } from '../../../electron/core/store/session-store.ts';
import { flips } from '../../gates/flips.ts';
import { holds, runGate } from '../../gates/run-gate.ts';
import { signIn } from '../../support/enter.ts';
import { createStoredHall, START, type StoredHall } from '../../support/stored-hall.ts';

/** One bit of the stored records is wrong: the hall goes on, and the console names what cannot be trusted. */

const PACKAGE = 'hn-2026-thu';
let hall: StoredHall;
beforeEach(() => {
  hall = createStoredHall(12);
  hall.step(hall.morning, 'open', 'live');
  for (const id of ['p0001', 'p0002', 'p0003']) signIn(hall.store, hall.morning, id);
});
afterEach(() => hall.close());

/** Flips one bit in the middle of a cell of the closed file, which then has no second copy any more. */
function flipCell(file: string, sql: string): void {
  rmSync(journalOf(file), { force: true });
  const db = new Database(file, { readonly: true });
  const cell = db.prepare(sql).pluck().get();
  db.close();
  const wanted = Buffer.isBuffer(cell) ? cell : Buffer.from(String(cell), 'utf8');
  const bytes = readFileSync(file);
  const at = bytes.indexOf(wanted.subarray(0, 40));
  if (at < 0) throw new Error('the cell is not in the file');
  bytes[at + Math.min(20, wanted.length - 1)]! ^= 4;
  writeFileSync(file, bytes);
}

/** What the start tells console and log. */
function check(): { alarms: string[]; lines: unknown[] } {
  const lines: unknown[] = [];
  const log = { info: (event: string, facts?: unknown) => lines.push([event, facts]), error: () => undefined };
  return { alarms: checkStore({ store: hall.store, log }), lines };
}

const totals = () => hall.register(hall.morning).getTotals();

test('nothing damaged: no alarm, after a restart and after a power cut', () => {
  hall.reopen();
  expect(check().alarms).toEqual([]);
  signIn(hall.store, hall.morning, 'p0004');
  // As after a power cut: the files of a running kiosk that was never closed.
  const dir = path.dirname(hall.file);
  const names = readdirSync(dir).filter((name) => name.startsWith('kiosk.db'));
  const running = names.map((name) => [name, readFileSync(path.join(dir, name))] as const);
  hall.reopen(() => {
    for (const [name, bytes] of running) writeFileSync(path.join(dir, name), bytes);
  });
  expect(check().alarms).toEqual([]);
  expect(totals().came).toBe(4);
});

test('a person whose row cannot be opened stays on the list, counts, and can sign in', () => {
  const before = totals();
  hall.reopen(() => flipCell(hall.file, `SELECT body FROM person WHERE id = 'p0002'`));
  expect(totals()).toEqual(before);
  expect(hall.register(hall.morning).getPerson('p0002')).toMatchObject({
    name: 'Không đọc được tên (mã p0002)',
    kind: 'summoned',
  });
  const { alarms, lines } = check();
  expect(alarms).toEqual(['journal_missing', 'row_damaged']);
  expect(JSON.stringify(lines)).not.toContain('p0002');
  expect(hall.store.findDamages()).toContainEqual({ table: 'person', key: 'p0002', what: 'row' });
});

test('what was found stays named after the next restart, and the bytes stay as they were', () => {
  const read = () => {
    const db = new Database(hall.file, { readonly: true });
    const body = db.prepare(`SELECT body FROM person WHERE id = 'p0002'`).pluck().get();
    db.close();
    return body;
  };
  let damaged: unknown;
  hall.reopen(() => {
    flipCell(hall.file, `SELECT body FROM person WHERE id = 'p0002'`);
    damaged = read();
  });
  hall.reopen(() => expect(read()).toEqual(damaged));
  expect(check().alarms).toEqual(['journal_missing', 'row_damaged']);
});

test('an event whose body cannot be opened keeps its person and its time', () => {
  const before = hall.store.attendance.listEvents(hall.morning);
  hall.reopen(() => flipCell(hall.file, 'SELECT body FROM attendance_event WHERE seq = 2'));
  const now = hall.store.attendance.listEvents(hall.morning);
  expect(now).toEqual(before.map((event) => (event.seq === 2 ? { ...event, body: {} } : event)));
  expect(check().alarms).toEqual(['journal_missing', 'chain_broken', 'row_damaged']);
  expect(hall.store.attendance.verifyChain()).toEqual({ ok: false, error: 'broken_chain', seq: 2 });
  expect(totals().came).toBe(3);
});

test('a column that nothing encrypts is found by the hash of its row', () => {
  hall.store.settings.recordAction(START, 'technician', 'a_command_of_this_test_alone', {});
  hall.reopen(() => flipCell(hall.file, 'SELECT type FROM action'));
  expect(check().alarms).toEqual(['journal_missing', 'row_damaged']);
  expect(hall.store.findDamages()).toEqual([{ table: 'action', key: '1', what: 'differs' }]);
});

test.each(['document', 'device_key'])('a damaged %s of another session stops nothing', (column) => {
  importOther();
  const before = totals();
  hall.reopen(() =>
    flipCell(
      hall.file,
      `SELECT ${column === 'document' ? 'substr(document, 1, 40)' : column} FROM session WHERE package_id = 'khac'`,
    ),
  );
  if (column === 'device_key') {
    expect(hall.store.sessions.listSessions().map((s) => s.packageId)).toEqual([PACKAGE]);
    expect(hall.store.sessions.listDamaged()).toEqual(['khac']);
  }
  expect(totals()).toEqual(before);
  expect(check().alarms).toEqual(['journal_missing', 'row_damaged']);
});

test('a damaged key of the session about to run: moved aside when its package is at hand, else a sentence', () => {
  const { document } = importOther();
  hall.reopen(() => flipCell(hall.file, `SELECT device_key FROM session WHERE package_id = 'khac'`));
  hall.store.close();
  const open = (found: FindOutcome | null) => openRecords({ file: hall.file, keys: hall.keys, found });
  const gone = open({ ok: true, read: null, packageId: 'khac' });
  expect(gone).toMatchObject({ ok: false, vi: expect.stringContaining('cắm USB'), exitStatus: 3 });
  const today = open({ ok: true, read: null, packageId: PACKAGE });
  expect(today).toMatchObject({ ok: true, quarantinedTo: null });
  if (today.ok) today.store.close();
  const read = { document, digest: 'ab', provenance: 'unsigned', keyId: null, signer: null } as never;
  const begun = open({ ok: true, read, before: null } as never);
  expect(begun).toMatchObject({ ok: true, quarantinedTo: expect.stringContaining('damaged-') });
  if (!begun.ok) return;
  expect(begun.store.sessions.listSessions()).toEqual([]);
  expect(readdirSync(begun.quarantinedTo!)).toContain('kiosk.db');
  hall.store = begun.store;
});

test(
  '56 flips of every kind of row and file: nothing throws, nothing is lost or silently wrong; without the second copy, it is',
  { timeout: 300_000 },
  async () => {
    const table = await runGate(flips, { from: 1_008, count: 56, control: false });
    expect(table.examples).toEqual([]);
    expect(holds(table)).toBe(true);
    expect(holds(await runGate(flips, { from: 1_008, count: 22, control: true }))).toBe(true);
  },
);

function importOther() {
  const document = { ...hall.packageOf(3), packageId: 'khac' };
  hall.store.sessions.importPackage({
    document,
    digest: randomBytes(32).toString('hex'),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  return { document };
}

test('a wrong bit in the formats that the head of the file names: the records are made again from their second copy', () => {
  // Of SQLite, and of this program (user_version).
  for (const at of [18, 19, 60, 61, 62, 63])
    for (let bit = 0; bit < 8; bit += 1) {
      const before = totals();
      hall.reopen(() => {
        const bytes = readFileSync(hall.file);
        bytes[at]! ^= 1 << bit;
        writeFileSync(hall.file, bytes);
      });
      expect(totals(), `byte ${at}, bit ${bit}`).toEqual(before);
    }
});
