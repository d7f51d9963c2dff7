import type { Cause } from '../../shared/causes.ts';

/** What is known of an error of the network: system codes and texts, from the nearest cause to the furthest. */
export interface ErrorFacts {
  codes: string[];
  text: string;
  aborted: boolean;
}

const DEEPEST = 5;

/** undici hides the system's error one or two causes deep; several addresses make an aggregate. */
export function readError(cause: unknown): ErrorFacts {
  const facts: ErrorFacts = { codes: [], text: '', aborted: false };
  const visit = (at: unknown, depth: number): void => {
    if (!(at instanceof Error) || depth > DEEPEST) return;
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (code) facts.codes.push(code);
    facts.text += `${code} ${at.message}; `;
    if (at.name === 'AbortError' && !/Proxy response/u.test(at.message)) facts.aborted = true;
    visit(at.cause, depth + 1);
    if (at instanceof AggregateError) for (const error of at.errors) visit(error, depth + 1);
  };
  visit(cause, 0);
  return facts;
}

/** In this order: the more exact before the less. */
const BY_CODE: readonly [RegExp, Cause][] = [
  [/^CERT_HAS_EXPIRED$/u, 'certificate_expired'],
  [/^CERT_NOT_YET_VALID$/u, 'certificate_not_yet_valid'],
  [/^CERT_REVOKED$/u, 'certificate_revoked'],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH/u, 'certificate_wrong_name'],
  [/^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/u, 'certificate_incomplete'],
  [/SELF_SIGNED|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED|INVALID_CA|^CERT_/u, 'certificate_unknown_root'],
  [/^ERR_TLS|^ERR_SSL|^EPROTO$/u, 'tls_handshake'],
  [/^ECONNREFUSED$/u, 'refused'],
  [/^(EAI_AGAIN|ESERVFAIL|ETIMEOUT|EREFUSED)$/u, 'dns_unavailable'],
  [/^(ENOTFOUND|ENODATA|EAI_NONAME|EAI_NODATA)$/u, 'name_not_found'],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL|EHOSTDOWN)$/u, 'no_route'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/u, 'no_connection'],
  [/^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/u, 'no_answer'],
  [/^(Z_DATA_ERROR|Z_BUF_ERROR|ERR__ERROR_FORMAT_|ERR_.*BROTLI|ERR_PADDING)/u, 'bad_encoding'],
  [/^HPE_|^UND_ERR_HEADERS_OVERFLOW$|^UND_ERR_RES/u, 'bad_answer'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ECONNABORTED|UND_ERR_PRX_CONN)$/u, 'reset'],
];

/** Names an error that came in place of an answer. `viaProxy`: without an answer of the proxy, what failed is the way to it. */
export function causeOfError({ codes, text }: ErrorFacts, viaProxy: boolean): Cause {
  // The fetch standard makes a nameless error of an answer with 407.
  if (/\b407\b|proxy authentication/iu.test(text) || (codes.length === 0 && /fetch failed;\s+;/u.test(text)))
    return 'proxy_login';
  if (/Proxy response \((502|503|504)\)/u.test(text)) return 'no_connection';
  if (/Proxy response \(\d+\)/u.test(text)) return 'proxy_refused';
  const cause = BY_CODE.flatMap(([pattern, found]) => (codes.some((code) => pattern.test(code)) ? [found] : []))[0];
  // TLS errors carry their reason only in the text.
  if (!cause && /does not match the HTTP/iu.test(text)) return 'bad_answer';
  if (!cause && /wrong version number|handshake failure|protocol version/iu.test(text)) return 'tls_handshake';
  if (
    viaProxy &&
    (cause === 'refused' || cause === 'name_not_found' || cause === 'no_connection' || cause === 'no_route')
  )
    return 'proxy_unreachable';
  return cause ?? (/redirect/iu.test(text) ? 'redirect_loop' : 'no_connection');
}
