import type { ServerResponse } from 'node:http';
import { CompactSign, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import type { SittingStatement } from '../../../electron/contract/sitting.ts';
import { ASK_POLICY, nextAskWaitMs } from '../../../electron/core/delivery/ask-schedule.ts';
import { askSitting, sendOnce } from '../../../electron/core/delivery/province-client.ts';
import type { SittingAnswer } from '../../../electron/core/delivery/province-client.ts';
import { verifyReceipt, verifySittingStatement } from '../../../electron/core/delivery/receipts.ts';
import { createSittingAsker } from '../../../electron/core/delivery/sitting-asker.ts';
import { withProvince } from '../../support/province.ts';
import type { ProvinceBed } from '../../support/province.ts';
import { createSimulatedClock } from '../../support/simulated-clock.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Date.UTC(2026, 1, 7, 0, 30);
const SUBJECT = { conferenceId: 'hn-2026', sittingId: 'sang', startsAt: START };

/** Answers in place of the province; null lets it answer itself. */
type Stand = ((response: ServerResponse) => void) | null;

interface AskerBed {
  province: ProvinceBed;
  clock: ReturnType<typeof createSimulatedClock>;
  asker: ReturnType<typeof createSittingAsker>;
  /** Moments of the requests that reached the province, ms from START. */
  asked: number[];
  heard: SittingStatement['state'][];
  failed: string[];
  /** What answers in place of the province from now on. */
  stand(by: Stand): void;
  /** Lets time pass to the next question and waits for its answer; milliseconds from START, null when none is planned. */
  next(): Promise<number | null>;
}

/** A real province over HTTP, asked in time that passes only when it is told to. `random` gives one value for ever. */
async function withAsker(random: number, run: (bed: AskerBed) => Promise<void>): Promise<void> {
  const clock = createSimulatedClock(START + HOUR);
  let by: Stand = null;
  const asked: number[] = [];
  const faults = {
    beforeRequest: async (request: { url?: string | undefined }, response: ServerResponse) => {
      if (!request.url?.startsWith('/v1/conferences/')) return false;
      asked.push(clock.now() - START);
      by?.(response);
      return by !== null;
    },
  };
  await withProvince({ faults, now: () => clock.now() }, async (province) => {
    const heard: AskerBed['heard'] = [];
    const failed: string[] = [];
    let last: Promise<unknown> = Promise.resolve();
    const asker = createSittingAsker({
      ask: (subject, signal) => {
        const answer = askSitting(
          { endpoint: province.endpoint, ...subject },
          { ...province.client, now: () => clock.now(), signal },
        );
        last = answer;
        return answer;
      },
      clock,
      random: () => random,
      onStatement: ({ state }) => void heard.push(state),
      onAskFailed: ({ failure, detail }) => void failed.push(`${failure}: ${detail}`),
    });
    const next = async () => {
      if (!clock.step()) return null;
      await last;
      // The asker takes the answer in after us.
      await new Promise((resolve) => setImmediate(resolve));
      return clock.now() - START;
    };
    try {
      await run({ province, clock, asker, asked, heard, failed, stand: (stand) => void (by = stand), next });
    } finally {
      await asker.stop();
    }
  });
}

const hold = (bed: AskerBed, finishedAt: number | null, sittingId = 'sang') =>
  bed.province.intake.holdSitting({ conferenceId: 'hn-2026', sittingId, startsAt: START, finishedAt });

test('nothing is asked unless told to, then each 60 s with a jitter as long, until the province says "finished"', () =>
  withAsker(0.5, async (bed) => {
    expect(await bed.next()).toBeNull();
    hold(bed, null);
    bed.asker.follow(SUBJECT);
    // Told again at each look of the conductor.
    bed.asker.follow({ ...SUBJECT });
    for (const at of [30_000, 120_000, 210_000]) expect(await bed.next()).toBe(HOUR + at);
    expect(bed.asker.saysFinished('sang')).toBe(false);
    hold(bed, bed.clock.now());
    expect(await bed.next()).toBe(HOUR + 300_000);
    expect(bed.heard).toEqual(['live', 'live', 'live', 'finished']);
    expect(bed.asker.saysFinished('sang')).toBe(true);
    expect(bed.asker.saysFinished('chieu')).toBe(false);
    // Its word is firm: there is nothing more to ask.
    expect(await bed.next()).toBeNull();
    expect(bed.asked).toEqual([30_000, 120_000, 210_000, 300_000].map((at) => HOUR + at));
    bed.asker.follow(null);
    expect(bed.asker.saysFinished('sang')).toBe(false);
  }));

test('a broadcast that is back stops it at once; one that flutters is not asked about more often', () =>
  withAsker(0, async (bed) => {
    hold(bed, null);
    bed.asker.follow(SUBJECT);
    expect(await bed.next()).toBe(HOUR);
    bed.asker.follow(null);
    expect(await bed.next()).toBeNull();
    bed.clock.set(START + HOUR + 20_000);
    bed.asker.follow(SUBJECT);
    expect(await bed.next()).toBe(HOUR + MINUTE);
    // A question under way is broken off, and its answer counts for nothing.
    hold(bed, bed.clock.now());
    bed.stand((response) => setTimeout(() => response.writeHead(503).end(), 200));
    const asking = bed.next();
    bed.asker.follow(null);
    await asking;
    expect(bed.failed).toEqual([]);
    expect(await bed.next()).toBeNull();
  }));

test('an answer that was overtaken by a broadcast that came back counts for nothing in the next silence', async () => {
  const clock = createSimulatedClock(START);
  let heard = 0;
  const waiting: ((answer: SittingAnswer) => void)[] = [];
  const asker = createSittingAsker({
    ask: () => new Promise((resolve) => waiting.push(resolve)),
    clock,
    random: () => 0,
    onStatement: () => void (heard += 1),
  });
  asker.follow(SUBJECT);
  clock.step();
  asker.follow(null);
  asker.follow(SUBJECT);
  const at = new Date(START).toISOString();
  const { conferenceId, sittingId } = SUBJECT;
  waiting[0]?.({
    ok: true,
    statement: {
      format: 'sitting-statement/1',
      conferenceId,
      sittingId,
      state: 'finished',
      finishedAt: at,
      issuedAt: at,
    },
    retryAfterMs: null,
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect({ asked: waiting.length, heard, finished: asker.saysFinished('sang') }).toEqual({
    asked: 1,
    heard: 0,
    finished: false,
  });
  await asker.stop();
});

test('Retry-After is a floor on every answer, 404 makes it rare, failures spread out', () =>
  withAsker(0.5, async (bed) => {
    bed.asker.follow(SUBJECT);
    const waits: number[] = [];
    let before = HOUR;
    const answer = async (status: number, headers: Record<string, string> = {}) => {
      bed.stand((response) => response.writeHead(status, headers).end());
      const at = (await bed.next()) ?? Number.NaN;
      waits.push((at - before) / MINUTE);
      before = at;
    };
    await answer(503, { 'retry-after': '300' });
    await answer(429, { 'retry-after': new Date(START + 3 * HOUR).toUTCString() });
    await answer(404);
    await answer(500);
    await answer(500);
    await answer(200);
    // First wait; 5 min told; an hour at most whatever was told; half an hour and its half; failures 1 to 2.
    expect(waits).toEqual([0.5, 5 + 1, 60 + 2, 45, 1 + 1, 1 + 2]);
    bed.stand(null);
    hold(bed, null);
    expect(await bed.next()).toBe(before + (1 + 4) * MINUTE);
    expect(await bed.next()).toBe(before + (1 + 4 + 1.5) * MINUTE);
    expect(bed.heard).toEqual(['live', 'live']);
  }));

test('what a good answer asks to wait is kept, even over a broadcast that comes back for a moment', () =>
  withAsker(0, async (bed) => {
    hold(bed, null);
    const address = `${bed.province.endpoint}/v1/conferences/hn-2026/sittings/sang`;
    const jws = await (await fetch(address)).text();
    bed.asker.follow(SUBJECT);
    bed.stand((response) => response.writeHead(200, { 'retry-after': '600' }).end(jws));
    expect(await bed.next()).toBe(HOUR);
    bed.asker.follow(null);
    bed.asker.follow(SUBJECT);
    expect(await bed.next()).toBe(HOUR + 10 * MINUTE);
    expect(bed.heard).toEqual(['live', 'live']);
  }));

test('the wait is never below a minute, never in step, and bounded', () => {
  const wait = (random: number, patch: Partial<Parameters<typeof nextAskWaitMs>[0]> = {}) =>
    nextAskWaitMs({ failures: 0, absent: false, retryAfterMs: null, ...patch }, ASK_POLICY, () => random);
  expect([wait(0), wait(0.999_999)].map(Math.round)).toEqual([MINUTE, 2 * MINUTE]);
  expect(Math.round(wait(0.999_999_9, { failures: 2_000 }))).toBe(11 * MINUTE);
  expect(wait(0, { retryAfterMs: 9e12 })).toBe(HOUR);
  expect(wait(0, { retryAfterMs: 1_000 })).toBe(MINUTE);
  expect(wait(0, { absent: true })).toBe(30 * MINUTE);
});

test('only a statement by the province about this sitting counts: forged, foreign, stale and other papers are ignored', () =>
  withAsker(0, async (bed) => {
    const { province, clock } = bed;
    const get = async (url: string) => (await fetch(`${province.endpoint}${url}`)).text();
    const statementOf = (sittingId: string) => get(`/v1/conferences/hn-2026/sittings/${sittingId}`);
    const content = {
      format: 'sitting-statement/1',
      conferenceId: 'hn-2026',
      sittingId: 'sang',
      state: 'finished',
      finishedAt: new Date(START + HOUR).toISOString(),
      issuedAt: new Date(START + HOUR).toISOString(),
    };
    const stranger = await generateKeyPair('EdDSA');
    const forged = await new CompactSign(Buffer.from(JSON.stringify(content), 'utf8'))
      .setProtectedHeader({ alg: 'EdDSA', typ: JOSE_TYPE.sittingStatement })
      .sign(stranger.privateKey);
    const unsigned = `${Buffer.from(JSON.stringify({ alg: 'none', typ: JOSE_TYPE.sittingStatement })).toString('base64url')}.${Buffer.from(JSON.stringify(content)).toString('base64url')}.`;

    // All by the province's own key: another sitting's, of before the start, of an end before it, a return notice.
    hold(bed, clock.now(), 'chieu');
    const foreign = await statementOf('chieu');
    hold(bed, START - 2);
    clock.set(START - 1);
    const early = await statementOf('sang');
    clock.set(START + HOUR);
    const leftOver = await statementOf('sang');
    const sealed = await province.seal();
    const sent = await sendOnce(province.requestOf(sealed), province.client);
    await province.intake.askReturn(sealed.reportId, 'Thiếu chữ ký');
    const notice = await get(`/v1/reports/${sealed.reportId}/status`);

    bed.asker.follow(SUBJECT);
    const cases: [string, string][] = [
      [forged, 'bad_receipt: bad_signature'],
      [unsigned, 'bad_receipt: bad_signature'],
      [foreign, 'bad_receipt: other_sitting'],
      [early, 'bad_receipt: too_old'],
      [leftOver, 'bad_receipt: too_old'],
      [notice, 'bad_receipt: wrong_type'],
      [sent.ok ? sent.receiptJws : '', 'bad_receipt: wrong_type'],
      ['<!doctype html><p>Welcome to this network', 'no_receipt: '],
    ];
    for (const [body, reason] of cases) {
      bed.stand((response) => response.writeHead(200).end(body));
      await bed.next();
      expect(bed.failed.at(-1)).toContain(reason);
      expect(bed.asker.saysFinished('sang')).toBe(false);
    }
    expect(bed.heard).toEqual([]);
    // Control: the same province, the same key, the right paper.
    bed.stand(null);
    hold(bed, START + HOUR);
    await bed.next();
    expect(bed.asker.saysFinished('sang')).toBe(true);
    // Nor does a statement pass for a receipt.
    const keys = province.client.receiptKeys;
    const genuine = await statementOf('sang');
    expect(await verifySittingStatement(genuine, SUBJECT, keys)).toMatchObject({ ok: true });
    expect(await verifyReceipt(genuine, sealed, keys)).toMatchObject({ ok: false, error: 'wrong_type' });
  }));
