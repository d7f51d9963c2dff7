import { z } from 'zod';
import { AttendeeKind, Method } from './attendance.ts';
import { Sha256Hex } from './common.ts';
import { SessionReport1 } from './report-1.ts';
import { Provenance } from './session-package.ts';
import { EndedBy } from './sitting.ts';

const Count = z.int().min(0);
const Instant = z.iso.datetime();
/** A stable code of ours: a word of a table, never a sentence. */
const Code = z.string().min(1).max(80);

/** Who did something: a role, and the name where a person gave one. */
const Who = z.strictObject({
  role: z.enum(['technician', 'chair', 'secretary', 'kiosk', 'province', 'unknown']),
  name: z.string().nullable(),
});

/** Totals of a sitting that is over. summoned = present + absentExcused + absentUnexcused + substituted. */
const ReportTotals = z.strictObject({
  summoned: Count,
  present: Count,
  onTime: Count,
  late: Count,
  leftEarly: Count,
  absentExcused: Count,
  absentUnexcused: Count,
  /** Summoned people in whose place a substitute sat: neither present nor absent. */
  substituted: Count,
  walkIns: Count,
  guests: Count,
  substitutes: Count,
  supervisors: Count,
  /** Everybody who came, of every kind, gone again or not. Format 1 calls this `inHall`. */
  came: Count,
  /** Of those, who had not left when the sitting ended; what a head-count is compared with. */
  inHall: Count,
});

/**
 * Why a sitting that had ended went on, or a sealed report was opened: `by_hand` at the console · `broadcast_returned`, the
 * picture came back after an end by the timetable · `province_return`, the province sent the report back · `correction` at
 * the venue · `sign_off`, the chair confirmed after the sealing · `not_recorded`, the program of that time did not say.
 */
export const ReopeningCause = z.enum([
  'by_hand',
  'broadcast_returned',
  'province_return',
  'correction',
  'sign_off',
  'not_recorded',
]);
export type ReopeningCause = z.infer<typeof ReopeningCause>;

/** Whose side a fault was on, as far as the venue can tell. */
export const FaultSide = z.enum(['centre', 'line', 'this_pc', 'province', 'unknown']);
export type FaultSide = z.infer<typeof FaultSide>;

/** How the session package came to be used: its rule, or the person who let it in. */
export const PackageAdmission = z.enum(['pinned_key', 'first_use', 'by_person', 'unsigned', 'local', 'rehearsal']);
export type PackageAdmission = z.infer<typeof PackageAdmission>;

const SignedHead = z.strictObject({
  at: Instant,
  occasion: z.enum(['migration', 'roll_call', 'end', 'minute', 'sealing']),
  events: Count,
  head: Sha256Hex,
  /** Ed25519 by `device.keyId`, base64url. */
  signature: z.string(),
});

/**
 * The session report of one sitting, before sealing. Canonical JSON (RFC 8785); moments are ISO 8601 in UTC. Null says
 * "not known here", an empty list "there was none". `rehearsal: true` marks a practice report: a real intake refuses it.
 */
