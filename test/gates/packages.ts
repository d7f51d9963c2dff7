import { CompactSign, exportJWK, generateKeyPair, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PublicJwk } from '../../electron/contract/common.ts';
import { JOSE_TYPE } from '../../electron/contract/report.ts';
import { importPackage } from '../../electron/core/provisioning/import-package.ts';
import { codeOf } from '../../electron/core/provisioning/package-trust.ts';
import { digestOf, readPackage } from '../../electron/core/provisioning/read-package.ts';
import { makePackage } from '../support/make-package.ts';
import { startWithPackage, type PackageStart } from '../support/start-with-package.ts';
import type { CaseResult, Gate, GateOptions, OpenGate } from './gate.ts';
import { openStore } from './open-store.ts';

const HOUR = 3_600_000;
const receiptPublicJwk = { kty: 'OKP' as const, crv: 'Ed25519', x: 'A'.repeat(43) };
const reportPublicJwk = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }) as PublicJwk;

interface Signer {
  privateKey: CryptoKey;
  jwk: JWK;
}

interface Folder {
  dir: string;
  file: string;
  signers: { province: Signer; next: Signer; stranger: Signer };
  now: number;
}

/** What this PC has seen before the file of the case comes. */
const PASTS = [
  'fresh',
  'pinned',
  'pinned_without_names',
  'pinned_by_trust',
  'unsigned',
  'trust_file_gone',
  'trust_file_changed',
  'database_gone',
] as const;
type Past = (typeof PASTS)[number];

/** The file that comes. */
const FILES = [
  'same',
  'newer',
  'newer_unsigned',
  'newer_stranger',
  'unsigned_other_session',
  'stranger_other_session',
  'other_venue',
  'same_issue',
  'far_future',
  'older',
  'next_key',
  'changed_after_signing',
  'wrong_purpose',
  'alg_none',
] as const;
type File = (typeof FILES)[number];

export const packages: Gate = {
  name: 'packages',
  what: 'a package that the pinned keys did not sign, or that is odd, comes in only by a person’s word',
  cases: PASTS.length * FILES.length,
  short: 16,
  open,
};

async function open({ control, dir }: GateOptions): Promise<OpenGate> {
  const [province, next, stranger] = await Promise.all([makeSigner(), makeSigner(), makeSigner()]);
  return {
    tryCase: async (number) => {
      // Spread, so that the short form meets every past and every file.
      const past = PASTS[number % PASTS.length]!;
      const file = FILES[(number + Math.floor(number / PASTS.length) * 5) % FILES.length]!;
      const folder = path.join(dir, String(number));
      mkdirSync(folder, { recursive: true });
      const result = await tryFile(
        { dir: folder, file: path.join(folder, 'p.json'), signers: { province, next, stranger }, now: Date.now() },
        past,
        file,
        control,
      );
      rmSync(folder, { recursive: true, force: true });
      return result;
    },
    close: () => Promise.resolve(),
  };
}

async function tryFile(folder: Folder, past: Past, file: File, control: boolean): Promise<CaseResult> {
  await live(folder, past);
  const bytes = await makeFile(folder, past, file);
  writeFileSync(folder.file, bytes);
  const trustFile = past === 'pinned_by_trust' ? path.join(folder.dir, 'trust.json') : undefined;
  const options = { file: folder.file, dataDir: folder.dir, ...(trustFile ? { trustFile } : {}) };
  const expected = expect(past, file);
  const outcome = control ? await startAsBefore(folder, bytes) : wordOf(await startWithPackage(options));
  const name = `${past} + ${file}`;
  if (outcome !== expected)
    return { outcome: `${outcome} instead of ${expected}`, wrong: `${name}: ${outcome}, not ${expected}` };
  if (!expected.startsWith('asks')) return { outcome, wrong: null };
  // Only the code of this very file lets it in, and it stays in without it.
  const code = codeOf(digestOf(bytes));
  const wrongCode = wordOf(
    await startWithPackage({ ...options, allowed: code.replace(/^./u, (c) => (c === '0' ? '1' : '0')) }),
  );
  if (wrongCode !== expected)
    return { outcome: 'another code let it in', wrong: `${name}: another code: ${wrongCode}` };
  const let1 = await startWithPackage({ ...options, allowed: code.toUpperCase() });
  const let2 = await startWithPackage(options);
  if (wordOf(let1) !== 'by_person' || wordOf(let2) !== 'by_person')
    return {
      outcome: 'a person could not let it in',
      wrong: `${name}: with its code ${wordOf(let1)}, then ${wordOf(let2)}`,
    };
  return { outcome: `${expected}, then let in by its code`, wrong: null };
}

