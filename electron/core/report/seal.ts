import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, compactVerify, calculateJwkThumbprint, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { PublicJwk } from '../../contract/common.ts';
import { AnySessionReport, JOSE_TYPE, type SessionReport } from '../../contract/report.ts';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ReportFormat } from '../../contract/session-package.ts';
import { canonicalBytes } from './canonical.ts';
import { toFormat } from './report-formats.ts';
import './native-base64.ts';
import { SIGNATURE, signCompact, type SealingKey } from './sign-compact.ts';

const KEY_AGREEMENT = 'ECDH-ES+A256KW';
const CONTENT_ENCRYPTION = 'A256GCM';
const SIGNATURES = [SIGNATURE, 'Ed25519'];

/** A report as it leaves the venue. The same bytes go by HTTPS and by USB stick, and never change. */
export interface SealedReport {
  reportId: string;
  revision: number;
  /** JWE in compact form, ASCII; where nobody receives it the JWS inside. */
  bytes: Uint8Array;
  /** SHA-256 of `bytes`, hex. */
  sha256: string;
  /** SHA-256 of the canonical JSON inside, hex: what a paper copy is compared with. */
  payloadSha256: string;
}

/**
 * Signs a report with the device key, then encrypts it to the province. The public device key travels inside the
 * signature's header: a province that has not enrolled this device can pin it at first use. Inside is the report in the
 * `format` that the province takes. Throws when the province's key cannot be used. Without
 * a province it is signed alone: whoever is handed the file can read it.
 */
export async function sealReport(
  report: SessionReport,
  options: { deviceKey: SealingKey; provinceKey: PublicJwk | null; format: ReportFormat },
): Promise<SealedReport> {
  const { deviceKey, provinceKey } = options;
  const payload = canonicalBytes(toFormat(report, options.format));
  const signatureType = report.rehearsal ? JOSE_TYPE.rehearsalReport : JOSE_TYPE.report;
  const signed = signCompact(payload, signatureType, deviceKey);
  const sealed = provinceKey === null ? signed : await encrypt(signed, provinceKey, signatureType);
  const bytes = Buffer.from(sealed, 'ascii');
  return {
    reportId: report.reportId,
    revision: report.revision,
    bytes,
    sha256: sha256Hex(bytes),
    payloadSha256: sha256Hex(payload),
  };
}

async function encrypt(signed: string, provinceKey: PublicJwk, cty: string): Promise<string> {
  const kid = provinceKey.kid ?? (await calculateJwkThumbprint(provinceKey as JWK));
  return new CompactEncrypt(Buffer.from(signed, 'ascii'))
    .setProtectedHeader({
      alg: KEY_AGREEMENT,
      enc: CONTENT_ENCRYPTION,
      typ: JOSE_TYPE.sealedReport,
      cty,
      kid,
    })
    .encrypt(await importJWK(provinceKey as JWK, KEY_AGREEMENT));
}

export interface OpenedReport {
  report: AnySessionReport;
  payloadSha256: string;
  device: { kid: string; publicJwk: JWK };
}

export type OpenFailure = {
  error: 'not_sealed' | 'wrong_type' | 'cannot_decrypt' | 'bad_signature' | 'bad_report';
  detail: string;
};

/**
 * Opens sealed bytes with the province's private key and checks the signature against the device key they carry.
 * Whether that device is one of ours is for the caller to decide. `expectTyp` keeps practice and real reports apart.
 */
export async function openSealedReport(
  bytes: Uint8Array,
  provincePrivateKey: JWK | KeyObject | CryptoKey,
  options: { expectTyp: typeof JOSE_TYPE.report | typeof JOSE_TYPE.rehearsalReport },
): Promise<Result<OpenedReport, OpenFailure>> {
  const key = 'kty' in provincePrivateKey ? await importJWK(provincePrivateKey, KEY_AGREEMENT) : provincePrivateKey;
  const opened = await compactDecrypt(Buffer.from(bytes).toString('latin1'), key, {
    keyManagementAlgorithms: [KEY_AGREEMENT],
    contentEncryptionAlgorithms: [CONTENT_ENCRYPTION],
  }).catch((cause: Error) => cause);
  if (opened instanceof Error) {
    const shape = 'code' in opened && opened.code === 'ERR_JWE_INVALID';
    return err({ error: shape ? 'not_sealed' : 'cannot_decrypt', detail: opened.message });
  }
  if (opened.protectedHeader.typ !== JOSE_TYPE.sealedReport || opened.protectedHeader.cty !== options.expectTyp) {
    return err({ error: 'wrong_type', detail: `${opened.protectedHeader.typ} with ${opened.protectedHeader.cty}` });
  }
  return verifySigned(opened.plaintext, options.expectTyp);
}

async function verifySigned(jws: Uint8Array, expectTyp: string): Promise<Result<OpenedReport, OpenFailure>> {
  let device: JWK | undefined;
  const verified = await compactVerify(
    jws,
    (header) => {
      device = header.jwk;
      if (!device || device.kty !== 'OKP' || device.crv !== 'Ed25519')
        throw new Error('no Ed25519 device key in the header');
      return importJWK({ kty: device.kty, crv: device.crv, x: device.x ?? '' }, SIGNATURE);
    },
    { algorithms: SIGNATURES },
  ).catch((cause: Error) => cause);
  if (verified instanceof Error || !device) {
    return err({ error: 'bad_signature', detail: verified instanceof Error ? verified.message : 'no device key' });
  }
  if (verified.protectedHeader.typ !== expectTyp) {
    return err({ error: 'wrong_type', detail: String(verified.protectedHeader.typ) });
  }
  const report = AnySessionReport.safeParse(parseJson(verified.payload));
  if (!report.success) return err({ error: 'bad_report', detail: report.error.message });
  const kid = await calculateJwkThumbprint(device);
  if (report.data.device.keyId !== kid) {
    return err({ error: 'bad_signature', detail: 'the report names another device than the one that signed it' });
  }
  if (report.data.rehearsal !== (expectTyp === JOSE_TYPE.rehearsalReport)) {
    return err({ error: 'wrong_type', detail: 'practice and real report mixed' });
  }
  return ok({ report: report.data, payloadSha256: sha256Hex(verified.payload), device: { kid, publicJwk: device } });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
