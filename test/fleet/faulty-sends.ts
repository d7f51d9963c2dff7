import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCourier } from '../../electron/core/delivery/courier.ts';
import type { Courier } from '../../electron/core/delivery/courier.ts';
import { sendOnce } from '../../electron/core/delivery/province-client.ts';
import type { ClientDeps, SendRequest, TryOutcome } from '../../electron/core/delivery/province-client.ts';
import { defaultPolicy, firstAttemptAt } from '../../electron/core/delivery/schedule.ts';
import { createTransport } from '../../electron/core/delivery/transport.ts';
import { createIntake } from '../../electron/core/rehearsal/intake.ts';
import { buildReport } from '../../electron/core/report/build-report.ts';
import { sealReport } from '../../electron/core/report/seal.ts';
import { createMemoryOutbox } from '../support/memory-outbox.ts';
import type { MemoryOutbox } from '../support/memory-outbox.ts';
import { sendNaively } from '../support/naive-client.ts';
import { FAULTS, createFaults } from '../support/province-faults.ts';
import type { FaultName } from '../support/province-faults.ts';
import { makeDevice } from '../support/province.ts';
import { sampleFacts, uuidV7 } from '../support/sample-report.ts';
import { createSimulatedClock } from '../support/simulated-clock.ts';
import { seeded } from './seeded.ts';

export interface SendsOptions {
  /** Venues, one report each. */
  count: number;
  seed: number;
  /** Share of tries that something happens to, 0..1. */
  faultShare: number;
  /** W of the session package, ms. */
  windowMs: number;
  /** False: the positive control, a client that takes any 2xx for success. */
  checkReceipts: boolean;
  /** How far the simulated clock may run on while tries are under way, ms; 30 s when absent. */
  runAheadMs?: number;
  onProgress?: (delivered: number) => void;
}

export interface SendsResult {
  venues: number;
  seed: number;
  attempts: number;
  /** Tries spoilt, by kind. */
  faults: Record<string, number>;
  delivered: number;
  /** Reports that the province does not hold, or holds with other bytes. */
  lost: number;
  /** Reports that were stored more than once. */
  duplicates: number;
  /** Times a venue showed "delivered" while the province held nothing. */
  false_delivered: number;
  /** Times the province answered the same report again with its first receipt. */
  replays_absorbed: number;
  /** 429 and 503 answers. */
  rejected: number;
  /** Most tries that arrived in one second of the simulated clock. */
  peak_per_s: number;
  /** Simulated seconds from the end of the sitting to the last receipt. */
  last_receipt_s: number;
  /** Real seconds of the run. */
  seconds: number;
  rss_mb: number;
}

const IN_FLIGHT = 32;
const CLIENT_TIMEOUT_MS = 800;
const SLOW_MS = 1_200;
const POWER_CUT_PAUSE_MS = 120_000;
const END = Date.parse('2026-02-07T04:30:00Z');

/**
 * Sends `count` real sealed reports over real HTTP to a real intake while lines drop, gateways lie and kiosks lose
 * power in the middle of a try. Time between tries is simulated; nothing else is.
 */