/** The outcome as it ought to be, by the rule alone. */
function expect(past: Past, file: File): string {
  const pinned = past !== 'fresh' && past !== 'unsigned';
  // Without its database the PC knows keys, but no session.
  const known = past !== 'fresh' && past !== 'database_gone';
  switch (file) {
    case 'same':
      if (past === 'unsigned') return 'unsigned';
      return past === 'fresh' || (known && past !== 'pinned_by_trust') ? 'first_use' : 'pinned_key';
    case 'newer':
      return pinned ? 'pinned_key' : 'first_use';
    case 'next_key':
      return past === 'pinned_by_trust' || past === 'pinned_without_names'
        ? 'asks other_key'
        : pinned
          ? 'pinned_key'
          : 'first_use';
    case 'newer_unsigned':
    case 'unsigned_other_session':
      return pinned ? 'asks unsigned' : 'unsigned';
    case 'newer_stranger':
    case 'stranger_other_session':
      return pinned ? 'asks other_key' : 'first_use';
    case 'other_venue':
      return known ? 'asks other_venue' : pinned ? 'pinned_key' : 'first_use';
    case 'same_issue':
      return known ? 'asks same_issue' : pinned ? 'pinned_key' : 'first_use';
    case 'far_future':
      return 'asks future_issue';
    case 'older':
      return known ? 'refused older' : pinned ? 'pinned_key' : 'first_use';
    case 'changed_after_signing':
    case 'wrong_purpose':
    case 'alg_none':
      return 'refused';
  }
}

function wordOf(start: PackageStart): string {
  if (start.ok) return start.admitted;
  if (!start.vi || start.sentence.includes('\n')) return 'refused without one sentence in each language';
  const asks = [
    ['asks unsigned', 'it is not signed'],
    ['asks other_key', 'signed with another key'],
    ['asks other_venue', 'for another venue'],
    ['asks same_issue', 'same date of issue'],
    ['asks future_issue', 'in the future'],
    ['refused older', 'a newer issue'],
  ] as const;
  return asks.find(([, words]) => start.sentence.includes(words))?.[0] ?? 'refused';
}

/** The order of before: whatever can be read is imported. */
async function startAsBefore(folder: Folder, bytes: Buffer): Promise<string> {
  const read = await readPackage(bytes, 'p.json', []);
  if (!read.ok) return 'refused';
  const store = openStore(folder.dir);
  try {
    const imported = await importPackage(store, read.value);
    return imported.ok ? (read.value.provenance === 'unsigned' ? 'unsigned' : 'first_use') : 'refused older';
  } finally {
    store.close();
  }
}

async function live(folder: Folder, past: Past): Promise<void> {
  if (past === 'fresh') return;
  writeFileSync(folder.file, await makeFirst(folder, past));
  const trustFile = path.join(folder.dir, 'trust.json');
  if (past === 'pinned_by_trust') writeFileSync(trustFile, JSON.stringify([folder.signers.province.jwk]));
  const start = await startWithPackage({
    file: folder.file,
    dataDir: folder.dir,
    ...(past === 'pinned_by_trust' ? { trustFile } : {}),
  });
  if (!start.ok) throw new Error(start.sentence);
  const pins = path.join(folder.dir, 'session', 'packages', 'trusted-keys.json');
  if (past === 'trust_file_gone') rmSync(pins);
  if (past === 'trust_file_changed') writeFileSync(pins, JSON.stringify([folder.signers.stranger.jwk]));
  if (past === 'database_gone')
    for (const name of ['kiosk.db', 'kiosk.db-wal', 'kiosk.journal'])
      rmSync(path.join(folder.dir, 'session', name), { force: true });
}

