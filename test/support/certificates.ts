import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate for tests, and the key that belongs to it. */
export interface MadeCertificate {
  name: string;
  /** PEM. */
  cert: string;
  key: string;
  privateKey: KeyObject;
}

export interface CertificateWish {
  name: string;
  /** Signs; itself when absent. */
  issuer?: MadeCertificate;
  authority?: boolean;
  notBefore?: Date;
  notAfter?: Date;
  /** DNS names or IPv4 addresses that it is for. */
  hosts?: string[];
}

const DAY_MS = 86_400_000;

/** Makes an X.509 certificate (RFC 5280) with a P-256 key; valid from yesterday for a year unless said. */
export function makeCertificate(wish: CertificateWish): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = wish.notBefore ?? new Date(Date.now() - DAY_MS);
  const notAfter = wish.notAfter ?? new Date(Date.now() + 365 * DAY_MS);
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    nameOf(wish.issuer?.name ?? wish.name),
    sequence(time(notBefore), time(notAfter)),
    nameOf(wish.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(wish))),
  );
  const signature = sign('sha256', body, wish.issuer?.privateKey ?? privateKey);
  const bytes = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = bytes
    .toString('base64')
    .match(/.{1,64}/gu)!
    .join('\n');
  return {
    name: wish.name,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
  };
}

function extensions({ authority, hosts = [] }: CertificateWish): Buffer[] {
  const found: Buffer[] = [];
  if (authority)
    found.push(
      sequence(oid('2.5.29.19'), der(0x01, Buffer.from([0xff])), der(0x04, sequence(der(0x01, Buffer.from([0xff]))))),
    );
  if (hosts.length > 0) {
    const names = hosts.map((host) =>
      /^[\d.]+$/u.test(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host)),
    );
    found.push(sequence(oid('2.5.29.17'), der(0x04, sequence(...names))));
  }
  return found;
}

function nameOf(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/gu, '');
  return der(0x18, Buffer.from(digits));
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function oid(text: string): Buffer {
  const [a = 0, b = 0, ...rest] = text.split('.').map(Number);
  const bytes = [a * 40 + b];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, body: Buffer): Buffer {
  const { length } = body;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body]);
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>= 8) bytes.unshift(left & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), body]);
}