export async function runFaultySends(options: SendsOptions): Promise<SendsResult> {
  const startedAt = performance.now();
  const random = seeded(options.seed);
  const runAheadMs = options.runAheadMs ?? 30_000;
  const faults: Record<string, number> = Object.fromEntries([...FAULTS, 'power_cut'].map((name) => [name, 0]));
  const stored = new Map<string, number>();
  const perSecond = new Map<number, number>();
  const clock = createSimulatedClock(END);
  let replays = 0;
  let attempts = 0;
  let falseDelivered = 0;
  let lastReceiptAt = END;
  let delivered = 0;

  const line = createFaults(
    (): FaultName | null => {
      const second = Math.floor((clock.now() - END) / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
      if (random() >= options.faultShare) return null;
      const fault = FAULTS[Math.floor(random() * FAULTS.length)]!;
      faults[fault]! += 1;
      return fault;
    },
    { slowMs: SLOW_MS, now: () => clock.now() },
  );
  const dir = mkdtempSync(path.join(tmpdir(), 'fleet-'));
  const intake = createIntake({
    dir,
    rehearsal: false,
    faults: {
      ...line,
      async beforeAnswer(request, response, answer) {
        const reportId = request.url?.split('/')[3] ?? '';
        if (answer.status === 201) stored.set(reportId, (stored.get(reportId) ?? 0) + 1);
        if (answer.status === 200) replays += 1;
        return (await line.beforeAnswer?.(request, response, answer)) ?? false;
      },
    },
  });
  const { endpoint } = await intake.start();
  const transport = createTransport({ limits: { totalMs: CLIENT_TIMEOUT_MS } });
  const client: ClientDeps = { transport, receiptKeys: [intake.keys.receiptPublicJwk], now: () => clock.now() };
  const once: (request: SendRequest, deps: ClientDeps) => Promise<TryOutcome> = options.checkReceipts
    ? sendOnce
    : sendNaively;
  const device = makeDevice();
  const policy = defaultPolicy(options.windowMs);
  /** Simulated moments at which the tries under way began. */
  const inFlight = new Set<{ at: number }>();
  let landed: (() => void) | null = null;

  const start = (outbox: MemoryOutbox): Courier => {
    let courier: Courier;
    const restart = (): void => {
      // The kiosk lost power in the middle of a try: the old courier never hears of the answer.
      clock.after(POWER_CUT_PAUSE_MS, () => start(outbox));
    };
    const deps = {
      outbox,
      clock,
      random,
      policy,
      onChange: (status: { reportId: string; state: string }) => {
        if (status.state !== 'delivered') return;
        delivered += 1;
        lastReceiptAt = clock.now();
        if (!stored.has(status.reportId)) falseDelivered += 1;
        if (delivered % 500 === 0) options.onProgress?.(delivered);
      },
      send: async (request: Omit<SendRequest, 'endpoint'>): Promise<TryOutcome> => {
        attempts += 1;
        const mine = { at: clock.now() };
        inFlight.add(mine);
        const cut = random() < options.faultShare / 20;
        try {
          const outcome = await once({ ...request, endpoint }, client);
          if (!cut) return outcome;
        } finally {
          inFlight.delete(mine);
          landed?.();
        }
        faults['power_cut']! += 1;
        restart();
        return new Promise<TryOutcome>(() => {});
      },
    };
    courier = createCourier(deps);
    courier.start();
    return courier;
  };

  const ledger: { outbox: MemoryOutbox; reportId: string; sha256: string }[] = [];
  for (let i = 0; i < options.count; i += 1) {
    const facts = sampleFacts({ people: 3, reportId: uuidV7(END + i), keyId: device.kid });
    const sealed = await sealReport(buildReport(facts), {
      deviceKey: device,
      provinceKey: intake.keys.reportPublicJwk,
      format: 'session-report/2',
    });
    const outbox = createMemoryOutbox();
    outbox.add(sealed, firstAttemptAt(END, policy, random));
    ledger.push({ outbox, reportId: sealed.reportId, sha256: sealed.sha256 });
  }
  // A start counts as a boot: what is not overdue keeps its moment.
  clock.set(END);
  for (const { outbox } of ledger) start(outbox);

  // The clock may not run away from the tries under way, or their retries would seem hours late.
  const mayStep = (): boolean => {
    const [oldest] = inFlight;
    const next = clock.nextAt();
    return inFlight.size < IN_FLIGHT && next !== null && (!oldest || next - oldest.at <= runAheadMs);
  };
  while (delivered < options.count && (inFlight.size > 0 || clock.nextAt() !== null)) {
    if (mayStep()) clock.step();
    else if (inFlight.size > 0) {
      await new Promise<void>((resolve) => {
        landed = resolve;
      });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  const held = new Map(intake.listReports().map((r) => [`${r.reportId}/${r.revision}`, r.sha256]));
  const result: SendsResult = {
    venues: options.count,
    seed: options.seed,
    attempts,
    faults,
    delivered,
    lost: ledger.filter(({ reportId, sha256 }) => held.get(`${reportId}/1`) !== sha256).length,
    duplicates:
      [...stored.values()].filter((times) => times > 1).length +
      (held.size - new Set(intake.listReports().map((r) => r.reportId)).size),
    false_delivered: falseDelivered,
    replays_absorbed: replays,
    rejected: faults['busy']! + faults['unavailable']!,
    peak_per_s: Math.max(0, ...perSecond.values()),
    last_receipt_s: Math.round((lastReceiptAt - END) / 1000),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    rss_mb: Math.round(process.memoryUsage.rss() / 1_048_576),
  };
  await transport.close();
  await intake.stop();
  await rm(dir, { recursive: true, force: true });
  return result;
}
