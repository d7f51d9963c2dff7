import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { loadDeviceKeys, type DeviceKeys } from '../../electron/core/access/device-keys.ts';
import type { Clock } from '../../electron/core/store/clock.ts';
import { Store } from '../../electron/core/store/store.ts';

const FIXTURE = path.resolve(import.meta.dirname, '../fixtures/data-folder/f4b1441');

const Totals = z.record(z.string(), z.number());
const Status = z.looseObject({
  personId: z.string(),
  status: z.string(),
  arrivedAt: z.number().nullable(),
  lateMinutes: z.number(),
  leftAt: z.number().nullable(),
  method: z.string().nullable(),
  reason: z.string().nullable(),
  confirmed: z.array(z.string()),
});
const Sitting = z.looseObject({
  id: z.string(),
  state: z.string(),
  reportId: z.string(),
  events: z.number(),
  totals: Totals,
  statuses: z.record(z.string(), Status),
  rollCalls: z.array(z.looseObject({ id: z.string(), title: z.string(), closedAt: z.number().nullable() })),
  headCount: z.unknown(),
});
const Expected = z.object({
  closedAt: z.number(),
  packageId: z.string(),
  packageDigest: z.string(),
  sittings: z.tuple([Sitting, Sitting]),
  people: z.array(z.looseObject({ id: z.string() })),
  added: z.record(z.enum(['guest', 'supervisor', 'substitute', 'walkIn', 'withdrawn']), z.string()),
  withdrawn: z.array(z.string()),
  log: z.object({ events: z.number(), head: z.string() }),
  report: z.object({ reportId: z.string(), revision: z.number(), sha256: z.string(), bytes: z.number() }),
  outbox: z.array(z.looseObject({ reportId: z.string(), state: z.string(), nextAttemptAt: z.number().nullable() })),
});

/** What the code that wrote the folder made of it: written beside it by that code. */
export const oldFolder = Expected.parse(JSON.parse(readFileSync(path.join(FIXTURE, 'expected.json'), 'utf8')));

/** The file the session was imported from. */
export const OLD_PACKAGE_FILE = path.join(FIXTURE, 'session-package.json');
/** Private and public keys of the province of that session. */
export const OLD_PROVINCE_KEYS_FILE = path.join(FIXTURE, 'province-keys.json');

/** A clock that stands still at a moment of the day the folder was written; epoch milliseconds. */
export function clockAt(ms: number): Clock {
  return { now: () => ms, stamp: () => ({ wallMs: ms, monoMs: 1_000, bootId: 'boot-of-the-test' }) };
}

export interface OpenedFolder {
  /** A data folder as `--data` names it: it holds `session/`. */
  dataDir: string;
  store: Store;
  keys: DeviceKeys;
  close(): void;
}

/** Copies the folder an older version wrote and opens the copy; `close` removes it. */
export function openOldFolder(clock: Clock = clockAt(oldFolder.closedAt)): OpenedFolder {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-old-'));
  cpSync(path.join(FIXTURE, 'session'), path.join(dataDir, 'session'), { recursive: true });
  const keys = loadDeviceKeys(path.join(dataDir, 'session', 'keys'), { mayCreate: false });
  if (!keys.ok) throw new Error(keys.sentence);
  const opened = Store.open({
    file: path.join(dataDir, 'session', 'kiosk.db'),
    keys: { kek: keys.value.databaseKey, index: keys.value.indexKey, device: keys.value.device.privateKey },
    clock,
  });
  if (!opened.ok) throw new Error(opened.error);
  if (opened.quarantinedTo !== null) throw new Error('the old database was taken for a damaged one');
  return {
    dataDir,
    store: opened.store,
    keys: keys.value,
    close: () => {
      opened.store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
