import { z } from 'zod';
import { HttpUrl, Name } from './common.ts';
import type { ImportFile } from './api-roster.ts';
import type { Provenance } from './session-package.ts';
import type { SittingState } from './sitting.ts';

/** What the start screen asks and shows: sessions that can be opened, and what opening one would change. */

/** A sentence for people, in both languages. */
export interface Words {
  vi: string;
  en: string;
}

/** Why a package cannot be used as it is. `ask` kinds may be allowed by a person; the others never. */
export type PackageFault =
  /** The file is cut off, altered or not what its name says; the sentence says where. */
  | 'damaged'
  | 'older_issue'
  /** Its personal data was destroyed here as its time was over. */
  | 'data_destroyed'
  /** All its sittings are over. */
  | 'expired'
  | 'too_large'
  /** The file with the keys of the province on this PC cannot be read. */
  | 'keys_unreadable'
  /** It came from an address, and no key of the province is known here yet. */
  | 'address_without_keys'
  /** It came from an address, and is not signed with a key of the province. */
  | 'address_not_signed';
export type PackageQuestion = 'unsigned' | 'other_key' | 'other_venue' | 'same_issue' | 'future_issue';

/** What a person compares before a package is used. */
export interface PackageFacts {
  packageId: string;
  conference: string;
  organiser: string | null;
  venue: { id: string; name: string };
  sittings: { title: string; startsAt: number; endsAt: number }[];
  /** People summoned by name; null where the package has no roster. */
  people: number | null;
  issuedAt: number;
  provenance: Exclude<Provenance, 'rehearsal'>;
  /** Name that the signer gave the key; null when it has none or nobody signed. */
  signer: string | null;
  /** Of the key that signed it, as groups of four; null when nobody signed. */
  fingerprint: string | null;
  /** Code of this very file, as groups of four. */
  code: string;
  /** Its very content is in the records of this PC. */
  stored: boolean;
}

/** A session package found on this PC or one of its sticks. */
export interface FoundPackage {
  /** Of the file as it is now; another content has another one. */
  id: string;
  name: string;
  folder: ImportFile['folder'];
  /** Volume name of a stick; null for the user's own folders. */
  volume: string | null;
  removable: boolean;
  /** Host it was fetched from; null for a file. */
  host: string | null;
  modifiedAt: number;
  /** Null where the file cannot be read. */
  facts: PackageFacts | null;
  /** Why it can never be used, with a sentence where there is more to say. */
  fault: { code: PackageFault; words: Words | null } | null;
  /** What a person must allow first. */
  questions: PackageQuestion[];
}

/** A session in the records of this PC. */
export interface StoredSession {
  packageId: string;
  conference: string;
  venue: { id: string; name: string };
  sittings: { title: string; startsAt: number; endsAt: number; state: SittingState }[];
  provenance: Provenance;
  importedAt: number;
  /** Sittings that are not sealed yet, or reports that the province has not received. */
  unfinished: boolean;
  /** A sitting is ahead: it can be tried out until shortly before. */
  canTry: boolean;
  /** Its records cannot be read. */
  damaged: boolean;
}

export interface LobbyView {
  now: number;
  /** As set for this PC. */
  language: 'vi' | 'en';
  /** What can be used before what a person must allow, and that before what cannot be used; newest first in each. */
  packages: FoundPackage[];
  stored: StoredSession[];
  /** The first search of this start is still going on. */
  searching: boolean;
  /** The search was cut short somewhere: a stick with very many files. */
  cut: boolean;
  /** This PC has a technician's PIN, of the session it had last. */
  hasPin: boolean;
  /** Why what was chosen before could not be opened. */
  refusal: Words | null;
  /** Reports of earlier sessions that the province has not received. */
  owed: number;
  /** Stable codes of what is wrong with this PC. */
  alarms: string[];
  /** Something was chosen, and opens now. */
  opening: boolean;
}

