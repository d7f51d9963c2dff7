import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Cause } from '../../shared/causes.ts';

/** What a server showed when it was asked for nothing but its certificate. */
export interface ShownCertificate {
  issuer: string;
  validFrom: number;
  validTo: number;
  /** Certificates in the chain as sent. */
  sent: number;
  /** The server's own clock, epoch ms; null where it does not say. */
  serverTime: number | null;
}

const LIMIT_MS = 4_000;
/** A clock further off than this explains why a certificate counts as expired or not yet valid. */
const CLOCK_OFF_MS = 12 * 3_600_000;
/** Makers of programs and boxes that open TLS and sign it again with an authority of their own. */
const INSPECTORS =
  /kaspersky|avast|\bavg\b|\beset\b|bitdefender|bkav|\bcmc\b.*(filter|security)|norton|symantec|mcafee|trellix|sophos|fortinet|fortigate|zscaler|netskope|palo alto|check ?point|blue ?coat|watchguard|untangle|umbrella|barracuda|dr\.?web|quick ?heal|g data|adguard|f-secure|trend micro|mitmproxy|fiddler|charles proxy|antivirus|anti-virus|web shield|ssl (filter|inspection|proxy)|tls (filter|inspection)/iu;
/** Whether this issuer is one of those. */
export function isInspector(issuer: string): boolean {
  return INSPECTORS.test(issuer);
}

const ROOTS = /\broot\b|\bgốc\b/iu;

/**
 * A nearer name for a certificate that was refused with `cause`: what the server shows tells an authority of an antivirus from
 * one that is missing, and its clock tells a wrong certificate from a wrong date of this PC.
 */
export function refineCertificateCause(cause: Cause, shown: ShownCertificate | null, now: number): Cause {
  if (!shown) return cause;
  if (cause === 'certificate_expired' || cause === 'certificate_not_yet_valid') {
    const { serverTime, validFrom, validTo } = shown;
    const rightThen = serverTime !== null && serverTime >= validFrom && serverTime <= validTo;
    return rightThen && Math.abs(serverTime - now) > CLOCK_OFF_MS ? 'clock_wrong' : cause;
  }
  if (cause !== 'certificate_incomplete' && cause !== 'certificate_unknown_root') return cause;
  if (isInspector(shown.issuer)) return 'certificate_inspected';
  // One certificate alone, and its issuer calls itself a root: nothing is missing but the trust.
  return shown.sent === 1 && ROOTS.test(shown.issuer) ? 'certificate_unknown_root' : cause;
}

/** Asks a server for its certificate and its date, and for nothing else; null when it does not answer. Never rejects. */
export function inspectCertificate(origin: string): Promise<ShownCertificate | null> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/gu, ''),
      port: Number(port) || 443,
      servername: /^[\d.]+$|:/u.test(hostname) ? '' : hostname,
      // Nothing is sent that anybody could want, and nothing that comes is believed: this finds words for an error.
      rejectUnauthorized: false,
    });
    let shown: ShownCertificate | null = null;
    let head = '';
    const finish = (): void => {
      clearTimeout(limit);
      socket.destroy();
      if (shown) shown.serverTime = dateOf(head);
      resolve(shown);
    };
    const limit = setTimeout(finish, LIMIT_MS);
    socket.once('secureConnect', () => {
      shown = readCertificate(socket);
      socket.write(`HEAD / HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (part: Buffer) => {
      head += part.toString('latin1');
      if (head.includes('\r\n\r\n') || head.length > 16_384) finish();
    });
    socket.once('error', finish);
    socket.once('close', finish);
  });
}

function readCertificate(socket: TLSSocket): ShownCertificate | null {
  const own = socket.getPeerCertificate(true);
  if (!own.valid_from) return null;
  let sent = 1;
  for (let at = own; at.issuerCertificate && at.issuerCertificate !== at && sent < 10; at = at.issuerCertificate)
    sent += 1;
  return {
    issuer: nameOf(own.issuer),
    validFrom: Date.parse(own.valid_from),
    validTo: Date.parse(own.valid_to),
    sent,
    serverTime: null,
  };
}

/** An issuer in words: organisation, unit and common name. */
export function nameOf(issuer: PeerCertificate['issuer']): string {
  return [issuer.O, issuer.OU, issuer.CN].flat().filter(Boolean).join(', ');
}

function dateOf(head: string): number | null {
  const date = Date.parse(/^date:\s*(.*)$/imu.exec(head)?.[1] ?? '');
  return Number.isFinite(date) ? date : null;
}
