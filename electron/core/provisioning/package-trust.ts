import { calculateJwkThumbprint } from 'jose';
import type { JWK } from 'jose';
import { z } from 'zod';
import { PublicJwk } from '../../contract/common.ts';
import { PackageAdmission } from '../../contract/report.ts';
import { CLOCK_SET_SINCE } from '../../shared/moment.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import type { ReadPackage } from './read-package.ts';

/** An issue dated further ahead than this is not of now: it would lock out every real one that follows, ms. */
const FUTURE_MS = 48 * 3_600_000;
/** Of the file's SHA-256, what a person types to let it in: 64 bits in groups of four. */
const CODE_DIGITS = 16;

/** Keys that a package may be signed with, as far as files say. */
export interface KnownKeys {
  keys: readonly PublicJwk[];
  /** They come from `--trust`: then they alone count. */
  given: boolean;
}

/** Why a person must let a package in. */
export type TrustQuestion = 'unsigned' | 'other_key' | 'other_venue' | 'same_issue' | 'future_issue';

const StoredTrust = z.object({
  /** SHA-256 of the file this was decided about, hex. */
  digest: z.string(),
  admitted: PackageAdmission,
  /** Where a person had to let it in: when, epoch ms, and what spoke against it. */
  at: z.number().nullable(),
  against: z.array(z.string()),
  fingerprint: z.string().nullable(),
});
export type PackageTrust = z.infer<typeof StoredTrust>;

export type TrustOutcome = { ok: true; trust: PackageTrust } | { ok: false; sentence: string; vi: string };

const PINS = 'package_pins';
const trustOf = (packageId: string): string => `package_trust:${packageId}`;

/** The code with which a person lets this very file in: `1a2b-3c4d-5e6f-7a8b`. */
export function codeOf(digest: string): string {
  return (digest.slice(0, CODE_DIGITS).match(/.{4}/gu) ?? []).join('-');
}

/** What speaks against a package, for a person to judge; empty when it comes in by itself. */
export async function listQuestions(
  store: Store,
  input: { read: ReadPackage; known: KnownKeys },
): Promise<TrustQuestion[]> {
  return (await weigh(store, input)).against;
}

/** `vouched`: how the very same bytes came in before, where a signature or a person answered for them. */
async function weigh(
  store: Store,
  { read, known }: { read: ReadPackage; known: KnownKeys },
): Promise<{ vouched: PackageTrust | null; against: TrustQuestion[]; isPinned: boolean }> {
  const session = store.sessions.getSession(read.document.packageId);
  const before = session && readTrust(store, session.packageId);
  const isSame = session?.digest === read.digest;
  const isVouched = before?.admitted === 'by_person' || (!known.given && session?.keyId !== null);
  if (isSame && before?.digest === read.digest && isVouched) return { vouched: before, against: [], isPinned: true };
  const pins = known.given ? await idsOf(known.keys) : await listPinIds(store, known);
  const against = [...askSignature(read, pins, known.given), ...(isSame ? [] : askIssue(store, read, session))];
  return { vouched: null, against, isPinned: pins.size > 0 };
}

/**
 * Whether a package may be used. Once keys of a province are pinned, only packages signed with them are; everything else
 * must be let in by a person who types the code of that very file, which then stands in the report.
 */
export async function judgePackage(
  store: Store,
  input: { read: ReadPackage; known: KnownKeys; allowed: string | null; fileName: string },
): Promise<TrustOutcome> {
  const { read, allowed, fileName } = input;
  const { vouched, against, isPinned } = await weigh(store, input);
  if (vouched) return { ok: true, trust: vouched };
  const [first] = against;
  if (first === undefined) {
    const admitted = read.keyId === null ? 'unsigned' : isPinned ? 'pinned_key' : 'first_use';
    return { ok: true, trust: { digest: read.digest, admitted, at: null, against: [], fingerprint: read.keyId } };
  }
  if (allowed === null || codeOf(read.digest) !== codeOf(allowed.toLowerCase().replaceAll(/[^0-9a-f]/gu, '')))
    return { ok: false, ...describeQuestion(first, fileName, codeOf(read.digest)) };
  const at = store.clock.now();
  return { ok: true, trust: { digest: read.digest, admitted: 'by_person', at, against, fingerprint: read.keyId } };
}

/** Writes down how the package came in, and which keys the next one must be signed with. To be called after the import. */
export function rememberTrust(store: Store, read: ReadPackage, known: KnownKeys, trust: PackageTrust): void {
  const { packageId } = read.document;
  const before = readTrust(store, packageId);
  if (before?.digest !== trust.digest || before.at !== trust.at) {
    store.settings.setSetting(trustOf(packageId), trust);
    if (trust.at !== null)
      for (const question of trust.against)
        store.settings.addMark(packageId, { at: trust.at, mark: `package_${question}` });
  }
  const pins = pinsAfter(store, read, known, trust);
  const unchanged = JSON.stringify(pins) === JSON.stringify(listPins(store));
  if (pins.length > 0 && !unchanged) store.settings.setSetting(PINS, pins);
}

/** How the package of a session came in; null for sessions of older programs. */
export function readTrust(store: Store, packageId: string): PackageTrust | null {
  return store.settings.getSetting(trustOf(packageId), StoredTrust);
}

