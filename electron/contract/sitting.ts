import { z } from 'zod';
import { Id } from './common.ts';

/** Life of a sitting; see the design of the state machine in core/sitting. */
export const SittingState = z.enum(['prepared', 'open', 'live', 'ended', 'sealed', 'delivered', 'amended']);
export type SittingState = z.infer<typeof SittingState>;

/** What closed the sitting. */
export const EndedBy = z.enum(['ENDLIST', 'schedule', 'province', 'technician', 'chair']);
export type EndedBy = z.infer<typeof EndedBy>;

/** A sitting as stored. Moments are epoch milliseconds. */
export interface SittingRecord {
  /** Unique on this PC; made of package and plan, and never taken apart again. */
  id: string;
  packageId: string;
  /** The sitting's id in its session package, and in reports. */
  planId: string;
  title: string;
  ordinal: number;
  state: SittingState;
  opensAt: number;
  startsAt: number;
  endsAt: number;
  graceMs: number;
  openedAt: number | null;
  liveAt: number | null;
  /** ENDLIST was seen, or the province said "finished"; the last frames are still being shown. */
  endingAt: number | null;
  endedAt: number | null;
  /** Stands from `endingAt` on, so that a restart in between still knows whose word it was. */
  endedBy: EndedBy | null;
  sealedAt: number | null;
  deliveredAt: number | null;
  /** UUIDv7 of the report, chosen once per sitting; folders written by the first version hold random ones (UUIDv4). */
  reportId: string;
}

/**
 * What the province says of a sitting whose broadcast a venue has lost: a JWS over this, signed with a receipt key. The
 * ids are the session package's; the statement is the same for every venue of the conference.
 */
export const SittingStatement = z
  .strictObject({
    format: z.literal('sitting-statement/1'),
    conferenceId: Id,
    sittingId: Id,
    state: z.enum(['scheduled', 'live', 'finished']),
    /** Stands exactly when the state is `finished`. */
    finishedAt: z.iso.datetime().optional(),
    issuedAt: z.iso.datetime(),
  })
  .refine((s) => (s.state === 'finished') === (s.finishedAt !== undefined), {
    path: ['finishedAt'],
    error: 'must stand exactly when the state is "finished"',
  });
export type SittingStatement = z.infer<typeof SittingStatement>;
