import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AttendanceStore } from '../../../electron/core/store/attendance-store.ts';
import { systemClock } from '../../../electron/core/store/clock.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { Damages } from '../../../electron/core/store/damages.ts';
import { FieldCipher } from '../../../electron/core/store/field-cipher.ts';
import { FreeTexts } from '../../../electron/core/store/free-texts.ts';
import { SpaceReserve } from '../../../electron/core/store/reserve.ts';
import { SessionCiphers } from '../../../electron/core/store/session-ciphers.ts';
import { SessionStore } from '../../../electron/core/store/session-store.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { signIn } from '../../support/enter.ts';
import { makePackage } from '../../support/make-package.ts';
import { createSmallDisk, NO_SMALL_DISK, type SmallDisk } from '../../support/small-disk.ts';

const keys = { kek: randomBytes(32), index: randomBytes(32) };
const jwk = { kty: 'OKP' as const, x: 'A'.repeat(43) };
const provinceKeys = {
  keys: { receiptPublicJwk: { ...jwk, crv: 'Ed25519' as const }, reportPublicJwk: { ...jwk, crv: 'X25519' as const } },
};

function open(dir: string): Store {
  const opened = Store.open({ file: path.join(dir, 'kiosk.db'), keys });
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  return opened.store;
}

/** An open sitting of 300 people. */
function openSitting(store: Store): string {
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 300 });
  store.sessions.importPackage({
    document,
    digest: 'a'.repeat(64),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  const sitting = store.sittings.listSittings(document.packageId)[0]!;
  store.sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: Date.now() });
  return sitting.id;
}

/** Signs in until the disk refuses. */
function signInUntilFull(store: Store, sittingId: string, people: string[]): number {
  for (const [done, id] of people.entries()) {
    try {
      signIn(store, sittingId, id);
    } catch {
      return done;
    }
  }
  return people.length;
}

function withSmallDisk(sizeMib: number, body: (disk: SmallDisk) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const disk = createSmallDisk(sizeMib);
    if (!disk) return void process.stdout.write(`${NO_SMALL_DISK}\n`);
    try {
      await body(disk);
    } finally {
      disk.remove();
    }
  };
}

test('a sign-in that meets a full disk goes through when room is made, with its chain whole', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-full-'));
  const opened = openDatabase(path.join(dir, 'kiosk.db'));
  if (!opened.ok) throw new Error(opened.error);
  const { db } = opened;
  const cipher = new FieldCipher(randomBytes(32));
  let asked = 0;
  const attendance = new AttendanceStore({
    db,
    clock: systemClock(),
    cipherOf: () => cipher,
    texts: new FreeTexts(new SessionCiphers(db, randomBytes(32)), new Damages()),
    people: { addPerson: () => undefined },
    makeRoom: () => {
      asked += 1;
      db.pragma('max_page_count = 1000000');
      return asked === 1;
    },
    damages: new Damages(),
    heads: { sign: () => undefined },
  });
  db.exec(`PRAGMA foreign_keys = OFF; INSERT INTO sitting
    (id, package_id, plan_id, ordinal, title, state, opens_at, starts_at, ends_at, grace_ms, report_id)
    VALUES ('s', 'p', 'a', 0, 't', 'open', 0, 0, 9e15, 0, 'r')`);
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  for (let i = 0; i < 200; i += 1) expect(signIn({ attendance }, 's', `p${i}`)).toMatchObject([{ seq: i + 1 }]);
  expect(asked).toBe(1);
  expect(attendance.verifyChain()).toMatchObject({ ok: true, events: 200 });
  db.close();
  rmSync(dir, { recursive: true });
});

test(
  'the reserve takes space where there is plenty, gives it back once, and is made again',
  withSmallDisk(40, async (disk) => {
    const file = path.join(disk.folder, 'reserve.bin');
    const reserve = new SpaceReserve(file);
    await reserve.keep();
    expect(statSync(file).size).toBe(8 * 1024 * 1024);
    disk.fill();
    expect(reserve.giveUp()).toBe(true);
    expect(reserve.giveUp()).toBe(false);
    await reserve.keep();
    expect(existsSync(file)).toBe(false);
    disk.free();
    await reserve.keep();
    expect(statSync(file).size).toBe(8 * 1024 * 1024);
  }),
);

test(
  'on a small disk no reserve is made',
  withSmallDisk(12, async (disk) => {
    const file = path.join(disk.folder, 'reserve.bin');
    await new SpaceReserve(file).keep();
    expect(existsSync(file)).toBe(false);
  }),
);

test(
  'when something fills the disk the hall goes on signing in from the reserve, through a restart too',
  withSmallDisk(40, async (disk) => {
    await new SpaceReserve(path.join(disk.folder, 'reserve.bin')).keep();
    let store = open(disk.folder);
    const sittingId = openSitting(store);
    const people = store.people.listPeople('hn-2026-thu').map((p) => p.id);
    disk.fill();
    expect(signInUntilFull(store, sittingId, people.slice(0, 150))).toBe(150);
    store.close();
    store = open(disk.folder);
    expect(signInUntilFull(store, sittingId, people.slice(150))).toBe(150);
    expect(store.attendance.verifyChain()).toMatchObject({ ok: true, events: 300 });
    store.close();
  }),
);

test(
  'a disk that is full to the last byte, without a reserve: refused sign-ins leave no trace, the database opens again, and space lets it go on',
  withSmallDisk(12, (disk) => {
    let store = open(disk.folder);
    const sittingId = openSitting(store);
    const people = store.people.listPeople('hn-2026-thu').map((p) => p.id);
    disk.fill();
    const done = signInUntilFull(store, sittingId, people);
    expect(done).toBeLessThan(300);
    disk.fill();
    store.close();
    disk.fill();
    store = open(disk.folder);
    expect(store.attendance.verifyChain()).toMatchObject({ ok: true, events: done });
    disk.fill();
    disk.free();
    expect(signInUntilFull(store, sittingId, people.slice(done))).toBe(300 - done);
    expect(store.attendance.verifyChain()).toMatchObject({ ok: true, events: 300 });
    store.close();
    const db = new Database(path.join(disk.folder, 'kiosk.db'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  }),
);