function makeFirst(folder: Folder, past: Past): Promise<Buffer> {
  if (past === 'unsigned') return Promise.resolve(Buffer.from(JSON.stringify(documentOf(folder, {}))));
  const { province, next } = folder.signers;
  const named = past === 'pinned_without_names' || past === 'pinned_by_trust' ? [] : [province.jwk, next.jwk];
  return sign(province, documentOf(folder, { named }));
}

async function makeFile(folder: Folder, past: Past, file: File): Promise<Buffer> {
  const { province, next, stranger } = folder.signers;
  const later = { issuedAt: folder.now - HOUR / 2 };
  switch (file) {
    case 'same':
      return makeFirst(folder, past);
    case 'newer':
      return sign(province, documentOf(folder, later));
    case 'newer_unsigned':
      return Buffer.from(JSON.stringify(documentOf(folder, { ...later, endpoint: 'http://127.0.0.1:2/evil' })));
    case 'newer_stranger':
      return sign(stranger, documentOf(folder, { ...later, named: [stranger.jwk] }));
    case 'unsigned_other_session':
      return Buffer.from(JSON.stringify(documentOf(folder, { ...later, packageId: 'hn-khac' })));
    case 'stranger_other_session':
      return sign(stranger, documentOf(folder, { ...later, packageId: 'hn-khac' }));
    case 'other_venue':
      return sign(province, documentOf(folder, { ...later, venue: 'PX-002' }));
    case 'same_issue':
      return sign(province, documentOf(folder, { endpoint: 'http://127.0.0.1:2/other' }));
    case 'far_future':
      return sign(province, documentOf(folder, { issuedAt: folder.now + 3650 * 24 * HOUR }));
    case 'older':
      return sign(province, documentOf(folder, { issuedAt: folder.now - 9 * HOUR }));
    case 'next_key':
      return sign(next, documentOf(folder, { ...later, named: [next.jwk] }));
    case 'changed_after_signing': {
      const [head, body, tail] = (await sign(province, documentOf(folder, later))).toString().split('.');
      const changed = Buffer.from(body!, 'base64url').toString().replace('PX-001', 'PX-009');
      return Buffer.from(`${head}.${Buffer.from(changed).toString('base64url')}.${tail}`);
    }
    case 'wrong_purpose':
      return sign(province, documentOf(folder, later), JOSE_TYPE.receipt);
    case 'alg_none': {
      const [, body] = new UnsecuredJWT(documentOf(folder, later)).encode().split('.');
      const head = Buffer.from(
        JSON.stringify({ alg: 'none', typ: JOSE_TYPE.sessionPackage, jwk: province.jwk }),
      ).toString('base64url');
      return Buffer.from(`${head}.${body}.AAAA`);
    }
  }
}

function documentOf(
  folder: Folder,
  change: { issuedAt?: number; named?: JWK[]; venue?: string; packageId?: string; endpoint?: string },
): Record<string, unknown> {
  const { now } = folder;
  return makePackage({ keys: { receiptPublicJwk, reportPublicJwk } }, change.endpoint ?? 'http://127.0.0.1:1', {
    people: 2,
    now: now + 24 * HOUR,
    overrides: {
      issuedAt: new Date(change.issuedAt ?? now - HOUR).toISOString(),
      keys: { receipts: [receiptPublicJwk], reports: reportPublicJwk, packages: change.named ?? [] },
      venue: { id: change.venue ?? 'PX-001', name: 'Điểm cầu phường Đồng Xuân' },
      ...(change.packageId ? { packageId: change.packageId } : {}),
    },
  });
}

async function makeSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { privateKey, jwk: await exportJWK(publicKey) };
}

async function sign(
  { privateKey, jwk }: Signer,
  document: object,
  typ: string = JOSE_TYPE.sessionPackage,
): Promise<Buffer> {
  const jws = await new CompactSign(Buffer.from(JSON.stringify(document)))
    .setProtectedHeader({ alg: 'EdDSA', typ, jwk })
    .sign(privateKey);
  return Buffer.from(jws);
}
