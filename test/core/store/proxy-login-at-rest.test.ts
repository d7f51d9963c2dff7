import Database from 'better-sqlite3';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionPackage } from '../../../electron/contract/session-package.ts';
import { loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { clockAt, OLD_PACKAGE_FILE, oldFolder } from '../../support/old-data-folder.ts';

/** Name and password for a proxy, which a package of the province may bring, in records that older programs wrote. */

const LOGIN = 'xa-dong-xuan:mat-khau-cua-mang';
const PROXY = `http://${LOGIN}@proxy.vi-du.vn:3128/`;
const older = vi.hoisted(() => ({ program: false }));
/** What the program of the days between sealed documents and sealed passwords wrote. */
vi.mock(import('../../../electron/core/store/wordless-package.ts'), async (load) => {
  const now = await load();
  const withoutWords = (document: SessionPackage): SessionPackage => ({
    ...now.withoutWords(document),
    ...(older.program ? { delivery: document.delivery } : {}),
  });
  return { ...now, withoutWords };
});

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-proxy-'));
  cpSync(path.join(path.dirname(OLD_PACKAGE_FILE), 'session'), dir, { recursive: true });
});
afterEach(() => {
  older.program = false;
  rmSync(dir, { recursive: true, force: true });
});

function open(): Store {
  const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: false });
  if (!keys.ok) throw new Error(keys.sentence);
  const { databaseKey, indexKey, device } = keys.value;
  const opened = Store.open({
    file: path.join(dir, 'kiosk.db'),
    keys: { kek: databaseKey, index: indexKey, device: device.privateKey },
    clock: clockAt(oldFolder.closedAt),
  });
  if (!opened.ok || opened.quarantinedTo !== null) throw new Error('the older folder does not open');
  return opened.store;
}

/** Files of the records in which the password can be read. */
const findClear = () =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes('mat-khau-cua-mang'));

test('a folder whose documents stand in clear: the password is sealed with them', () => {
  const db = new Database(path.join(dir, 'kiosk.db'));
  db.prepare(`UPDATE session SET document = json_set(document, '$.delivery.proxy', ?)`).run(PROXY);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  expect(findClear()).not.toEqual([]);
  const store = open();
  expect(store.sessions.getSession(oldFolder.packageId)?.document.delivery.proxy).toBe(PROXY);
  expect(findClear()).toEqual([]);
  store.close();
  expect(findClear()).toEqual([]);
});

test('a folder whose documents are sealed and whose password is not: it is taken out of the clear part, once', () => {
  older.program = true;
  const before = open();
  const { document } = before.sessions.getSession(oldFolder.packageId)!;
  before.sessions.writeDocument(oldFolder.packageId, { ...document, delivery: { ...document.delivery, proxy: PROXY } });
  before.close();
  expect(findClear()).not.toEqual([]);
  older.program = false;
  const store = open();
  const session = store.sessions.getSession(oldFolder.packageId);
  expect(session?.document.delivery).toEqual({ ...document.delivery, proxy: PROXY });
  expect(store.settings.listMarks(oldFolder.packageId)).toEqual([]);
  expect(findClear()).toEqual([]);
  store.close();
  expect(findClear()).toEqual([]);
  const db = new Database(path.join(dir, 'kiosk.db'), { readonly: true });
  const clear = db.prepare('SELECT document FROM session').pluck().get();
  db.close();
  expect(JSON.parse(String(clear))).toMatchObject({ delivery: { proxy: 'http://proxy.vi-du.vn:3128/' } });
  // The next start finds nothing to do.
  const again = open();
  expect(again.sessions.getSession(oldFolder.packageId)?.document.delivery.proxy).toBe(PROXY);
  again.close();
});
