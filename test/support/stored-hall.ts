import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SessionPackage } from '../../electron/contract/session-package.ts';
import type { SittingState } from '../../electron/contract/sitting.ts';
import { Register } from '../../electron/core/attendance/register.ts';
import { Secretary } from '../../electron/core/attendance/secretary.ts';
import { SessionStore } from '../../electron/core/store/session-store.ts';
import { Store, type StoreKeys } from '../../electron/core/store/store.ts';
import { makePackage } from './make-package.ts';

const KEY = 'A'.repeat(43);
const provinceKeys = {
  keys: {
    receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: KEY },
    reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: KEY },
  },
};
export const MINUTE = 60_000;
/** When the first sitting starts: 07:30 in Vietnam. */
export const START = Date.UTC(2026, 10, 20, 0, 30);

/** A store with a package of two sittings of a day, and the rooms of attendance around it; no core, no network. */
export interface StoredHall {
  store: Store;
  file: string;
  keys: StoreKeys;
  /** What the PC's clock says, epoch milliseconds; to be set. */
  clock: { now: number };
  morning: string;
  afternoon: string;
  /** A package with the roster of `people` invented delegates. */
  packageOf(people: number, overrides?: Record<string, unknown>): SessionPackage;
  importPackage(document: SessionPackage): ReturnType<Store['sessions']['importPackage']>;
  step(sittingId: string, ...states: SittingState[]): void;
  register(sittingId: string): Register;
  secretary(sittingId: string): Secretary;
  /** Closes and opens the database; `between` may read the file. */
  reopen(between?: () => void): void;
  close(): void;
}

export function createStoredHall(people = 6): StoredHall {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-hall-'));
  const file = path.join(dir, 'kiosk.db');
  const keys = { kek: randomBytes(32), index: randomBytes(32) };
  const clock = { now: START };
  let issues = 0;
  const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();
  const open = (): Store => {
    const stamp = () => ({ wallMs: clock.now, monoMs: clock.now - START + 10_000_000, bootId: 'b' });
    const opened = Store.open({ file, keys, clock: { now: () => clock.now, stamp } });
    if (!opened.ok) throw new Error(opened.error);
    return opened.store;
  };
  const hall: StoredHall = {
    store: open(),
    file,
    keys,
    clock,
    morning: 'hn-2026-thu/sang',
    afternoon: 'hn-2026-thu/chieu',
    packageOf: (count, overrides = {}) => {
      issues += 1;
      const sittings = [
        { id: 'sang', title: 'Buổi sáng', opensAt: at(-60), startsAt: at(0), endsAt: at(240), sources: [] },
        { id: 'chieu', title: 'Buổi chiều', opensAt: at(330), startsAt: at(360), endsAt: at(570), sources: [] },
      ];
      const issuedAt = new Date(START - 1_000_000 + issues).toISOString();
      return makePackage(provinceKeys, 'http://127.0.0.1:1', {
        now: START,
        people: count,
        overrides: { sittings, issuedAt, ...overrides },
      });
    },
    importPackage: (document) =>
      hall.store.sessions.importPackage({
        document,
        digest: randomBytes(32).toString('hex'),
        provenance: 'unsigned',
        keyId: null,
        dataKey: SessionStore.makeDataKey(),
        provinceKey: null,
      }),
    step: (sittingId, ...states) => {
      for (const to of states) {
        const from = hall.store.sittings.getSitting(sittingId)?.state;
        const patch = to === 'open' ? { openedAt: clock.now } : to === 'ended' ? { endedAt: clock.now } : {};
        if (!from || !hall.store.sittings.recordStep(sittingId, from, to, patch)) throw new Error(`no step to ${to}`);
      }
    },
    register: (sittingId) => {
      const sitting = hall.store.sittings.getSitting(sittingId);
      if (!sitting) throw new Error(`${sittingId} is not stored`);
      return new Register(hall.store, sitting.packageId, sitting);
    },
    secretary: (sittingId) => new Secretary(hall.store, hall.register(sittingId), () => null),
    reopen: (between) => {
      hall.store.close();
      between?.();
      hall.store = open();
    },
    close: () => {
      hall.store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  hall.importPackage(hall.packageOf(people));
  return hall;
}
