import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/**
 * Authorities that the kiosk trusts: Node's own list, the store of this PC (on Linux also what SSL_CERT_FILE names), and
 * `certificateAuthority`, the PEM of the session package, added to them and not in their place.
 */
export function createTrust(certificateAuthority?: string): SecureContext {
  const ca = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  if (certificateAuthority) ca.add(certificateAuthority);
  return createSecureContext({ ca: [...ca] });
}
