import { z } from 'zod';
import { Id, Sha256Hex } from './common.ts';

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
 * The first format of the session report. Frozen: reports in it are stored and still owed, and provinces read it. What is
 * new goes into `session-report/2`.
 */
export const SessionReport1 = z.strictObject({
  format: z.literal('session-report/1'),
  reportId: z.uuid(),
  revision: z.int().min(1),
  rehearsal: z.boolean(),
  provenance: z.enum(['signed', 'signed_first_use', 'unsigned', 'rehearsal']),
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
    endedBy: z.enum(['ENDLIST', 'schedule', 'province', 'technician', 'chair']),
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
      kind: z.enum(['summoned', 'walk_in', 'guest', 'substitute', 'supervisor']),
      substituteFor: z.string().nullable(),
      status: z.enum(['present', 'late', 'left_early', 'absent_excused', 'absent_unexcused']),
      arrivedAt: Instant.nullable(),
      lateMinutes: Count,
      leftAt: Instant.nullable(),
      method: z.enum(['search', 'list', 'citizen_card', 'party_card', 'badge', 'number', 'secretary']).nullable(),
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
    interruptions: z.array(
      z.strictObject({
        from: Instant,
        to: Instant.nullable(),
        cause: z.enum(['centre', 'line', 'this_pc', 'unknown']),
      }),
    ),
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
export type SessionReport1 = z.infer<typeof SessionReport1>;
