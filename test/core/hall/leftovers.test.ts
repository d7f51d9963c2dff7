import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PublicJwk } from '../../../electron/contract/common.ts';
import { loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';
import { sealLeftovers } from '../../../electron/core/hall/leftovers.ts';
import { importPackage } from '../../../electron/core/provisioning/import-package.ts';
import { HallClock } from '../../../electron/core/sitting/hall-clock.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { makePackage } from '../../support/make-package.ts';

/** A sitting of an earlier session was left open; its time is not over, and the clock of the PC is set. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 1_440 * MINUTE;
const START = Date.UTC(2026, 10, 20, 0, 30);
/** End and grace of the sitting, after START. */
const OVER_MS = 60 * MINUTE;
const PACKAGE = 'hn-2026-thu';
const SITTING = `${PACKAGE}/sang`;
const keyOf = (type: 'ed25519' | 'x25519'): PublicJwk => {
  const { publicKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return PublicJwk.parse(publicKey.export({ format: 'jwk' }));
};

let dir = '';
let store: Store;
/** The PC: its clock, time since the boot, and which boot. */
let pc: { wall: number; mono: number; boot: string };

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'leftovers-'));
  pc = { wall: START, mono: 10 * MINUTE, boot: 'first' };
  const clock = {
    now: () => pc.wall,
    stamp: () => ({ wallMs: pc.wall, monoMs: pc.mono, bootId: pc.boot }),
  };
  const opened = Store.open({
    file: path.join(dir, 'kiosk.db'),
    keys: { kek: randomBytes(32), index: randomBytes(32) },
    clock,
  });
  if (!opened.ok) throw new Error(opened.error);
  ({ store } = opened);
  const at = (ms: number) => new Date(START + ms).toISOString();
  const document = makePackage(
    { keys: { receiptPublicJwk: keyOf('ed25519'), reportPublicJwk: keyOf('x25519') } },
    'http://127.0.0.1:1',
    {
      people: 2,
      sitting: { opensAt: at(-MINUTE), startsAt: at(0), endsAt: at(OVER_MS - MINUTE), endGraceMinutes: 1 },
    },
  );
  const imported = await importPackage(store, {
    document,
    provenance: 'unsigned',
    keyId: null,
    digest: 'a'.repeat(64),
  });
  if (!imported.ok) throw new Error(imported.sentence);
  store.sittings.recordStep(SITTING, 'prepared', 'open', { openedAt: START });
  store.sittings.recordSignOfLife(SITTING, START);
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

const pass = (ms: number): void => {
  pc.wall += ms;
  pc.mono += ms;
};
const stateNow = () => store.sittings.getSitting(SITTING)?.state;

/** A hall was in the sitting in this boot, until it was left for another package. */
const wasInHall = (): void =>
  void new HallClock(store.clock, store.settings).tick({ running: true, centreOffsetMs: null });

/** Looks after what was left behind; `look` lets time pass and has it look again, as its timer would. */
function follow() {
  const keys = loadDeviceKeys(path.join(dir, 'keys'));
  if (!keys.ok) throw new Error(keys.sentence);
  const failed: unknown[] = [];
  const timers: (() => void)[] = [];
  const leftovers = sealLeftovers({
    store,
    currentPackageId: null,
    sealer: { deviceKey: keys.value.device, app: 'test', firstAttemptAt: (endedAt) => endedAt },
    onSealed: () => undefined,
    onFailed: (cause) => failed.push(cause),
    after: (_, run) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  });
  return {
    /** Ms pass awake, five seconds at a time. */
    look(ms: number): void {
      for (let left = ms; left > 0; left -= 5 * SECOND) {
        pass(5 * SECOND);
        for (const run of timers.splice(0)) run();
      }
    },
    async settle(): Promise<void> {
      await leftovers.settled();
      expect(failed).toEqual([]);
    },
    isWaiting: () => timers.length > 0,
    stop: () => leftovers.stop(),
  };
}

