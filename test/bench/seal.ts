import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calculateJwkThumbprint, CompactEncrypt, CompactSign, importJWK, type JWK } from 'jose';
import { assert } from '../../electron/shared/result.ts';
import type { SessionReport } from '../../electron/contract/report.ts';
import { canonicalBytes } from '../../electron/core/report/canonical.ts';
import type { SealingKey } from '../../electron/core/report/sign-compact.ts';
import { sealSitting } from '../../electron/core/report/sealer.ts';
import { makeSealBed, type SealBed } from './seal-bed.ts';

/**
 * Sealing: `node test/bench/seal.ts [--json FILE] [--rounds N]`. Each round seals one more revision of a real sitting in
 * a real database file: facts from the log, canonical JSON, signature, encryption, one synced transaction. Beside it the
 * jose library alone signs and encrypts the same bytes.
 */

const SIZES = [500, 5_000] as const;
const GOALS_MS = { 500: 100, 5_000: 500 } as const;

interface SealFigures {
  people: number;
  rounds: number;
  /** Sealed bytes. */
  size: number;
  /** Median of the rounds, as `jose_ms`. */
  seal_ms: number;
  seal_p95_ms: number;
  /** Processor time of one sealing, median: what is left of `seal_ms` on a machine that does nothing else. */
  seal_cpu_ms: number;
  jose_ms: number;
  goal_ms: number;
  met: boolean;
}

const round = (value: number): number => Number(value.toFixed(2));
const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
};

async function measure(people: (typeof SIZES)[number], rounds: number): Promise<SealFigures> {
  const bed = await makeSealBed(people);
  try {
    const sealing: number[] = [];
    const raw: number[] = [];
    const cpu: number[] = [];
    let size = 0;
    for (let i = 0; i <= rounds; i += 1) {
      const { ms, cpuMs, report, bytes } = await sealOnce(bed, i + 1);
      const joseMs = await sealRaw(report, bed);
      size = bytes;
      // The first round warms the machine up.
      if (i === 0) continue;
      sealing.push(ms);
      cpu.push(cpuMs);
      raw.push(joseMs);
    }
    const median = quantile(sealing, 0.5);
    const goal = GOALS_MS[people];
    return {
      people,
      rounds,
      size,
      seal_ms: round(median),
      seal_p95_ms: round(quantile(sealing, 0.95)),
      seal_cpu_ms: round(quantile(cpu, 0.5)),
      jose_ms: round(quantile(raw, 0.5)),
      goal_ms: goal,
      met: median <= goal,
    };
  } finally {
    bed.close();
  }
}

async function sealOnce(
  bed: SealBed,
  revision: number,
): Promise<{ ms: number; cpuMs: number; report: SessionReport; bytes: number }> {
  const { store, sitting } = bed;
  if (revision > 1) assert(store.sittings.recordStep(sitting.id, 'sealed', 'amended'), 'the last round sealed');
  const by = { role: 'technician', name: 'Người Đo' } as const;
  const amendment = revision > 1 ? ({ cause: 'correction', reason: 'Đo thời gian', by } as const) : null;
  const before = process.cpuUsage();
  const began = performance.now();
  const sealed = await sealSitting(bed.sealer, sitting, amendment);
  const ms = performance.now() - began;
  const used = process.cpuUsage(before);
  assert(sealed.revision === revision, 'each round is one revision');
  const report = store.reports.getReport(sitting.reportId, revision);
  const stored = store.reports.getSealed(sitting.reportId, revision);
  assert(report && stored, 'what was sealed is stored');
  return { ms, cpuMs: (used.user + used.system) / 1000, report, bytes: stored.sealed.length };
}

/** The library by itself: bytes in, JWS in JWE out. */
async function sealRaw(report: SessionReport, bed: { deviceKey: SealingKey; provinceKey: JWK }): Promise<number> {
  const { deviceKey, provinceKey } = bed;
  const payload = canonicalBytes(report);
  const kid = provinceKey.kid ?? (await calculateJwkThumbprint(provinceKey));
  const began = performance.now();
  const signed = await new CompactSign(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: deviceKey.kid, jwk: deviceKey.publicJwk })
    .sign(deviceKey.privateKey);
  await new CompactEncrypt(Buffer.from(signed, 'ascii'))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid })
    .encrypt(await importJWK(provinceKey, 'ECDH-ES+A256KW'));
  return performance.now() - began;
}

const { values } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '20' } },
});
const figures: SealFigures[] = [];
for (const size of SIZES) figures.push(await measure(size, Number(values.rounds)));
const report = { bench: 'seal', figures, met: figures.every((f) => f.met) };
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
for (const f of figures) {
  process.stdout.write(
    `${String(f.people).padStart(6)} people  seal ${f.seal_ms.toFixed(1).padStart(7)} ms  p95 ${f.seal_p95_ms.toFixed(1).padStart(7)} ms  ` +
      `processor ${f.seal_cpu_ms.toFixed(1).padStart(7)} ms  (goal ${f.goal_ms})  jose alone ${f.jose_ms.toFixed(1).padStart(7)} ms  ${f.size} bytes  ${f.met ? 'met' : 'NOT MET'}\n`,
  );
}
