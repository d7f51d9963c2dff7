import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** One takes 14 ms of the processor and half a megabyte outside the heap, which no collection hurries to free: kept, the newest last. */
const kept = new Map<string, SecureContext>();
/** Of the session, of another one at the start screen, of this PC alone, and one to spare. */
const MOST_KEPT = 4;

/**
 * Authorities that the kiosk trusts: Node's own list, the store of this PC (on Linux also what SSL_CERT_FILE names), and
 * `certificateAuthority`, the PEM of the session package, added to them and not in their place. Both lists are those of the start of
 * the process.
 */
export function createTrust(certificateAuthority = ''): SecureContext {
  const known = kept.get(certificateAuthority);
  kept.delete(certificateAuthority);
  const trust = known ?? makeContext(certificateAuthority);
  kept.set(certificateAuthority, trust);
  for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
  return trust;
}

function makeContext(certificateAuthority: string): SecureContext {
  const ca = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  if (certificateAuthority !== '') ca.add(certificateAuthority);
  return createSecureContext({ ca: [...ca] });
}
