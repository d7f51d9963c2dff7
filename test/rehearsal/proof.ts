import { compactVerify, importJWK } from 'jose';
import type { JWK } from 'jose';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { JOSE_TYPE, Receipt, type AnySessionReport } from '../../electron/contract/report.ts';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import { createIntake, type Intake } from '../../electron/core/rehearsal/intake.ts';
import { Store } from '../../electron/core/store/store.ts';

export interface Proof {
  report: AnySessionReport | null;
  receiptVerified: boolean;
  attempts: number;
  /** Reports that reached the province, all revisions. */
  arrived: number;
  sealedMs: number | null;
  chain: boolean;
}

const LogLine = z.object({ event: z.string(), report: z.string().optional(), tookMs: z.number().optional() });

/**
 * Looks at what a finished rehearsal left, or with `province` what a real session did, from outside the kiosk: the receipt in its
 * database is verified here again with the province's public key, and the report is opened with the province's private key.
 */
export async function readProof(dataDir: string, province?: Intake): Promise<Proof> {
  const dir = path.join(dataDir, province ? 'session' : 'rehearsal');
  const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: false });
  if (!keys.ok) throw new Error(keys.sentence);
  const opened = Store.open({
    file: path.join(dir, 'kiosk.db'),
    keys: { kek: keys.value.databaseKey, index: keys.value.indexKey },
  });
  if (!opened.ok) throw new Error(`the database cannot be opened: ${opened.error}`);
  const { store } = opened;
  const intake = province ?? createIntake({ dir: path.join(dir, 'intake'), rehearsal: true });
  try {
    const session = store.sessions.listSessions().at(-1);
    const sitting = session && store.sittings.listSittings(session.packageId)[0];
    const chain = store.attendance.verifyChain().ok;
    if (!session || !sitting)
      return { report: null, receiptVerified: false, attempts: 0, arrived: 0, sealedMs: null, chain };
    const revision = store.reports.getLastRevision(sitting.reportId);
    const id = { reportId: sitting.reportId, revision };
    const sealed = store.reports.getSealed(id.reportId, revision);
    const receipt = store.outbox.getReceipt(id);
    const status = store.outbox.getStatus(id);
    const verified =
      receipt !== null &&
      sealed !== null &&
      (await verify(receipt, session.document.keys.receipts as JWK[], id, sealed.sha256));
    return {
      report: await intake.getOpened(id.reportId, revision),
      receiptVerified: verified && status?.state === 'delivered',
      attempts: status?.attempts ?? 0,
      arrived: intake.listReports().filter((r) => r.reportId === id.reportId).length,
      sealedMs: readSealedMs(path.join(dir, 'kiosk.log'), id.reportId),
      chain,
    };
  } finally {
    store.close();
  }
}

async function verify(
  jws: string,
  keys: JWK[],
  id: { reportId: string; revision: number },
  sha256: string,
): Promise<boolean> {
  for (const key of keys) {
    try {
      const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, 'EdDSA'));
      const receipt = Receipt.parse(JSON.parse(new TextDecoder().decode(payload)));
      return (
        protectedHeader.typ === JOSE_TYPE.receipt &&
        receipt.reportId === id.reportId &&
        receipt.revision === id.revision &&
        receipt.sha256 === sha256
      );
    } catch {
      // Another key of the province may be the one.
    }
  }
  return false;
}

function readSealedMs(file: string, reportId: string): number | null {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean).toReversed()) {
    const parsed = LogLine.safeParse(JSON.parse(line));
    if (parsed.success && parsed.data.event === 'report_sealed' && parsed.data.report === reportId)
      return parsed.data.tookMs ?? null;
  }
  return null;
}
