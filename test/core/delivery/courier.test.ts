import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DeliveryStatus } from '../../../electron/contract/delivery.ts';
import { createCourier } from '../../../electron/core/delivery/courier.ts';
import type { CourierDeps } from '../../../electron/core/delivery/courier.ts';
import type { ReturnCheck, TryOutcome } from '../../../electron/core/delivery/province-client.ts';
import { checkReturn, sendOnce } from '../../../electron/core/delivery/province-client.ts';
import { defaultPolicy } from '../../../electron/core/delivery/schedule.ts';
import { createMemoryOutbox } from '../../support/memory-outbox.ts';
import { withProvince } from '../../support/province.ts';
import { correctedBy } from '../../support/sample-report.ts';
import { createSimulatedClock } from '../../support/simulated-clock.ts';

const NOW = Date.parse('2026-02-07T04:30:00Z');
const REPORT = '019c3581-6b40-7995-8c7f-5997dcae3a0e';
const BYTES = Buffer.from('sealed');
const SEALED = {
  reportId: REPORT,
  revision: 1,
  bytes: BYTES,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
};
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const HTTP = { unreachable: null, busy: 503, conflict: 409, refused: 422 } as const;
const failed = (failure: keyof typeof HTTP, retryAfterMs: number | null = null): TryOutcome => ({
  ok: false,
  failure,
  cause: failure === 'unreachable' ? 'refused' : null,
  httpStatus: HTTP[failure],
  retryAfterMs,
  detail: failure,
});
const delivered = (revision = 1): TryOutcome => ({
  ok: true,
  httpStatus: 201,
  receiptJws: 'a.b.c',
  receipt: {
    format: 'report-receipt/1',
    reportId: REPORT,
    revision,
    sha256: SEALED.sha256,
    receivedAt: new Date(NOW).toISOString(),
    serial: `S-${revision}`,
  },
});

function bed(
  answers: (revision: number, at: number) => TryOutcome | Promise<TryOutcome>,
  more: Partial<CourierDeps> = {},
) {
  const clock = createSimulatedClock(NOW);
  const outbox = createMemoryOutbox();
  const tries: { revision: number; at: number }[] = [];
  const seen: DeliveryStatus[] = [];
  const faults: unknown[] = [];
  const deps: CourierDeps = {
    outbox,
    clock,
    random: () => 0.5,
    policy: defaultPolicy(10 * MINUTE),
    onChange: (status) => seen.push(status),
    onError: (cause) => faults.push(cause),
    send: async ({ revision }) => {
      tries.push({ revision, at: clock.now() - NOW });
      return answers(revision, clock.now());
    },
    ...more,
  };
  return { clock, outbox, tries, seen, faults, deps, courier: createCourier(deps) };
}

test('a report goes at its moment, is seen as sending, and ends as delivered', async () => {
  const { clock, outbox, tries, seen, courier } = bed(() => delivered());
  outbox.add(SEALED, NOW + 5 * MINUTE);
  courier.start();
  await clock.runUntil(NOW + 5 * MINUTE - 1);
  expect(tries).toEqual([]);
  expect(outbox.status(SEALED).state).toBe('waiting');
  await clock.runUntil(NOW + 5 * MINUTE);
  expect(tries).toEqual([{ revision: 1, at: 5 * MINUTE }]);
  expect(seen.map((s) => s.state)).toEqual(['sending', 'delivered']);
  expect(outbox.status(SEALED)).toMatchObject({
    state: 'delivered',
    attempts: 1,
    receiptSerial: 'S-1',
    nextAttemptAt: null,
  });
  await clock.runUntil(NOW + DAY);
  expect(tries).toHaveLength(1);
  await courier.stop();
});

test('failures are retried ever more slowly up to the cap, and never given up', async () => {
  const { clock, outbox, tries, courier } = bed(() => failed('unreachable'));
  outbox.add(SEALED, NOW);
  courier.start();
  await clock.runUntil(NOW + 3 * DAY);
  const waits = tries.slice(1).map((t, i) => t.at - tries[i]!.at);
  expect(waits.slice(0, 9)).toEqual([2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 450_000]);
  expect(new Set(waits.slice(9))).toEqual(new Set([450_000]));
  expect(tries.length).toBeGreaterThan(500);
  expect(outbox.status(SEALED)).toMatchObject({ state: 'waiting', lastFailure: 'unreachable', attempts: tries.length });
  await courier.stop();
});