export const SessionReport = z.strictObject({
  ...SessionReport1.shape,
  format: z.literal('session-report/2'),
  provenance: Provenance,
  packageTrust: z.strictObject({
    admitted: PackageAdmission,
    /** Who let it in where a person had to; null where a rule did. */
    by: Who.nullable(),
    at: Instant.nullable(),
    /** RFC 7638 thumbprint of the key that signed the package. */
    fingerprint: z.string().nullable(),
  }),
  /** Why this revision was made; absent on revision 1. */
  amendment: z
    .strictObject({
      cause: ReopeningCause,
      /** In the words of `by`; null where the cause says all. */
      reason: z.string().nullable(),
      by: Who,
      /** In the province's words, when it had sent the revision before back. */
      returnReason: z.string().nullable(),
      /** The earlier revisions; `delivered` as it stood when this one was sealed. */
      previous: z.array(z.strictObject({ revision: z.int().min(1), sha256: Sha256Hex, delivered: z.boolean() })),
    })
    .optional(),
  sitting: z.strictObject({
    ...SessionReport1.shape.sitting.shape,
    endedBy: EndedBy,
    /** Newest moment at which the PC is known to have run before the end. */
    lastSignOfLifeAt: Instant.nullable(),
    /** Stands when a dead PC left the sitting open: the next start, which found it. `endedAt` is then the last sign of life. */
    endFoundAt: Instant.nullable(),
    /** Each time an end was taken back or a sealed report opened, oldest first. */
    reopenings: z.array(
      z.strictObject({
        at: Instant,
        cause: ReopeningCause,
        by: Who,
        reason: z.string().nullable(),
      }),
    ),
  }),
  totals: ReportTotals,
  units: z.array(ReportTotals.extend({ unitId: z.string().nullable(), unitName: z.string().nullable() })),
  people: z.array(
    z.strictObject({
      ...SessionReport1.shape.people.element.shape,
      kind: AttendeeKind,
      method: Method.nullable(),
      status: z.enum(['present', 'late', 'left_early', 'absent_excused', 'absent_unexcused', 'substituted']),
      /** Who sat for this person; stands exactly with the status `substituted`. */
      substitutedBy: z.string().nullable(),
      /** A moment of this person was written down while the clock of the PC was known to be wrong. */
      clockWrong: z.boolean(),
    }),
  ),
  rollCalls: z.array(
    z.strictObject({
      ...SessionReport1.shape.rollCalls.element.shape,
      /** It does not count; who said so and why. */
      cancelled: z.strictObject({ at: Instant, by: Who, reason: z.string() }).nullable(),
    }),
  ),
  /** The chair's confirmation. */
  signOff: z
    .strictObject({
      name: z.string(),
      position: z.string(),
      at: Instant,
      /** Whose PIN it was given with. */
      role: z.enum(['chair', 'technician']).nullable(),
    })
    .nullable(),
  playback: z.strictObject({
    ...SessionReport1.shape.playback.shape,
    interruptions: z.array(
      z.strictObject({
        from: Instant,
        to: Instant.nullable(),
        whose: FaultSide,
        /** Word of the table of causes; null when only the side is known. */
        cause: Code.nullable(),
        /** What was seen: an HTTP status or a system code. */
        code: Code.nullable(),
      }),
    ),
  }),
  clock: z.strictObject({
    /** Centre's clock less ours, ms, as known during the sitting; null when no hosts agreed on it. */
    centreOffset: z.strictObject({ ms: z.number(), at: Instant, hosts: z.int().min(1) }).nullable(),
    /** Jumps of the wall clock against the monotonic one inside one boot, oldest first; `byMs` is new less old. */
    jumps: z.array(z.strictObject({ at: Instant, byMs: z.number() })),
  }),
  /** Starts of the core while the sitting ran, the one in which it opened too; 0 where an older program did not count. */
  starts: Count,
  /** Head of the hash chain: `events` rows, ending in `head`. */
  log: z.strictObject({
    events: Count,
    head: Sha256Hex,
    chain: z.strictObject({
      state: z.enum(['verified', 'broken', 'not_checked']),
      brokenAtSeq: z.int().min(1).nullable(),
      /** `hash`: shows a fault, not a forger, who can make all hashes again. `keyed`: bound to a secret of this PC. */
      method: z.enum(['hash', 'keyed']),
      /** Rows before this one are not keyed; their head was signed once at a migration. Null when all or none are. */
      keyedFromSeq: z.int().min(1).nullable(),
    }),
    /** Heads that were signed while the sitting ran. */
    signedHeads: z.array(SignedHead),
  }),
  /** The copy of the log outside the database. */
  secondCopy: z.strictObject({
    state: z.enum(['none', 'complete', 'behind', 'failed']),
    where: z.enum(['same_disk', 'other_disk', 'stick']).nullable(),
    at: Instant.nullable(),
  }),
  /** Outcomes of the checks before the hour, oldest first. */
  checks: z.array(
    z.strictObject({ check: Code, state: z.enum(['green', 'yellow', 'red']), at: Instant, code: Code.nullable() }),
  ),
  /** Things that a reader should know of this PC in this time: a damaged row, a PIN set by another role. */
  marks: z.array(z.strictObject({ at: Instant, mark: Code, by: Who })),
});
export type SessionReport = z.infer<typeof SessionReport>;

/** A report in any format that was ever sealed. */
export const AnySessionReport = z.discriminatedUnion('format', [SessionReport1, SessionReport]);
export type AnySessionReport = z.infer<typeof AnySessionReport>;

/** JOSE `typ` headers: a signature made for one purpose cannot be replayed for another. */
export const JOSE_TYPE = {
  sessionPackage: 'session-package+jws',
  report: 'session-report+jws',
  rehearsalReport: 'session-report-rehearsal+jws',
  sealedReport: 'session-report+jwe',
  receipt: 'report-receipt+jws',
  reportReturn: 'report-return+jws',
  sittingStatement: 'sitting-statement+jws',
} as const;

/** The province's answer: a JWS over this. Nothing else counts as delivered. */
export const Receipt = z.strictObject({
  format: z.literal('report-receipt/1'),
  reportId: z.uuid(),
  revision: z.int().min(1),
  /** SHA-256 of the sealed bytes as the province received them. */
  sha256: Sha256Hex,
  receivedAt: Instant,
  serial: z.string().min(1).max(80),
});
export type Receipt = z.infer<typeof Receipt>;

/** The province sends a received revision back for an amendment: a JWS over this, signed with a receipt key. */
export const ReportReturn = z.strictObject({
  format: z.literal('report-return/1'),
  reportId: z.uuid(),
  revision: z.int().min(1),
  /** What the chair is asked to correct, in the province's words. */
  reason: z.string().min(1).max(2000),
  at: Instant,
});
export type ReportReturn = z.infer<typeof ReportReturn>;