/** The keys that later packages must be signed with, after this one came in. */
function pinsAfter(store: Store, read: ReadPackage, known: KnownKeys, trust: PackageTrust): readonly PublicJwk[] {
  const present = pinsNow(store, known);
  // A person vouched for one file, not for whoever signed it.
  if (trust.admitted === 'by_person' || !read.signer) return present;
  const named = read.document.keys.packages;
  if (known.given) return unique([...known.keys, ...named, read.signer]);
  // One that names no keys changes nothing about those that are pinned.
  return named.length > 0 || present.length === 0 ? unique([...named, read.signer]) : present;
}

/** The keys that the next package must be signed with, as the database has them; empty when nothing is pinned. */
export function listPins(store: Store): readonly PublicJwk[] {
  return store.settings.getSetting(PINS, z.array(PublicJwk)) ?? [];
}

/** The database has the last word: the file beside it may be gone. */
function pinsNow(store: Store, known: KnownKeys): readonly PublicJwk[] {
  const stored = listPins(store);
  if (stored.length > 0) return stored;
  if (known.keys.length > 0 && !known.given) return known.keys;
  return store.sessions.listSessions().flatMap((s) => (s.keyId === null ? [] : s.document.keys.packages));
}

/** Thumbprints. Folders of older programs have no list of pins: there whoever signed a stored session is pinned. */
async function listPinIds(store: Store, known: KnownKeys): Promise<Set<string>> {
  const ids = await idsOf(pinsNow(store, known));
  if (ids.size === 0 || listPins(store).length === 0)
    for (const { keyId } of store.sessions.listSessions()) if (keyId !== null) ids.add(keyId);
  return ids;
}

async function idsOf(keys: readonly PublicJwk[]): Promise<Set<string>> {
  const ids = keys.map((key) => calculateJwkThumbprint(key as JWK).catch(() => null));
  return new Set((await Promise.all(ids)).filter((id) => id !== null));
}

function unique(keys: readonly PublicJwk[]): PublicJwk[] {
  return [
    ...new Map(keys.map((key) => [JSON.stringify([key.kty, key['crv'], key['x'], key['y'], key['n']]), key])).values(),
  ];
}

function askSignature(read: ReadPackage, pins: ReadonlySet<string>, given: boolean): TrustQuestion[] {
  if (pins.size === 0 && !given) return [];
  if (read.keyId === null) return ['unsigned'];
  return pins.has(read.keyId) ? [] : ['other_key'];
}

function askIssue(store: Store, read: ReadPackage, session: SessionRecord | null): TrustQuestion[] {
  const { document } = read;
  const questions: TrustQuestion[] = [];
  const venues = store.sessions
    .listSessions()
    .filter((s) => s.provenance !== 'rehearsal')
    .map((s) => s.document.venue.id);
  const isOtherVenue = session
    ? session.document.venue.id !== document.venue.id
    : venues.length > 0 && !venues.includes(document.venue.id);
  if (isOtherVenue) questions.push('other_venue');
  const issuedAt = Date.parse(document.issuedAt);
  if (session?.issuedAt === issuedAt) questions.push('same_issue');
  const now = store.clock.now();
  const lastEnd = Math.max(...document.sittings.map((s) => Date.parse(s.endsAt)));
  // A clock that was never set says nothing about a date.
  if (issuedAt > lastEnd || (now >= CLOCK_SET_SINCE && issuedAt > now + FUTURE_MS)) questions.push('future_issue');
  return questions;
}

function describeQuestion(question: TrustQuestion, file: string, code: string): { sentence: string; vi: string } {
  const words: Record<TrustQuestion, { en: string; vi: string }> = {
    unsigned: {
      en: 'it is not signed, and this PC takes only packages signed with the keys of its province; do not use it, ask the province',
      vi: 'tệp không có chữ ký, trong khi máy này chỉ nhận gói do tỉnh ký; đừng dùng tệp này, hãy hỏi tỉnh',
    },
    other_key: {
      en: 'it is signed with another key than those of the province on this PC; do not use it, ask the province',
      vi: 'tệp được ký bằng khóa khác với khóa của tỉnh trên máy này; đừng dùng tệp này, hãy hỏi tỉnh',
    },
    other_venue: {
      en: 'it is for another venue than the one of this PC; take the file of this venue',
      vi: 'tệp dành cho điểm cầu khác; hãy lấy tệp của đúng điểm cầu này',
    },
    same_issue: {
      en: 'it has the same date of issue as the one on this PC but other content; ask the province which of them counts',
      vi: 'tệp có cùng thời điểm phát hành với bản trên máy nhưng nội dung khác; hãy hỏi tỉnh bản nào đúng',
    },
    future_issue: {
      en: 'its date of issue lies in the future; check the clock of this PC first, then ask the province',
      vi: 'thời điểm phát hành ở tương lai; hãy kiểm tra đồng hồ của máy trước, rồi hỏi tỉnh',
    },
  };
  const { en, vi } = words[question];
  return {
    sentence: `Session package ${file}: ${en}. To use it all the same, compare the code ${code} with the province and start with --allow-package ${code}.`,
    vi: `Gói phiên ${file}: ${vi}. Nếu vẫn phải dùng: đối chiếu mã ${code} với tỉnh rồi chạy với --allow-package ${code}.`,
  };
}
