import Database from 'better-sqlite3';
import canonicalize from 'canonicalize';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { journalOf } from '../../../electron/core/store/database.ts';
import { signIn } from '../../support/enter.ts';
import { oldFolder, openOldFolder } from '../../support/old-data-folder.ts';
import { createStoredHall, MINUTE, type StoredHall } from '../../support/stored-hall.ts';

/** Heads of the log, signed while it grows. */

let hall: StoredHall;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
beforeEach(() => {
  hall = createStoredHall(8);
  hall.keys.device = privateKey;
  hall.reopen();
  hall.step(hall.morning, 'open', 'live');
});
afterEach(() => hall.close());

const occasions = () => hall.store.heads.list(hall.morning).map(({ occasion, events }) => [occasion, events]);

test('at each step of a roll call, at the end, and each minute in which something was written', () => {
  const minute = (): void => {
    hall.clock.now += MINUTE;
    hall.store.sittings.recordSignOfLife(hall.morning, hall.clock.now);
  };
  signIn(hall.store, hall.morning, 'p0001');
  minute();
  minute();
  signIn(hall.store, hall.morning, 'p0002');
  minute();
  const secretary = hall.secretary(hall.morning);
  secretary.openRollCall('Giữa giờ');
  hall.step(hall.morning, 'ended');
  expect(occasions()).toEqual([
    ['minute', 1],
    ['minute', 2],
    ['roll_call', 2],
    ['end', 2],
  ]);
  expect(hall.store.heads.findBroken()).toBeNull();
});

test('anybody with the public key can check them, by the fields that stand in the report', () => {
  signIn(hall.store, hall.morning, 'p0001');
  hall.store.heads.sign(hall.morning, 'sealing');
  const [{ signature, at, ...rest }] = hall.store.heads.list(hall.morning) as [never] as [
    { signature: string; at: number },
  ];
  const text = `kiosk-log-head-v1\n${canonicalize({ ...rest, at: new Date(at).toISOString() })}`;
  expect(verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
});

test('a log that was cut behind a signed head is found, although nothing else is left to compare with', () => {
  for (const id of ['p0001', 'p0002', 'p0003']) signIn(hall.store, hall.morning, id);
  hall.store.heads.sign(hall.morning, 'minute');
  hall.reopen(() => {
    const db = new Database(hall.file);
    db.exec(`PRAGMA foreign_keys = OFF; DROP TRIGGER attendance_event_no_delete; DELETE FROM presence WHERE seq = 3;
      DELETE FROM attendance_event WHERE seq = 3; DELETE FROM change;
      DELETE FROM meta WHERE key = 'journal_generation'`);
    db.close();
    rmSync(journalOf(hall.file));
  });
  expect(hall.store.attendance.verifyChain()).toMatchObject({ ok: true, events: 2 });
  expect(hall.store.verifyLog()).toEqual({ ok: false, error: 'broken_chain', seq: 3 });
});

test('the head of the rows of an older program is signed once', () => {
  const old = openOldFolder();
  try {
    const { events, head } = oldFolder.log;
    expect(old.store.trust.findings).toMatchObject({ keyedFrom: events + 1, brokenAt: null, journal: 'begun' });
    const heads = old.store.heads.list(oldFolder.sittings[0].id);
    expect(heads).toMatchObject([{ occasion: 'migration', events, head }]);
    const key = createPublicKey(old.keys.device.privateKey);
    const { signature, at, ...rest } = heads[0]!;
    const text = `kiosk-log-head-v1\n${canonicalize({ ...rest, at: new Date(at).toISOString() })}`;
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))).toBe(true);
  } finally {
    old.close();
  }
});

test('the example in the guide of the province verifies as the guide says, and in no other way', () => {
  const guide = readFileSync(
    path.resolve(import.meta.dirname, '../../../electron/core/delivery/PROVINCE-GUIDE.md'),
    'utf8',
  );
  const example: unknown = JSON.parse(/```json signed-head\n([\s\S]*?)\n```/u.exec(guide)?.[1] ?? '');
  const { jwk, signedHead } = z
    .object({
      jwk: z.looseObject({ kty: z.string() }),
      signedHead: z.object({
        at: z.string(),
        occasion: z.string(),
        events: z.number(),
        head: z.string(),
        signature: z.string(),
      }),
    })
    .parse(example);
  const { signature, ...covered } = signedHead;
  const text = `kiosk-log-head-v1\n${canonicalize(covered)}`;
  expect(/```text\n([\s\S]*?)\n```/u.exec(guide.slice(guide.indexOf('json signed-head')))?.[1]).toBe(text);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const verifies = (of: string) => verify(null, Buffer.from(of, 'utf8'), key, Buffer.from(signature, 'base64url'));
  expect(verifies(text)).toBe(true);
  expect(verifies(text.replace('"events":3', '"events":2'))).toBe(false);
});
