import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import type { JWK } from 'jose';
import { z } from 'zod';
import type { PublicJwk } from '../../contract/common.ts';
import { JOSE_TYPE, Receipt, ReportReturn } from '../../contract/report.ts';
import { SittingStatement } from '../../contract/sitting.ts';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** Which revision, and which bytes of it, an answer must be about. */
export interface ReceiptSubject {
  reportId: string;
  revision: number;
  /** SHA-256 of the sealed bytes, hex. */
  sha256: string;
}

export type ReceiptFailure = {
  error:
    | 'not_a_signature'
    | 'wrong_type'
    | 'bad_signature'
    | 'bad_content'
    | 'other_report'
    | 'other_sitting'
    | 'too_old';
  detail: string;
};

/**
 * Checks a receipt: signed by one of the pinned keys, made as a receipt, and about exactly our bytes. Nothing else
 * makes a report "delivered".
 */
export async function verifyReceipt(
  jws: string,
  subject: ReceiptSubject,
  keys: readonly PublicJwk[],
): Promise<Result<Receipt, ReceiptFailure>> {
  const verified = await verifyTyped(jws, JOSE_TYPE.receipt, Receipt, keys);
  if (!verified.ok) return verified;
  const { reportId, revision, sha256 } = verified.value;
  if (reportId !== subject.reportId || revision !== subject.revision || sha256 !== subject.sha256) {
    return err({ error: 'other_report', detail: `the receipt is about ${reportId}, revision ${revision}, ${sha256}` });
  }
  return verified;
}

/** Checks a return notice the same way. It binds to the report; `revision` says which revision was sent back. */
export async function verifyReturn(
  jws: string,
  reportId: string,
  keys: readonly PublicJwk[],
): Promise<Result<ReportReturn, ReceiptFailure>> {
  const verified = await verifyTyped(jws, JOSE_TYPE.reportReturn, ReportReturn, keys);
  if (verified.ok && verified.value.reportId !== reportId) {
    return err({ error: 'other_report', detail: `the notice is about ${verified.value.reportId}` });
  }
  return verified;
}

/** Which sitting a statement must be about; ids as in the session package. */
export interface StatementSubject {
  conferenceId: string;
  sittingId: string;
  /** Scheduled start, epoch ms. */
  startsAt: number;
}

/**
 * Checks what the province says of a sitting. A statement from before the scheduled start, or of an end before it, is left
 * over from another use of the same ids; both moments are the province's, so a wrong clock of this PC does not matter.
 */
export async function verifySittingStatement(
  jws: string,
  subject: StatementSubject,
  keys: readonly PublicJwk[],
): Promise<Result<SittingStatement, ReceiptFailure>> {
  const verified = await verifyTyped(jws, JOSE_TYPE.sittingStatement, SittingStatement, keys);
  if (!verified.ok) return verified;
  const { conferenceId, sittingId, issuedAt, finishedAt } = verified.value;
  if (conferenceId !== subject.conferenceId || sittingId !== subject.sittingId) {
    return err({ error: 'other_sitting', detail: `the statement is about ${conferenceId}, ${sittingId}` });
  }
  const oldest = Math.min(Date.parse(issuedAt), Date.parse(finishedAt ?? issuedAt));
  if (oldest < subject.startsAt) {
    return err({ error: 'too_old', detail: `issued ${issuedAt}, end ${finishedAt ?? 'open'}: before the start` });
  }
  return verified;
}

/** Algorithms that a pinned key may sign with (RFC 7518, RFC 8037, RFC 9864); the answer's header does not choose. */
function signatureAlgorithms(key: PublicJwk): string[] {
  const curve = typeof key['crv'] === 'string' ? key['crv'] : '';
  const byType: Record<string, string[]> = {
    'OKP Ed25519': ['EdDSA', 'Ed25519'],
    'EC P-256': ['ES256'],
    'EC P-384': ['ES384'],
    'EC P-521': ['ES512'],
    'RSA ': ['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
  };
  const possible = byType[`${key.kty} ${curve}`] ?? [];
  if (key.alg === undefined) return possible;
  if (key.alg === 'EdDSA' || key.alg === 'Ed25519') return possible.filter((a) => a === 'EdDSA' || a === 'Ed25519');
  return possible.filter((a) => a === key.alg);
}

async function verifyTyped<T>(
  jws: string,
  typ: string,
  schema: z.ZodType<T>,
  keys: readonly PublicJwk[],
): Promise<Result<T, ReceiptFailure>> {
  let header;
  try {
    header = decodeProtectedHeader(jws);
  } catch (cause) {
    return err({ error: 'not_a_signature', detail: cause instanceof Error ? cause.message : String(cause) });
  }
  if (header.typ !== typ) return err({ error: 'wrong_type', detail: `typ is ${String(header.typ)}, not ${typ}` });
  const named = keys.filter((key) => key.kid !== undefined && key.kid === header.kid);
  let detail = 'no pinned key can check it';
  for (const key of named.length > 0 ? named : keys) {
    const algorithms = signatureAlgorithms(key);
    if (!header.alg || !algorithms.includes(header.alg)) continue;
    try {
      const { payload } = await compactVerify(jws, await importJWK(key as JWK, header.alg), { algorithms });
      return readContent(payload, schema);
    } catch (cause) {
      detail = cause instanceof Error ? cause.message : String(cause);
    }
  }
  return err({ error: 'bad_signature', detail });
}

function readContent<T>(payload: Uint8Array, schema: z.ZodType<T>): Result<T, ReceiptFailure> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return err({ error: 'bad_content', detail: 'the signed content is not JSON' });
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : err({ error: 'bad_content', detail: z.prettifyError(parsed.error) });
}