test('a try that a crash cut short counts as failed: the next start waits, sends again and shows no success in between', async () => {
  const hanging = bed(() => new Promise<TryOutcome>(() => {}));
  hanging.outbox.add(SEALED, NOW);
  hanging.courier.start();
  await hanging.clock.runUntil(NOW + MINUTE);
  expect(hanging.outbox.status(SEALED)).toMatchObject({ state: 'sending', attempts: 1 });

  const { clock, tries, courier } = bed(() => delivered(), { outbox: hanging.outbox });
  clock.set(NOW + 2 * MINUTE);
  courier.start();
  expect(hanging.outbox.status(SEALED)).toMatchObject({ state: 'waiting', attempts: 1 });
  await clock.runUntil(NOW + 2 * MINUTE + 29_999);
  expect(tries).toEqual([]);
  await clock.runUntil(NOW + 2 * MINUTE + 30_000);
  expect(hanging.outbox.status(SEALED)).toMatchObject({ state: 'delivered', attempts: 2 });
  await courier.stop();
});

test('a start before the stored moment does not hurry', async () => {
  const { clock, outbox, tries, courier } = bed(() => delivered());
  outbox.add(SEALED, NOW + 9 * MINUTE);
  courier.start();
  await clock.runUntil(NOW + 8 * MINUTE);
  expect(tries).toEqual([]);
  await clock.runUntil(NOW + 9 * MINUTE);
  expect(tries).toHaveLength(1);
  await courier.stop();
});

test('"send now" sends at once, even a parked one', async () => {
  const { clock, outbox, tries, courier } = bed(() => failed('conflict'));
  outbox.add(SEALED, NOW + 9 * MINUTE);
  courier.start();
  courier.sendNow();
  await clock.runUntil(NOW);
  expect(tries).toEqual([{ revision: 1, at: 0 }]);
  expect(outbox.status(SEALED)).toMatchObject({ state: 'waiting', lastFailure: 'conflict', lastHttpStatus: 409 });
  await clock.runUntil(NOW + 23 * 60 * MINUTE);
  expect(tries).toHaveLength(1);
  courier.sendNow();
  await clock.runUntil(NOW + 23 * 60 * MINUTE + 1);
  expect(tries).toHaveLength(2);
  await courier.stop();
});

test('when the network is back the waiting report goes within half a minute, but a province that asked for time keeps it', async () => {
  for (const [failure, expected] of [
    ['unreachable', 2],
    ['busy', 1],
  ] as const) {
    const { clock, outbox, tries, courier } = bed(() => failed(failure, failure === 'busy' ? 30 * MINUTE : null), {
      policy: { ...defaultPolicy(10 * MINUTE), baseMs: 15 * MINUTE },
    });
    outbox.add(SEALED, NOW);
    courier.start();
    courier.sendNow();
    await clock.runUntil(NOW + MINUTE);
    courier.networkBack();
    await clock.runUntil(NOW + 2 * MINUTE);
    expect(tries).toHaveLength(expected);
    await courier.stop();
  }
});

test.each(['conflict', 'refused'] as const)(
  'the second revision waits for the first, but not behind one that the province answers with "%s"',
  async (lasting) => {
    let first: TryOutcome = failed('unreachable');
    const { clock, outbox, tries, courier } = bed((revision) => (revision === 1 ? first : delivered(2)));
    outbox.add(SEALED, NOW + 1);
    outbox.add({ ...SEALED, revision: 2 }, NOW + 2);
    courier.start();
    await clock.runUntil(NOW + MINUTE);
    expect(tries.every((t) => t.revision === 1)).toBe(true);
    expect(outbox.status({ reportId: REPORT, revision: 2 })).toMatchObject({ waitsFor: 1, nextAttemptAt: null });
    first = failed(lasting);
    await clock.runUntil(NOW + 10 * MINUTE);
    expect(outbox.status({ reportId: REPORT, revision: 2 }).state).toBe('delivered');
    expect(outbox.status(SEALED)).toMatchObject({ state: 'waiting', lastFailure: lasting });
    // Never given up, and no longer in a hurry: the province has what counts.
    await clock.runUntil(NOW + 2 * DAY);
    const before = tries.length;
    await clock.runUntil(NOW + 12 * DAY);
    expect(tries.length - before).toBeGreaterThanOrEqual(8);
    expect(tries.length - before).toBeLessThanOrEqual(11);
    await courier.stop();
  },
);

