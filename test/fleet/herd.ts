import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { CompactSign } from 'jose';
import { PublicJwk } from '../../electron/contract/common.ts';
import { JOSE_TYPE } from '../../electron/contract/report.ts';
import { createCourier } from '../../electron/core/delivery/courier.ts';
import { sendOnce } from '../../electron/core/delivery/province-client.ts';
import { defaultPolicy, firstAttemptAt } from '../../electron/core/delivery/schedule.ts';
import type { Transport, TransportAnswer, TransportRequest } from '../../electron/core/delivery/transport.ts';
import { createMemoryOutbox } from '../support/memory-outbox.ts';
import { uuidV7 } from '../support/sample-report.ts';
import { createSimulatedClock } from '../support/simulated-clock.ts';
import { seeded } from './seeded.ts';

export interface HerdOptions {
  venues: number;
  /** W, seconds. */
  windowS: number;
  /** C: what the province can take in a second; twice that may wait. Beyond it answers 429. */
  capacityPerS: number;
  seed: number;
  /** False: every venue throws the same dice, so nothing is spread. For the picture only. */
  jitter?: boolean;
  /** Stop looking after this many simulated seconds; absent: until all is delivered. */
  untilS?: number;
  onProgress?: (delivered: number) => void;
}

export interface HerdResult {
  venues: number;
  window_s: number;
  capacity_per_s: number;
  attempts: number;
  peak_per_s: number;
  /** λ + √(2 λ ln W), λ = venues / W: what the busiest second should be when first tries are evenly random. */
  peak_bound: number | null;
  rejected: number;
  duplicates: number;
  lost: number;
  false_delivered: number;
  last_receipt_s: number;
  /** Real seconds of the run. */
  seconds: number;
  rss_mb: number;
}

const END = Date.parse('2026-02-07T04:30:00Z');

/** λ + √(2 λ ln W); null without a window. */
export function peakBound(venues: number, windowS: number): number | null {
  if (windowS <= 1) return null;
  const perSecond = venues / windowS;
  return perSecond + Math.sqrt(2 * perSecond * Math.log(windowS));
}

/**
 * All venues of a country end in the same second. Scheduler, courier, client and receipt check are the real ones; the
 * wire is a province in memory, and time is simulated. Returns the figures and the arrivals of each second.
 */
export async function runHerd(options: HerdOptions): Promise<{ result: HerdResult; arrivals: number[] }> {
  const startedAt = performance.now();
  const random = options.jitter === false ? () => 0.999_999 : seeded(options.seed);
  const clock = createSimulatedClock(END);
  const province = createMemoryProvince(options.capacityPerS, () => clock.now());
  const policy = defaultPolicy(options.windowS * 1000);
  const underWay = new Set<Promise<unknown>>();
  const ledger: { reportId: string; sha256: string; isDelivered(): boolean }[] = [];
  let delivered = 0;
  let lastReceiptAt = END;
  let falseDelivered = 0;

  for (let i = 0; i < options.venues; i += 1) {
    const reportId = uuidV7(END);
    // What is inside does not matter here: the client never looks.
    const bytes = Buffer.from(`sealed report ${i} ${reportId}`, 'ascii');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const outbox = createMemoryOutbox();
    const first = options.jitter === false ? END : firstAttemptAt(END, policy, random);
    outbox.add({ reportId, revision: 1, bytes, sha256 }, first);
    ledger.push({
      reportId,
      sha256,
      isDelivered: () => outbox.status({ reportId, revision: 1 }).state === 'delivered',
    });
    const courier = createCourier({
      outbox,
      clock,
      random,
      // Venues run on through the end: no start of the core, so no boot spread.
      policy: { ...policy, bootSpreadMs: 0 },
      send(request, signal) {
        const sending = sendOnce(
          { ...request, endpoint: 'http://province.invalid' },
          { transport: province.transport, receiptKeys: [province.receiptKey], now: () => clock.now(), signal },
        );
        underWay.add(sending);
        void sending.finally(() => underWay.delete(sending));
        return sending;
      },
      onChange(status) {
        if (status.state !== 'delivered') return;
        delivered += 1;
        lastReceiptAt = clock.now();
        if (!province.held.has(reportId)) falseDelivered += 1;
        if (delivered % 5000 === 0) options.onProgress?.(delivered);
      },
    });
    courier.start();
  }

  const stopAt = options.untilS === undefined ? Infinity : END + options.untilS * 1000;
  while (delivered < options.venues) {
    const next = clock.nextAt();
    if (next === null || next > stopAt) break;
    while (clock.nextAt() === next) clock.step();
    // A try takes no simulated time: all of this moment land before the clock goes on.
    while (underWay.size > 0) await Promise.all(underWay);
    await new Promise((resolve) => setImmediate(resolve));
  }

  const bound = options.jitter === false ? null : peakBound(options.venues, options.windowS);
  const result: HerdResult = {
    venues: options.venues,
    window_s: options.windowS,
    capacity_per_s: options.capacityPerS,
    attempts: province.arrivals.reduce((sum, n) => sum + n, 0),
    peak_per_s: province.arrivals.reduce((most, n) => Math.max(most, n), 0),
    peak_bound: bound === null ? null : Math.round(bound * 10) / 10,
    rejected: province.counts.rejected,
    duplicates: province.counts.duplicates,
    lost: ledger.filter(({ reportId, sha256 }) => province.held.get(reportId) !== sha256).length,
    false_delivered: falseDelivered,
    last_receipt_s: Math.round((lastReceiptAt - END) / 100) / 10,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    rss_mb: Math.round(process.memoryUsage.rss() / 1_048_576),
  };
  return { result, arrivals: province.arrivals };
}

/** A province that takes `capacityPerS` a second, lets twice that wait, and signs real receipts. */
function createMemoryProvince(capacityPerS: number, now: () => number) {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const receiptKey = PublicJwk.parse({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, kid: 'tinh' });
  const held = new Map<string, string>();
  const arrivals: number[] = [];
  const counts = { rejected: 0, duplicates: 0 };
  let waiting = 0;
  let waitingAt = now();

  async function answerOf(request: TransportRequest): Promise<TransportAnswer> {
    const second = Math.floor((now() - END) / 1000);
    while (arrivals.length <= second) arrivals.push(0);
    arrivals[second]! += 1;
    waiting = Math.max(0, waiting - ((now() - waitingAt) / 1000) * capacityPerS);
    waitingAt = now();
    if (waiting >= 2 * capacityPerS) {
      counts.rejected += 1;
      return { ok: true, status: 429, header: () => null, body: new Uint8Array(), truncated: false };
    }
    waiting += 1;
    const reportId = new URL(request.url).pathname.split('/')[3] ?? '';
    const sha256 = createHash('sha256')
      .update(request.body ?? '')
      .digest('hex');
    if (held.has(reportId)) counts.duplicates += 1;
    held.set(reportId, sha256);
    const receipt = {
      format: 'report-receipt/1',
      reportId,
      revision: 1,
      sha256,
      receivedAt: new Date(now()).toISOString(),
      serial: String(held.size),
    };
    const jws = await new CompactSign(Buffer.from(JSON.stringify(receipt), 'utf8'))
      .setProtectedHeader({ alg: 'EdDSA', kid: 'tinh', typ: JOSE_TYPE.receipt })
      .sign(privateKey);
    return { ok: true, status: 201, header: () => null, body: Buffer.from(jws, 'ascii'), truncated: false };
  }

  const transport: Transport = { exchange: answerOf, close: async () => {} };
  return { transport, receiptKey, held, arrivals, counts };
}
