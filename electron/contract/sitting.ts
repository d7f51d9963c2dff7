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
  /** When the broadcast was first seen open after the start of the sitting: only then an ENDLIST is of this sitting. */
  broadcastSeenAt: number | null;
}

/** Who took an end back: the broadcast that went on after an inferred end, or a person on the console. */
export const ReopenedBy = z.enum(['broadcast', 'technician', 'chair']);
export type ReopenedBy = z.infer<typeof ReopenedBy>;

/** What happened to a sitting and its PC besides the steps of its life. Moments are epoch milliseconds of the PC's clock. */
export interface SittingLife {
  /** Starts of the core while the sitting was open or live; the one in which it opened counts too. 0: it never opened. */
  starts: number;
  /** The last moment at which the kiosk was seen to run in this sitting, up to its end; at least each minute, and each event. */
  lastSignOfLifeAt: number | null;
  /** When the end was written down. Later than `endedAt` when a PC that was switched off had left the sitting open. */
  endRecordedAt: number | null;
  /** What `endedAt` is: the moment the end was decided, or the last sign of life of a PC that was switched off. */
  endIs: 'decided' | 'last_sign_of_life' | null;
  /** Each end that was taken back, oldest first. */
  reopenings: { at: number; by: ReopenedBy; reason: string | null }[];
  /** Each step of the PC's clock while the sitting ran: after the step (`at`), and its size; sleep is none. */
  clockJumps: { at: number; byMs: number }[];
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