test('revision 2 is taken though revision 1 never was, over real HTTP, and revision 1 may still follow', () =>
  withProvince({}, async (province) => {
    let refusing = true;
    const clock = createSimulatedClock(NOW);
    const outbox = createMemoryOutbox();
    const first = await province.seal();
    const { reportId } = first;
    const second = await province.seal({ revision: 2, amendment: correctedBy('A', 'Sửa') }, { reportId });
    outbox.add(first, NOW);
    outbox.add(second, NOW);
    const courier = createCourier({
      outbox,
      clock,
      random: () => 0.5,
      policy: defaultPolicy(MINUTE),
      send: async (request, signal) =>
        refusing && request.revision === 1
          ? failed('refused')
          : sendOnce({ ...request, endpoint: province.endpoint }, { ...province.client, signal }),
    });
    courier.start();
    const until = async (id: { reportId: string; revision: number }): Promise<void> => {
      for (let i = 0; outbox.status(id).state !== 'delivered'; i += 1) {
        if (i > 400) throw new Error(`revision ${id.revision} never delivered`);
        clock.step();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await until(second);
    expect(province.intake.listReports().map((r) => r.revision)).toEqual([2]);
    refusing = false;
    await until(first);
    expect(province.intake.listReports().map((r) => r.revision)).toEqual([2, 1]);
    await courier.stop();
  }));

test('damaged bytes never leave: they are made again, or the revision says that it is damaged and others go on', async () => {
  const other = { ...SEALED, reportId: REPORT.replace(/.$/, '0') };
  const sent: string[] = [];
  const whole = { bytes: Buffer.from('again'), sha256: createHash('sha256').update('again').digest('hex') };
  let mended: typeof whole | null = null;
  const { clock, outbox, courier } = bed(() => delivered(), {
    sealAgain: async () => mended,
    send: async ({ bytes, sha256 }) => {
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      sent.push(Buffer.from(bytes).toString());
      return delivered();
    },
  });
  outbox.add({ ...SEALED, bytes: Buffer.from('sealeD') }, NOW);
  outbox.add(other, NOW + 1);
  courier.start();
  courier.sendNow();
  await clock.runUntil(NOW + MINUTE);
  expect(sent).toEqual(['sealed']);
  expect(outbox.status(other).state).toBe('delivered');
  expect(outbox.status(SEALED)).toMatchObject({ state: 'waiting', lastFailure: 'damaged' });
  mended = whole;
  await clock.runUntil(NOW + 60 * MINUTE);
  expect(sent).toEqual(['sealed', 'again']);
  expect(outbox.status(SEALED).state).toBe('delivered');
  await courier.stop();
});

test('one try at a time', async () => {
  let under = 0;
  let most = 0;
  const { clock, outbox, courier } = bed(async () => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
    return delivered();
  });
  for (let i = 0; i < 10; i += 1) outbox.add({ ...SEALED, reportId: REPORT.replace(/.$/, String(i)) }, NOW);
  courier.start();
  courier.sendNow();
  courier.wake();
  while (outbox.listQueued().length > 0) await clock.runUntil(NOW);
  expect(most).toBe(1);
  await courier.stop();
});

test('a store that fails is reported and tried again later, without a storm', async () => {
  const memory = createMemoryOutbox();
  let broken = true;
  const outbox = {
    ...memory,
    recordAttemptBegan(began: Parameters<typeof memory.recordAttemptBegan>[0]) {
      if (broken) throw new Error('disk full');
      memory.recordAttemptBegan(began);
    },
  };
  const { clock, faults, tries, courier } = bed(() => delivered(), { outbox });
  memory.add(SEALED, NOW);
  courier.start();
  await clock.runUntil(NOW + 5 * MINUTE);
  expect(tries).toEqual([]);
  expect(faults.length).toBeGreaterThan(3);
  expect(faults.length).toBeLessThan(15);
  broken = false;
  await clock.runUntil(NOW + 6 * MINUTE);
  expect(memory.status(SEALED).state).toBe('delivered');
  await courier.stop();
});

test('a receipt that could not be stored is not "delivered", and the next try fetches it again', async () => {
  const memory = createMemoryOutbox();
  let broken = true;
  const outbox = {
    ...memory,
    recordReceipt(received: Parameters<typeof memory.recordReceipt>[0]) {
      if (broken) throw new Error('disk full');
      memory.recordReceipt(received);
    },
  };
  const { clock, tries, courier } = bed(() => delivered(), { outbox });
  memory.add(SEALED, NOW);
  courier.start();
  courier.sendNow();
  await clock.runUntil(NOW + 10);
  expect(tries).toHaveLength(1);
  expect(memory.status(SEALED).state).toBe('waiting');
  broken = false;
  await clock.runUntil(NOW + 5 * MINUTE);
  expect(memory.status(SEALED).state).toBe('delivered');
  await courier.stop();
});

test('a return is found by itself, shown once, and not looked for again', async () => {
  let returned: ReturnCheck = { ok: true, returned: null };
  let checks = 0;
  const { clock, outbox, seen, courier } = bed(() => delivered(), {
    checkReturn: async () => {
      checks += 1;
      return returned;
    },
  });
  outbox.add(SEALED, NOW);
  courier.start();
  await clock.runUntil(NOW + 60 * MINUTE);
  expect(checks).toBeGreaterThanOrEqual(4);
  expect(checks).toBeLessThanOrEqual(8);
  const notice = {
    format: 'report-return/1' as const,
    reportId: REPORT,
    revision: 1,
    reason: 'Sai số liệu',
    at: new Date(NOW).toISOString(),
  };
  returned = { ok: true, returned: { notice: { ...notice, revision: 7 }, noticeJws: 'x.y.z' } };
  await clock.runUntil(NOW + 120 * MINUTE);
  expect(outbox.status(SEALED).state).toBe('delivered');
  returned = { ok: true, returned: { notice, noticeJws: 'x.y.z' } };
  await clock.runUntil(NOW + 180 * MINUTE);
  expect(outbox.status(SEALED)).toMatchObject({ state: 'returned', returnReason: 'Sai số liệu' });
  expect(seen.filter((s) => s.state === 'returned')).toHaveLength(1);
  const until = checks;
  await clock.runUntil(NOW + 5 * DAY);
  expect(checks).toBe(until);
  await courier.stop();
});

test('a clock that was set back a year does not hold a report up', async () => {
  const { clock, outbox, tries, courier } = bed(() => delivered());
  outbox.add(SEALED, NOW + 365 * DAY);
  courier.start();
  await clock.runUntil(NOW + MINUTE);
  expect(tries).toHaveLength(1);
  await courier.stop();
});

test('a clock set back three hours while a report waits does not hold it up, whatever it waits for', async () => {
  for (const [answer, waits] of [
    [failed('unreachable'), 2 * MINUTE],
    [failed('busy', 20 * MINUTE), 26 * MINUTE],
  ] as const) {
    const { clock, outbox, tries, courier } = bed(() => answer);
    outbox.add(SEALED, NOW + 5 * MINUTE);
    courier.start();
    await clock.runUntil(NOW + MINUTE);
    expect(tries).toEqual([]);
    // Real timers do not follow the clock: the courier looks again a minute later. Before the first try, and after it.
    clock.set(NOW - 180 * MINUTE);
    courier.wake();
    await clock.runUntil(NOW - 178 * MINUTE);
    const before = tries.length;
    expect(before).toBeGreaterThanOrEqual(1);
    clock.set(NOW - 360 * MINUTE);
    courier.wake();
    await clock.runUntil(NOW - 360 * MINUTE + waits);
    expect(tries.length).toBeGreaterThan(before);
    await courier.stop();
  }
});

test('after stop nothing runs, and a try under way is ended', async () => {
  let aborted = false;
  const { clock, outbox, courier } = bed(() => delivered(), {
    send: (_request, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          resolve({ ok: false, stopped: true });
        });
      }),
  });
  outbox.add(SEALED, NOW);
  courier.start();
  await clock.runUntil(NOW + MINUTE);
  expect(outbox.status(SEALED).state).toBe('sending');
  await courier.stop();
  expect(aborted).toBe(true);
  expect(outbox.status(SEALED)).toMatchObject({ state: 'waiting', attempts: 1 });
  expect(clock.step()).toBe(false);
});

test('courier, client and intake together deliver and learn of a return over real HTTP', () =>
  withProvince({}, async (province) => {
    const clock = createSimulatedClock(NOW);
    const outbox = createMemoryOutbox();
    const sealed = await province.seal();
    outbox.add(sealed, NOW + MINUTE);
    const courier = createCourier({
      outbox,
      clock,
      random: Math.random,
      policy: defaultPolicy(MINUTE),
      send: (request, signal) => sendOnce({ ...request, endpoint: province.endpoint }, { ...province.client, signal }),
      checkReturn: ({ reportId }, signal) =>
        checkReturn({ endpoint: province.endpoint, reportId }, { ...province.client, signal }),
    });
    courier.start();
    const until = async (state: DeliveryStatus['state']): Promise<void> => {
      for (let i = 0; outbox.status(sealed).state !== state; i += 1) {
        if (i > 400) throw new Error(`never ${state}`);
        clock.step();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await until('delivered');
    expect(province.intake.listReports()).toHaveLength(1);
    await province.intake.askReturn(sealed.reportId, 'Đề nghị bổ sung');
    await until('returned');
    expect(outbox.status(sealed).returnReason).toBe('Đề nghị bổ sung');
    await courier.stop();
  }));
