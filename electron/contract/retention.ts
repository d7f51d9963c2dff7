import { z } from 'zod';
import { Sha256Hex } from './common.ts';

/** What stays of a session when its personal data was destroyed, and the word of the PC that it was. */

const Instant = z.iso.datetime();

/** Signed by the key of the PC (JWS, `typ` `destruction-certificate+jws`): what was destroyed, when and by which rule. */
export const DestructionCertificate = z.strictObject({
  format: z.literal('destruction-certificate/1'),
  packageId: z.string(),
  packageDigest: Sha256Hex,
  conference: z.string(),
  venue: z.strictObject({ id: z.string(), name: z.string() }),
  retentionDays: z.int().min(1),
  /** The last receipt of the session, by the later of the two clocks; null where nothing was ever sealed. */
  lastReceiptAt: Instant.nullable(),
  warnedAt: Instant,
  destroyedAt: Instant,
  /** Rows that held something of a person. */
  destroyed: z.strictObject({ people: z.int(), numbers: z.int(), entries: z.int(), reports: z.int(), files: z.int() }),
  /** Copies that hold another session's unfinished records too, and go with that one. */
  copiesLeft: z.int(),
  /** Of each revision the hash of the sealed bytes and the number of its receipt. */
  kept: z.array(
    z.strictObject({
      reportId: z.string(),
      revision: z.int().min(1),
      sha256: Sha256Hex,
      receiptSerial: z.string().nullable(),
    }),
  ),
  device: z.strictObject({ keyId: z.string(), app: z.string() }),
});
export type DestructionCertificate = z.infer<typeof DestructionCertificate>;

/** A session of this PC and when its personal data goes, for the console. Moments are epoch milliseconds. */
export interface RetentionView {
  packageId: string;
  conference: string;
  /** `kept`: not yet, or a report is not finished · `warned`: destroyed at `destroyAt` · `destroyed`. */
  state: 'kept' | 'warned' | 'destroyed';
  destroyAt: number | null;
  destroyedAt: number | null;
  /** First 8 hex digits of the SHA-256 of the signed certificate. */
  certificate: string | null;
}

export type RetentionAnswer = { ok: true; sessions: RetentionView[] };
export const SaveCertificateInput = z.strictObject({
  packageId: z.string().min(1).max(80),
  placeId: z.string().min(1).max(80),
});
export type SaveCertificateAnswer =
  | { ok: true; file: string }
  | { ok: false; error: 'no_certificate' | 'no_such_place' | 'not_saved' };