/** How the sitting stands after the first time, ms, and after the second one as well. */
async function listStates(leftovers: ReturnType<typeof follow>, firstMs: number, laterMs: number) {
  const states = [];
  for (const ms of [firstMs, laterMs]) {
    leftovers.look(ms);
    await leftovers.settle();
    states.push(stateNow());
  }
  return states;
}

test.each([1, 5, 60, 24 * 60, 365 * 24 * 60].map((minutes) => minutes * MINUTE))(
  'a clock that is set %i ms ahead ends no sitting before its time has passed',
  async (stepMs) => {
    wasInHall();
    const leftovers = follow();
    leftovers.look(MINUTE);
    pc.wall += stepMs;
    expect(await listStates(leftovers, OVER_MS - 2 * MINUTE, 2 * MINUTE)).toEqual(['open', 'sealed']);
    expect(leftovers.isWaiting()).toBe(false);
    await leftovers.stop();
  },
);

test('nor does one that was set before the first look, in a boot in which the hall relied on it', async () => {
  wasInHall();
  pc.wall += DAY;
  const leftovers = follow();
  expect(await listStates(leftovers, OVER_MS - MINUTE, 2 * MINUTE)).toEqual(['open', 'sealed']);
  await leftovers.stop();
});

test('nor does one that is set while the hall is in a sitting of another package, which began after the first look', async () => {
  pc = { wall: START + MINUTE, mono: MINUTE, boot: 'second' };
  const leftovers = follow();
  leftovers.look(MINUTE);
  wasInHall();
  leftovers.look(MINUTE);
  pc.wall += DAY;
  leftovers.look(10 * MINUTE);
  await leftovers.settle();
  expect(stateNow()).toBe('open');
  leftovers.look(OVER_MS);
  await leftovers.settle();
  expect(stateNow()).toBe('sealed');
  await leftovers.stop();
});

test('a time that the hall has confirmed by the centre counts here too', async () => {
  pc = { wall: START - DAY, mono: MINUTE, boot: 'second' };
  const hall = new HallClock(store.clock, store.settings);
  hall.tick({ running: true, centreOffsetMs: null });
  const leftovers = follow();
  leftovers.look(MINUTE);
  pc.wall += 2 * DAY;
  hall.tick({ running: true, centreOffsetMs: null });
  leftovers.look(10 * MINUTE);
  await leftovers.settle();
  expect(stateNow()).toBe('open');
  hall.tick({ running: true, centreOffsetMs: 1_000 });
  leftovers.look(5 * SECOND);
  await leftovers.settle();
  expect(stateNow()).toBe('sealed');
  await leftovers.stop();
});

test('after a new boot, with the time over, it is ended at once, with its last sign of life', async () => {
  wasInHall();
  pc = { wall: START + DAY, mono: MINUTE, boot: 'second' };
  const leftovers = follow();
  await leftovers.settle();
  expect(store.sittings.getSitting(SITTING)).toMatchObject({ state: 'sealed', endedAt: START });
  await leftovers.stop();
});

test('a clock that began behind and was set right is believed after it has stood for two minutes', async () => {
  wasInHall();
  pc = { wall: START - DAY, mono: MINUTE, boot: 'second' };
  const leftovers = follow();
  leftovers.look(MINUTE);
  pc.wall += 2 * DAY;
  expect(await listStates(leftovers, MINUTE, 2 * MINUTE)).toEqual(['open', 'sealed']);
  await leftovers.stop();
});

test('a clock that is set back holds a sitting open until it says again that its time is over', async () => {
  wasInHall();
  const leftovers = follow();
  leftovers.look(MINUTE);
  pc.wall -= 10 * MINUTE;
  expect(await listStates(leftovers, OVER_MS, 10 * MINUTE)).toEqual(['open', 'sealed']);
  await leftovers.stop();
});

test('what is stopped looks no more', async () => {
  const leftovers = follow();
  expect(leftovers.isWaiting()).toBe(true);
  await leftovers.stop();
  expect(leftovers.isWaiting()).toBe(false);
});
