import type { Store } from '../store/store.ts';
import { chooseFormat } from './report-formats.ts';
import { sealReport } from './seal.ts';
import type { SealingKey } from './sign-compact.ts';

/**
 * Makes the sealed bytes of a revision again from the report kept with them, and stores them: what was stored was found
 * damaged. Signed by this PC's device key as before. Null when the report itself cannot be read either.
 */
export async function sealAgain(
  store: Store,
  deviceKey: SealingKey,
  id: { reportId: string; revision: number },
): Promise<{ bytes: Uint8Array; sha256: string } | null> {
  const sitting = store.sittings.getSittingOfReport(id.reportId);
  const session = sitting && store.sessions.getSession(sitting.packageId);
  const report = readReport(store, id);
  if (!session || !report || report.device.keyId !== deviceKey.kid) return null;
  const { bytes, sha256 } = await sealReport(report, {
    deviceKey,
    provinceKey: session.document.keys.reports ?? null,
    format: chooseFormat(session.document.delivery.reportFormats),
  });
  store.reports.recordSealedAgain({ ...id, sealed: bytes, sha256 });
  return { bytes, sha256 };
}

function readReport(store: Store, id: { reportId: string; revision: number }) {
  try {
    return store.reports.getReport(id.reportId, id.revision);
  } catch {
    // Its seal is broken too: there is nothing left to make the bytes of.
    return null;
  }
}
