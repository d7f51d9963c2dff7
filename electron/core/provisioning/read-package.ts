import { createHash } from 'node:crypto';
import { compactVerify, calculateJwkThumbprint, decodeProtectedHeader, importJWK } from 'jose';
import type { JWK } from 'jose';
import { parse as parseJsonc, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { PublicJwk } from '../../contract/common.ts';
import { JOSE_TYPE } from '../../contract/report.ts';
import { SessionPackage, type Provenance } from '../../contract/session-package.ts';

/** A session package is read whole into memory; 50,000 people are about 10 MB. */
export const PACKAGE_LIMIT_BYTES = 40 * 1024 * 1024;

export interface ReadPackage {
  document: SessionPackage;
  provenance: Exclude<Provenance, 'rehearsal'>;
  /** Thumbprint (RFC 7638) of the key that signed it. */
  keyId: string | null;
  /** That key itself; null when the file is not signed. */
  signer: PublicJwk | null;
  /** SHA-256 of the file's bytes, hex. */
  digest: string;
}

export type PackageOutcome =
  | { ok: true; value: ReadPackage }
  /** `field` is a path such as `sittings[0].startsAt`; `sentence` names it and says what to do. */
  | { ok: false; error: 'bad_package'; field: string | null; sentence: string };

/**
 * Reads a session package from a file's bytes: JSON (comments allowed) or a compact JWS over such JSON.
 * A JWS must verify against one of the `pinned` keys; when nothing is pinned yet, against the key in its own header,
 * which is then reported as `signed_first_use` so that the technician can compare its fingerprint.
 */
export async function readPackage(
  bytes: Uint8Array,
  fileName: string,
  pinned: readonly PublicJwk[],
): Promise<PackageOutcome> {
  if (bytes.length === 0) return bad(fileName, null, 'the file is empty; copy it again from the province');
  if (bytes.length > PACKAGE_LIMIT_BYTES)
    return bad(fileName, null, 'the file is larger than 40 MB and cannot be a session package');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true })
      .decode(bytes)
      .replace(/^\uFEFF/u, '')
      .trim();
  } catch {
    return bad(fileName, null, 'the file is not UTF-8 text; ask the province to send it again');
  }
  const digest = digestOf(bytes);
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/u.test(text)) {
    const opened = await openSigned(text, fileName, pinned);
    if (!opened.ok) return opened;
    const parsed = parseDocument(opened.payload, fileName);
    return parsed.ok
      ? {
          ok: true,
          value: {
            document: parsed.document,
            provenance: opened.provenance,
            keyId: opened.keyId,
            signer: opened.signer,
            digest,
          },
        }
      : parsed;
  }
  const parsed = parseDocument(text, fileName);
  return parsed.ok
    ? { ok: true, value: { document: parsed.document, provenance: 'unsigned', keyId: null, signer: null, digest } }
    : parsed;
}

/** SHA-256 of a file's bytes, hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

type Opened =
  | { ok: true; payload: string; provenance: 'signed' | 'signed_first_use'; keyId: string; signer: PublicJwk | null }
  | Extract<PackageOutcome, { ok: false }>;

async function openSigned(jws: string, fileName: string, pinned: readonly PublicJwk[]): Promise<Opened> {
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(jws);
  } catch {
    return bad(fileName, null, 'the signature header cannot be read; ask the province to send the file again');
  }
  if (header.typ !== JOSE_TYPE.sessionPackage) {
    return bad(
      fileName,
      null,
      `it is signed as "${String(header.typ)}", not as a session package; ask the province for the right file`,
    );
  }
  const own = header.jwk;
  const candidates: JWK[] = pinned.length > 0 ? (pinned as JWK[]) : own ? [own] : [];
  if (candidates.length === 0)
    return bad(
      fileName,
      null,
      'no key is known to check its signature; start once with the key file of the province (--trust FILE)',
    );
  for (const key of candidates) {
    try {
      const verified = await compactVerify(jws, await importJWK(key, header.alg), {
        algorithms: ['EdDSA', 'Ed25519', 'ES256'],
      });
      return {
        ok: true,
        payload: new TextDecoder().decode(verified.payload),
        provenance: pinned.length > 0 ? 'signed' : 'signed_first_use',
        keyId: await calculateJwkThumbprint(key),
        signer: PublicJwk.safeParse(key).data ?? null,
      };
    } catch {
      // The next key may be the one; the province rotates them.
    }
  }
  return bad(
    fileName,
    null,
    'its signature does not match the key of the province; do not use it and ask the province',
  );
}

function parseDocument(
  text: string,
  fileName: string,
): { ok: true; document: SessionPackage } | Extract<PackageOutcome, { ok: false }> {
  const faults: ParseError[] = [];
  const raw: unknown = parseJsonc(text, faults, { allowTrailingComma: true });
  const fault = faults[0];
  if (fault) {
    const line = text.slice(0, fault.offset).split('\n').length;
    return bad(
      fileName,
      null,
      `line ${line} is not valid JSON (${printParseErrorCode(fault.error)}); correct it or ask the province for the file again`,
    );
  }
  const parsed = SessionPackage.safeParse(raw);
  if (parsed.success) return { ok: true, document: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue ? fieldOf(issue, raw) : null;
  return bad(
    fileName,
    field,
    `${issue ? wordsOf(issue) : 'wrong form'}; correct this field or ask the province for a new package`,
  );
}

/** The schema's finding in plain words. */
function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'it is missing';
  if (issue.code === 'unrecognized_keys') return 'no such field is known; check its spelling';
  return issue.message.replace(/^Invalid input: /u, '');
}

/** `sittings[0].startsAt`, with the misspelt name for an unknown field. */
function fieldOf(issue: z.core.$ZodIssue, raw: unknown): string {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...keys]
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  if (path.length > 0) return path.replace(/^\./u, '');
  return raw === null || typeof raw !== 'object' ? 'the whole file' : 'the package';
}

function bad(fileName: string, field: string | null, what: string): Extract<PackageOutcome, { ok: false }> {
  const where = field ? `, field "${field}"` : '';
  return { ok: false, error: 'bad_package', field, sentence: `Session package ${fileName}${where}: ${what}.` };
}
