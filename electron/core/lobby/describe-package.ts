import { createHash } from 'node:crypto';
import type { FoundPackage, PackageFacts } from '../../contract/api-lobby.ts';
import type { PackageFile } from '../provisioning/find-packages.ts';
import { codeOf, listPins, listQuestions, type KnownKeys } from '../provisioning/package-trust.ts';
import { PACKAGE_LIMIT_BYTES, type ReadPackage } from '../provisioning/read-package.ts';
import type { Store } from '../store/store.ts';

/** A package as the start screen lists it: what a person compares, why it cannot be used, and what must be allowed. */
export async function describePackage(store: Store, found: PackageFile, known: KnownKeys): Promise<FoundPackage> {
  const { id, file, outcome, people, fetched } = found;
  const { volume, folder, removable } = file.place;
  const place = {
    id,
    name: file.name,
    folder,
    volume,
    removable,
    host: fetched?.host ?? null,
    modifiedAt: file.modifiedAt,
  };
  if (!outcome.ok) {
    const code = file.sizeBytes > PACKAGE_LIMIT_BYTES ? 'too_large' : 'damaged';
    const words = { vi: outcome.vi, en: outcome.sentence };
    return { ...place, facts: null, fault: { code, words }, questions: [] };
  }
  const read = outcome.value;
  const facts = describeFacts(store, read, people);
  const code = findFault(store, read, facts);
  if (code !== null) return { ...place, facts, fault: { code, words: null }, questions: [] };
  const questions = await listQuestions(store, { read, known });
  const doubt = fetched === null ? null : doubtAddress(store, read, known, questions);
  return doubt
    ? { ...place, facts, fault: { code: doubt, words: null }, questions: [] }
    : { ...place, facts, fault: null, questions };
}

/** An address proves nothing about who wrote what lies there, so nobody may let it in: only a known key does. */
function doubtAddress(
  store: Store,
  read: ReadPackage,
  known: KnownKeys,
  questions: readonly string[],
): 'address_without_keys' | 'address_not_signed' | null {
  if (known.keys.length === 0 && listPins(store).length === 0) return 'address_without_keys';
  const isSigned = read.keyId !== null && !questions.includes('other_key');
  return isSigned ? null : 'address_not_signed';
}

function findFault(
  store: Store,
  { document }: ReadPackage,
  facts: PackageFacts,
): 'older_issue' | 'expired' | 'data_destroyed' | null {
  if (facts.stored) return null;
  if (store.retention.isDestroyed(document.packageId)) return 'data_destroyed';
  const session = store.sessions.getSession(document.packageId);
  if (session && session.issuedAt > facts.issuedAt) return 'older_issue';
  const now = store.clock.now();
  const isOver = document.sittings.every((s) => Date.parse(s.endsAt) + s.endGraceMinutes * 60_000 < now);
  return isOver ? 'expired' : null;
}

function describeFacts(store: Store, read: ReadPackage, people: number | null): PackageFacts {
  const { document, provenance, signer, keyId, digest } = read;
  return {
    packageId: document.packageId,
    conference: document.conference.title,
    organiser: document.conference.organiser ?? null,
    venue: { id: document.venue.id, name: document.venue.name },
    sittings: document.sittings.map(({ title, startsAt, endsAt }) => {
      return { title, startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt) };
    }),
    people,
    issuedAt: Date.parse(document.issuedAt),
    provenance,
    signer: signer?.kid ?? null,
    fingerprint: keyId === null ? null : fingerprintOf(keyId),
    code: codeOf(digest),
    stored: store.sessions.getSession(document.packageId)?.digest === digest,
  };
}

/** Of a key's thumbprint, what people can compare over the telephone: 64 bits in groups of four. */
function fingerprintOf(keyId: string): string {
  return codeOf(createHash('sha256').update(keyId).digest('hex'));
}
