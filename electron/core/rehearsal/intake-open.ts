import { calculateJwkThumbprint, compactDecrypt, compactVerify, importJWK } from 'jose';
import { AnySessionReport, JOSE_TYPE } from '../../contract/report.ts';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { IntakeKeys } from './intake-keys.ts';

export type IntakeOpenFailure = {
  error: 'cannot_open' | 'bad_signature' | 'bad_report' | 'rehearsal_mismatch';
  detail: string;
};

/**
 * The province's half of the format, written from the contract alone and not shared with the kiosk's half: the two
 * agree because both follow the same published rules, which is what a province building its own relies on.
 */
export async function openReport(
  bytes: Uint8Array,
  keys: IntakeKeys,
  rehearsal: boolean,
): Promise<Result<{ report: AnySessionReport; deviceKeyId: string }, IntakeOpenFailure>> {
  let plaintext: Uint8Array;
  try {
    const opened = await compactDecrypt(bytes, keys.report.privateKey, {
      keyManagementAlgorithms: ['ECDH-ES+A256KW', 'ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    if (opened.protectedHeader.typ !== JOSE_TYPE.sealedReport) {
      return err({ error: 'cannot_open', detail: `typ is ${String(opened.protectedHeader.typ)}` });
    }
    plaintext = opened.plaintext;
  } catch (cause) {
    return err({ error: 'cannot_open', detail: describe(cause) });
  }
  return verifyReport(plaintext, rehearsal);
}

async function verifyReport(
  jws: Uint8Array,
  rehearsal: boolean,
): Promise<Result<{ report: AnySessionReport; deviceKeyId: string }, IntakeOpenFailure>> {
  let payload: Uint8Array;
  let typ: string | undefined;
  let deviceKeyId = '';
  try {
    const verified = await compactVerify(
      jws,
      async ({ jwk, kid }) => {
        if (jwk?.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.x)
          throw new Error('the header carries no Ed25519 device key');
        const { kty, crv, x } = jwk;
        deviceKeyId = await calculateJwkThumbprint({ kty, crv, x });
        if (kid !== deviceKeyId) throw new Error('kid is not the thumbprint of the device key');
        return importJWK({ kty, crv, x }, 'EdDSA');
      },
      { algorithms: ['EdDSA', 'Ed25519'] },
    );
    payload = verified.payload;
    typ = verified.protectedHeader.typ;
  } catch (cause) {
    return err({ error: 'bad_signature', detail: describe(cause) });
  }
  const practice = typ === JOSE_TYPE.rehearsalReport;
  if (!practice && typ !== JOSE_TYPE.report) return err({ error: 'bad_signature', detail: `typ is ${String(typ)}` });
  if (practice !== rehearsal) {
    const detail = rehearsal ? 'this intake takes practice reports only' : 'this intake takes real reports only';
    return err({ error: 'rehearsal_mismatch', detail });
  }
  const parsed = AnySessionReport.safeParse(readJson(payload));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err({
      error: 'bad_report',
      detail: `${issue?.path.join('.') || 'report'}: ${issue?.message ?? 'not readable'}`,
    });
  }
  if (parsed.data.rehearsal !== practice || parsed.data.device.keyId !== deviceKeyId) {
    return err({ error: 'bad_report', detail: 'the report and its signature do not say the same' });
  }
  return ok({ report: parsed.data, deviceKeyId });
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
