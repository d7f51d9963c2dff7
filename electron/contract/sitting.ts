import { z } from 'zod';

/** Life of a sitting; see the design of the state machine in core/sitting. */
export const SittingState = z.enum(['prepared', 'open', 'live', 'ended', 'sealed', 'delivered', 'amended']);
export type SittingState = z.infer<typeof SittingState>;

/** What closed the sitting. */
export const EndedBy = z.enum(['ENDLIST', 'schedule', 'province', 'technician', 'chair']);
export type EndedBy = z.infer<typeof EndedBy>;

/** A sitting as stored. Moments are epoch milliseconds. */
export interface SittingRecord {
  id: string;
  title: string;
  ordinal: number;
  state: SittingState;
  opensAt: number;
  startsAt: number;
  endsAt: number;
  graceMs: number;
  openedAt: number | null;
  liveAt: number | null;
  /** ENDLIST was seen; the last frames are still being shown. */
  endingAt: number | null;
  endedAt: number | null;
  endedBy: EndedBy | null;
  sealedAt: number | null;
  deliveredAt: number | null;
  /** UUIDv7 of the report, chosen once per sitting. */
  reportId: string;
}