const FoundId = z.string().min(1).max(80);
export const PreviewPackageInput = z.strictObject({ id: FoundId });
/** What loading it would do to the records of this PC. */
export interface PackageChange {
  change: 'new' | 'same' | 'updated';
  people: { added: number; changed: number; removed: number };
  /** Titles of sittings that come, go, or move to another time. */
  sittings: { added: string[]; removed: string[]; moved: string[] };
}
export type PreviewPackageAnswer =
  | { ok: true; package: FoundPackage; change: PackageChange; needsPin: boolean }
  | { ok: false; error: 'file_gone' }
  | { ok: false; error: 'refused'; words: Words };

export const LoadPackageInput = z.strictObject({
  id: FoundId,
  /** What lets a package in that a person must allow: the technician's PIN, or the last group of its code where there is no PIN. */
  allow: z.string().max(40).optional(),
  /** The technician's PIN from now on, where the package brings none. */
  newPin: z
    .string()
    .regex(/^\d{6,10}$/)
    .optional(),
});
export type LoadPackageAnswer =
  | { ok: true }
  | { ok: false; error: 'file_gone' | 'wrong_code' | 'busy' }
  | { ok: false; error: 'wrong_pin' | 'locked_out'; retryAfterMs: number }
  | { ok: false; error: 'refused'; words: Words };

export const FetchPackageInput = z.strictObject({ address: z.string().min(1).max(2_000) });
/**
 * `id`: of the package, which is in the list from now on. `cause`: a word of the table of causes. `web_page`: a page for people lies
 * there; `not_a_package`: something larger than any package.
 */
export type FetchPackageAnswer =
  | { ok: true; id: string }
  | { ok: false; error: 'not_https' | 'not_a_package' | 'web_page' | 'busy' }
  | { ok: false; error: 'not_reached'; cause: string };

/** A session made on the spot. Moments are epoch ms. */
export const CreateSessionInput = z.strictObject({
  conference: Name,
  venue: Name,
  sittings: z
    .array(
      z
        .strictObject({ title: Name, startsAt: z.int().min(0), endsAt: z.int().min(0) })
        .refine(({ startsAt, endsAt }) => endsAt > startsAt),
    )
    .min(1)
    .max(6),
  /** Empty where the picture comes from another device. */
  stream: z.union([z.literal(''), HttpUrl]),
  /** The preview of the roster whose people it begins with; empty: without a roster. */
  rosterPreviewId: z.union([z.literal(''), z.uuid()]),
  /** The stored session to whose province its reports go; empty: nowhere, they are saved by hand. */
  reportsLike: z.string().max(80),
});
export type CreateSessionInput = z.infer<typeof CreateSessionInput>;
/** `id`: of the file that was saved, in the list like any other package. `roster_gone`: another file was read since, or a question is open. */
export type CreateSessionAnswer =
  | { ok: true; id: string; name: string }
  | { ok: false; error: 'no_province' | 'roster_gone' | 'no_place' | 'not_written' };

/** Files in which a roster for such a session may stand. */
export type LobbyFilesAnswer = { ok: true; files: ImportFile[]; more: boolean };

export const TryStreamInput = z.strictObject({ address: HttpUrl });
/** `pictures`: how many qualities it offers. `cause`: a word of the table of causes. */
export type TryStreamAnswer = { ok: true; pictures: number } | { ok: false; error: 'not_read'; cause: string };

export const OpenStoredInput = z.strictObject({ packageId: z.string().min(1).max(80) });
export type OpenStoredAnswer = { ok: true } | { ok: false; error: 'gone' | 'busy' };

/** `pin`: the technician's, where this PC has one. */
export const QuitLobbyInput = z.strictObject({ pin: z.string().max(20).optional() });
export type QuitLobbyAnswer =
  | { ok: true }
  | { ok: false; error: 'pin_needed' }
  | { ok: false; error: 'wrong_pin' | 'locked_out'; retryAfterMs: number };

export const TrySessionInput = z.strictObject({ packageId: z.string().min(1).max(80) });
/**
 * Why a stored session cannot be tried out now. `sitting_running`: something of this PC is open or live; `too_late`: its next
 * sitting opens (epoch ms) too soon; `no_sitting`: none is ahead.
 */
export type TrialRefusal =
  | { ok: false; error: 'gone' | 'busy' | 'sitting_running' | 'no_sitting' | 'not_written' }
  | { ok: false; error: 'too_late'; opensAt: number };
export type TrySessionAnswer = { ok: true } | TrialRefusal;
