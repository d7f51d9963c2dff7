import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Cause } from '../../shared/causes.ts';
import { causeOfError, readError } from './error-cause.ts';
import { connectFirst } from './happy-eyeballs.ts';
import { inspectCertificate, isInspector, nameOf, refineCertificateCause } from './inspect-certificate.ts';
import { createTrust } from './trust.ts';

const LIMIT_MS = 6_000;

/** A secure connection as this PC sees it. */
export type TlsLook =
  /** `inspector`: who opens connections of this PC and signs them again, where its own authority is trusted here. */
  | { ok: true; validTo: number; inspector: string | null }
  /** `signedBy`: who signed the certificate that was refused, where one was shown. */
  | { ok: false; cause: Cause; signedBy: string | null };

/**
 * Opens one secure connection to `origin` with the same trust as every request, and sends nothing over it. `now` is the PC's
 * clock, epoch ms. Never rejects.
 */
export async function lookAtTls(origin: string, authority: string | undefined, now: number): Promise<TlsLook> {
  try {
    const socket = await openTls(origin, authority);
    const own = socket.getPeerCertificate(true);
    const inspector = listIssuers(own).find(isInspector) ?? null;
    const validTo = Date.parse(own.valid_to);
    socket.destroy();
    return { ok: true, validTo, inspector };
  } catch (error) {
    const cause = causeOfError(readError(error), false);
    if (!cause.startsWith('certificate_')) return { ok: false, cause, signedBy: null };
    const shown = await inspectCertificate(origin);
    return { ok: false, cause: refineCertificateCause(cause, shown, now), signedBy: shown?.issuer || null };
  }
}

function openTls(origin: string, authority: string | undefined): Promise<TLSSocket> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/gu, '');
  return new Promise((resolve, reject) => {
    connectFirst({ hostname: host, port: Number(port) || 443, timeoutMs: LIMIT_MS }, (error, plain) => {
      if (!plain) return reject(error ?? new Error('no socket'));
      const secure = connect({
        socket: plain,
        host,
        servername: /^[\d.]+$|:/u.test(host) ? '' : host,
        secureContext: createTrust(authority),
      });
      const limit = setTimeout(() => secure.destroy(new Error('handshake failure: no answer')), LIMIT_MS);
      secure.once('secureConnect', () => {
        clearTimeout(limit);
        secure.removeAllListeners('error');
        secure.on('error', () => undefined);
        resolve(secure);
      });
      secure.once('error', (fault) => {
        clearTimeout(limit);
        plain.destroy();
        reject(fault);
      });
    });
  });
}

/** Who signed each certificate of the chain, from the server's own upwards. */
function listIssuers(own: ReturnType<TLSSocket['getPeerCertificate']>): string[] {
  const found: string[] = [];
  let at: PeerCertificate & { issuerCertificate?: PeerCertificate } = own;
  for (let depth = 0; depth < 10; depth += 1) {
    found.push(nameOf(at.issuer));
    const above = at.issuerCertificate;
    if (!above || above === at) break;
    at = above;
  }
  return found;
}
