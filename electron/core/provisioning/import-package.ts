import { CompactEncrypt, importJWK } from 'jose';
import type { JWK } from 'jose';
import type { SessionPackage, Provenance } from '../../contract/session-package.ts';
import { SessionStore, type ImportOutcome } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';

export interface ImportInput {
  document: SessionPackage;
  provenance: Provenance;
  /** Thumbprint of the key that signed it. */
  keyId: string | null;
  /** SHA-256 of the file, hex. */
  digest: string;
}

export type ImportPackageOutcome =
  | Extract<ImportOutcome, { ok: true }>
  | { ok: false; error: 'older_package' | 'bad_key' | 'data_destroyed'; sentence: string; vi: string };

/**
 * Puts a package into the store, in one transaction. The session's data key is wrapped for this device and, first, for
 * the province: a PC that dies later costs convenience, not attendance.
 */
export async function importPackage(store: Store, input: ImportInput): Promise<ImportPackageOutcome> {
  const { document } = input;
  const dataKey = SessionStore.makeDataKey();
  const { reports } = document.keys;
  const provinceKey = reports ? await wrapForProvince(dataKey, reports as JWK).catch(() => null) : null;
  if (provinceKey === null && reports) {
    return {
      ok: false,
      error: 'bad_key',
      sentence: `Session package ${document.packageId}, field "keys.reports": reports cannot be encrypted to this key; it must be X25519 or P-256.`,
      vi: `Gói phiên ${document.packageId}, mục "keys.reports": không mã hóa báo cáo bằng khóa này được; khóa phải là X25519 hoặc P-256.`,
    };
  }
  const outcome = store.sessions.importPackage({ ...input, dataKey, provinceKey });
  if (outcome.ok) return outcome;
  if (outcome.error === 'data_destroyed')
    return {
      ok: false,
      error: 'data_destroyed',
      sentence: `Session package ${document.packageId}: the personal data of this session was destroyed on this PC as its time was over, and no newer issue is taken in. Ask the province for a package with a new number.`,
      vi: `Gói phiên ${document.packageId}: máy này đã hủy dữ liệu cá nhân của phiên vì hết thời hạn lưu, nên không nhận bản phát hành khác của phiên đó. Cần họp lại thì xin tỉnh gói phiên mới, số khác.`,
    };
  const issued = new Date(outcome.issuedAt).toISOString();
  return {
    ok: false,
    error: 'older_package',
    sentence: `Session package ${document.packageId}: a newer issue of ${issued} is already on this PC; use that one, or ask the province for the latest.`,
    vi: `Gói phiên ${document.packageId}: trên máy đã có bản phát hành mới hơn (${issued}); hãy dùng bản đó hoặc xin tỉnh bản mới nhất.`,
  };
}

async function wrapForProvince(dataKey: Buffer, key: JWK): Promise<string> {
  return new CompactEncrypt(dataKey)
    .setProtectedHeader({
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
      typ: 'session-data-key+jwe',
      ...(key.kid ? { kid: key.kid } : {}),
    })
    .encrypt(await importJWK(key, 'ECDH-ES+A256KW'));
}
