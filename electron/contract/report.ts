import { z } from 'zod';
import { Id, Sha256Hex } from './common.ts';
import { EndedBy } from './sitting.ts';
import { FaultCause } from './broadcast.ts';
import { AttendeeKind, Method } from './attendance.ts';
import { Provenance } from './session-package.ts';

const Count = z.int().min(0);
const Instant = z.iso.datetime();

const ReportTotals = z.strictObject({
  summoned: Count,
  present: Count,
  onTime: Count,
  late: Count,
  leftEarly: Count,
  absentExcused: Count,
  absentUnexcused: Count,
  walkIns: Count,
  guests: Count,
  substitutes: Count,
  supervisors: Count,
  inHall: Count,
});

const Official = z.strictObject({ name: z.string(), position: z.string().optional(), unit: z.string().optional() });

/**
 * The session report of one sitting, before sealing. Canonical JSON (RFC 8785); moments are ISO 8601 in UTC.
 * `rehearsal: true` marks a practice report: a real intake refuses it.
 */
export const SessionReport = z.strictObject({
  format: z.literal('session-report/1'),
  reportId: z.uuid(),
  revision: z.int().min(1),
  rehearsal: z.boolean(),
  provenance: Provenance,
  packageId: Id,
  packageDigest: Sha256Hex,
  createdAt: Instant,
  /** Why this revision replaces the one before; absent on revision 1. */
  amendment: z.strictObject({ reason: z.string(), author: z.string() }).optional(),
  conference: z.strictObject({ id: Id, title: z.string(), organiser: z.string().optional() }),
  venue: z.strictObject({ id: Id, name: z.string(), address: z.string().optional() }),
  roles: z.strictObject({
    chair: Official.optional(),
    secretary: Official.optional(),
    technician: Official.optional(),
    supervisors: z.array(Official),
  }),
  sitting: z.strictObject({
    id: Id,
    title: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    openedAt: Instant.nullable(),
    liveAt: Instant.nullable(),
    endedAt: Instant,
    endedBy: EndedBy,
    topics: z.array(
      z.strictObject({
        title: z.string(),
        presenter: z.string().optional(),
        startsAt: Instant.optional(),
        endsAt: Instant.optional(),
      }),
    ),
  }),
  totals: ReportTotals,
  units: z.array(ReportTotals.extend({ unitId: z.string().nullable(), unitName: z.string().nullable() })),
  people: z.array(
    z.strictObject({
      personId: z.string(),
      name: z.string(),
      birthYear: z.int().nullable(),
      position: z.string().nullable(),
      unitId: z.string().nullable(),
      kind: AttendeeKind,
      substituteFor: z.string().nullable(),
      status: z.enum(['present', 'late', 'left_early', 'absent_excused', 'absent_unexcused']),
      arrivedAt: Instant.nullable(),
      lateMinutes: Count,
      leftAt: Instant.nullable(),
      method: Method.nullable(),
      reason: z.string().nullable(),
      confirmed: z.array(z.string()),
    }),
  ),
  rollCalls: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      openedAt: Instant,
      closedAt: Instant.nullable(),
      confirmed: Count,
    }),
  ),
  /** Head-count by eye, and why it differs from the list; null while nobody has entered one. */
  headCount: z.strictObject({ counted: Count, reason: z.string().nullable(), by: z.string() }).nullable(),
  signOff: z.strictObject({ name: z.string(), position: z.string(), at: Instant }).nullable(),
  remarks: z.string().nullable(),
  playback: z.strictObject({
    minutesShown: z.number().min(0),
    startupMs: z.number().nullable(),
    rebufferMs: z.number().min(0),
    rebufferCount: Count,
    rebufferRatio: z.number().min(0),
    framesDecoded: Count,
    framesDropped: Count,
    failovers: Count,
    recreations: Count,
    delayAverageS: z.number().nullable(),
    delayMaximumS: z.number().nullable(),
    sources: z.array(z.string()),
    heights: z.array(z.strictObject({ heightPx: Count, ms: z.number() })),
    interruptions: z.array(z.strictObject({ from: Instant, to: Instant.nullable(), cause: FaultCause })),
  }),
  clock: z.strictObject({
    /** Centre's clock less ours, ms, from the HTTP Date header; null when never seen. */
    centreOffsetMs: z.number().nullable(),
    /** Jumps of the wall clock against the monotonic clock inside one boot. */
    jumps: Count,
  }),
  /** Head of the hash chain: `seq` events, ending in this hash. */
  log: z.strictObject({ events: Count, head: Sha256Hex }),
  device: z.strictObject({ keyId: z.string(), app: z.string() }),
});
export type SessionReport = z.infer<typeof SessionReport>;

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
