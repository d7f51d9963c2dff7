import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PublicJwk } from '../../electron/contract/common.ts';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import type { DeviceKey } from '../../electron/core/access/device-keys.ts';
import type { ClientDeps, SendRequest } from '../../electron/core/delivery/province-client.ts';
import { createTransport } from '../../electron/core/delivery/transport.ts';
import type { TransportLimits } from '../../electron/core/delivery/transport.ts';
import { createIntake } from '../../electron/core/rehearsal/intake.ts';
import type { Intake, IntakeFaults } from '../../electron/core/rehearsal/intake.ts';
import { buildReport } from '../../electron/core/report/build-report.ts';
import type { ReportFacts } from '../../electron/core/report/build-report.ts';
import { sealReport } from '../../electron/core/report/seal.ts';
import type { SealedReport } from '../../electron/core/report/seal.ts';
import type { ReportFormat } from '../../electron/contract/session-package.ts';
import { sampleFacts } from './sample-report.ts';

export interface ProvinceBed {
  dir: string;
  intake: Intake;
  endpoint: string;
  device: DeviceKey;
  client: ClientDeps;
  /** Seals an invented report to this province. */
  seal(
    change?: Partial<ReportFacts> & { people?: ReportFacts['people'] },
    options?: Parameters<typeof sampleFacts>[0] & { format?: ReportFormat },
  ): Promise<SealedReport>;
  requestOf(sealed: SealedReport): SendRequest;
}

/** A province's report key pair, made for one test. */
export function createIntakeKeyPair(): { publicJwk: PublicJwk; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { publicJwk: PublicJwk.parse(publicKey.export({ format: 'jwk' })), privateKey };
}

export function makeDevice(): DeviceKey {
  const keys = loadDeviceKeys(mkdtempSync(path.join(tmpdir(), 'device-')));
  if (!keys.ok) throw new Error(keys.sentence);
  return keys.value.device;
}

/** Runs a test against a real intake on a real port, in a folder of its own; everything is taken away afterwards. */
export async function withProvince(
  options: {
    rehearsal?: boolean;
    faults?: IntakeFaults;
    limits?: Partial<TransportLimits>;
    now?: () => number;
    maxReportBytes?: number;
  },
  run: (bed: ProvinceBed) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'province-'));
  const intake = createIntake({
    dir,
    rehearsal: options.rehearsal ?? false,
    ...(options.faults ? { faults: options.faults } : {}),
    ...(options.now ? { now: options.now } : {}),
    ...(options.maxReportBytes ? { maxReportBytes: options.maxReportBytes } : {}),
  });
  const { endpoint } = await intake.start();
  const transport = createTransport({ limits: { totalMs: 5_000, ...options.limits } });
  const device = makeDevice();
  try {
    await run({
      dir,
      intake,
      endpoint,
      device,
      client: { transport, receiptKeys: [intake.keys.receiptPublicJwk], now: Date.now },
      async seal(change = {}, sample = {}) {
        const facts = {
          ...sampleFacts({ people: 5, keyId: device.kid, rehearsal: options.rehearsal ?? false, ...sample }),
          ...change,
        };
        const { reportPublicJwk: provinceKey } = intake.keys;
        return sealReport(buildReport(facts), {
          deviceKey: device,
          provinceKey,
          format: sample.format ?? 'session-report/2',
        });
      },
      requestOf: ({ reportId, revision, bytes, sha256 }) => ({ endpoint, reportId, revision, bytes, sha256 }),
    });
  } finally {
    await transport.close();
    await intake.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
