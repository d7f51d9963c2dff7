import { createHash } from 'node:crypto';
import { compactVerify, calculateJwkThumbprint, decodeProtectedHeader, importJWK } from 'jose';
import type { JWK } from 'jose';
import type { z } from 'zod';
import { PublicJwk } from '../../contract/common.ts';
import { JOSE_TYPE } from '../../contract/report.ts';
import { RosterPerson, SessionPackage, type Provenance } from '../../contract/session-package.ts';
import { parsePackageJson } from './package-json.ts';
import { isPersonalNumber } from '../../shared/personal-number.ts';
import { describeJson, NUMBER_AS_ID, wordsOf, type Words } from './package-words.ts';

/** A session package is read whole into memory; 50,000 people are about 10 MB. */
export const PACKAGE_LIMIT_BYTES = 40 * 1024 * 1024;
/** One public key and a few words. */
const SIGNATURE_HEADER_LIMIT = 16 * 1024;
/** As much of a wrong field's name as a sentence repeats, characters. */
const LONGEST_FIELD = 120;

export interface ReadPackage {
  document: SessionPackage;
  /** `signed`: by one of the known keys; `signed_first_use`: by the key in its own header, which proves nothing yet. */
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
  /** `field` is a path such as `sittings[0].startsAt`; `sentence` (in Vietnamese `vi`) names it and says what to do. */
  | { ok: false; error: 'bad_package'; field: string | null; sentence: string; vi: string };

/**
 * Reads a session package from a file's bytes: JSON (comments allowed) or a compact JWS over such JSON.
 * A JWS must verify against one of the `known` keys or the key in its own header; which of them, says `provenance`. Whether
 * that is enough is decided in `package-trust.ts`.
 */
export async function readPackage(
  bytes: Uint8Array,
  fileName: string,
  known: readonly PublicJwk[],
): Promise<PackageOutcome> {
  if (bytes.length === 0)
    return bad(fileName, null, {
      en: 'the file is empty; copy it again from the province',
      vi: 'tệp rỗng; hãy chép lại tệp của tỉnh',
    });
  if (bytes.length > PACKAGE_LIMIT_BYTES)
    return bad(fileName, null, {
      en: 'the file is larger than 40 MB and cannot be a session package; choose the right file',
      vi: 'tệp lớn hơn 40 MB, không thể là gói phiên; hãy chọn đúng tệp',
    });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true })
      .decode(bytes)
      .replace(/^\uFEFF/u, '')
      .trim();
  } catch {
    return bad(fileName, null, {
      en: 'the file is not UTF-8 text; ask the province to send it again',
      vi: 'tệp không phải văn bản UTF-8; xin tỉnh gửi lại',
    });
  }
  const digest = digestOf(bytes);
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/u.test(text)) {
    const opened = await openSigned(text, fileName, known);
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

async function openSigned(jws: string, fileName: string, known: readonly PublicJwk[]): Promise<Opened> {
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    if (jws.indexOf('.') > SIGNATURE_HEADER_LIMIT) throw new Error('longer than any key');
    header = decodeProtectedHeader(jws);
  } catch {
    return bad(fileName, null, {
      en: 'the signature header cannot be read; ask the province to send the file again',
      vi: 'không đọc được phần chữ ký; xin tỉnh gửi lại tệp',
    });
  }
  if (header.typ !== JOSE_TYPE.sessionPackage) {
    const typ = String(header.typ).slice(0, LONGEST_FIELD);
    return bad(fileName, null, {
      en: `it is signed as "${typ}", not as a session package; ask the province for the right file`,
      vi: `tệp được ký là "${typ}", không phải gói phiên; xin tỉnh gửi đúng tệp`,
    });
  }
  const own = PublicJwk.safeParse(header.jwk).data;
  if (known.length === 0 && !own)
    return bad(fileName, null, {
      en: 'no key is known to check its signature; start once with the key file of the province (--trust FILE)',
      vi: 'chưa có khóa để kiểm tra chữ ký; hãy chạy một lần với tệp khóa của tỉnh (--trust TỆP)',
    });
  for (const key of own ? [...known, own] : known) {
    try {
      const verified = await compactVerify(jws, await importJWK(key as JWK, header.alg), {
        algorithms: ['EdDSA', 'Ed25519', 'ES256'],
      });
      return {
        ok: true,
        payload: new TextDecoder('utf-8', { fatal: true }).decode(verified.payload),
        provenance: known.includes(key) ? 'signed' : 'signed_first_use',
        keyId: await calculateJwkThumbprint(key as JWK),
        signer: key,
      };
    } catch {
      // The next key may be the one; the province rotates them.
    }
  }
  return bad(fileName, null, {
    en: 'its signature does not match the key of the province; do not use it and ask the province',
    vi: 'chữ ký không khớp khóa của tỉnh; đừng dùng tệp này, hãy hỏi tỉnh',
  });
}

function parseDocument(
  text: string,
  fileName: string,
): { ok: true; document: SessionPackage } | Extract<PackageOutcome, { ok: false }> {
  const read = parsePackageJson(text);
  if (!read.ok) return bad(fileName, null, describeJson(read));
  const raw = read.value;
  const wrong = findWrongPerson(raw);
  const parsed = wrong ? null : SessionPackage.safeParse(raw);
  if (parsed?.success) return { ok: true, document: parsed.data };
  const issue = wrong ?? parsed?.error?.issues[0];
  const words = issue ? wordsOf(issue) : { en: 'wrong form', vi: 'sai mẫu' };
  return bad(fileName, issue ? fieldOf(issue, raw) : null, {
    en: `${words.en}; correct this field or ask the province for a new package`,
    vi: `${words.vi}; hãy sửa mục này hoặc xin tỉnh gói mới`,
  });
}

/** The first wrong person of a roster, or the first whose id is a number that belongs to that person outside the hall. The schema would collect a finding for each wrong field of 50,000 people. */
function findWrongPerson(raw: unknown): z.core.$ZodIssue | null {
  const roster: unknown = raw !== null && typeof raw === 'object' && 'roster' in raw ? raw.roster : null;
  if (!Array.isArray(roster)) return null;
  for (const [index, entry] of roster.entries()) {
    const read = RosterPerson.safeParse(entry);
    const issue = read.error?.issues[0];
    if (issue) return { ...issue, path: ['roster', index, ...issue.path] };
    const { id = '', citizenNumber, partyNumber } = read.data ?? {};
    if (isPersonalNumber(id, [citizenNumber, partyNumber]))
      return { code: 'custom', path: ['roster', index, 'id'], message: NUMBER_AS_ID, input: id };
  }
  return null;
}

/** `sittings[0].startsAt`, with the misspelt name for an unknown field. */
function fieldOf(issue: z.core.$ZodIssue, raw: unknown): string {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...keys]
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  if (path.length > 0)
    return path
      .replace(/^\./u, '')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .slice(0, LONGEST_FIELD);
  return raw === null || typeof raw !== 'object' ? 'the whole file' : 'the package';
}

function bad(fileName: string, field: string | null, what: Words): Extract<PackageOutcome, { ok: false }> {
  return {
    ok: false,
    error: 'bad_package',
    field,
    sentence: `Session package ${fileName}${field ? `, field "${field}"` : ''}: ${what.en}.`,
    vi: `Gói phiên ${fileName}${field ? `, mục "${field}"` : ''}: ${what.vi}.`,
  };
}
