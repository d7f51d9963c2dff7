import { z } from 'zod';
import type { AttendanceStatus } from './attendance.ts';
import type { RosterPersonView } from './api-roster.ts';

/** What the console asks about entries of the list that are one person: which they may be, what merging two comes to, and doing it. */

export const RosterMergeInput = z.strictObject({
  packageId: z.string().max(200),
  /** Stays, and takes what it lacks from the other. */
  keepId: z.string().max(200),
  /** Goes from the list; where the log names both, it stays in the log as an entry of the other. */
  dropId: z.string().max(200),
  /** Needed where the log names both: what was entered about both counts, or only what was entered about the one that stays. */
  count: z.enum(['both', 'kept']).optional(),
});
export type RosterMergeInput = z.infer<typeof RosterMergeInput>;
type MergeFault = 'not_on_list' | 'not_mergeable' | 'wrong_package';
/** `both_in_log`: say which entries count. */
export type RosterMergeAnswer =
  | { ok: true; importId: string }
  | { ok: false; error: MergeFault | 'both_in_log' | 'list_changed' | 'busy' };
export const RosterMergeLookInput = z.strictObject({
  packageId: z.string().max(200),
  keepId: z.string().max(200),
  dropId: z.string().max(200),
});
export type RosterMergeLookInput = z.infer<typeof RosterMergeLookInput>;
/** Where somebody stands in a sitting, for a decision about two entries. Moments are epoch milliseconds. */
export interface MergeStanding {
  status: AttendanceStatus;
  arrivedAt: number | null;
  leftAt: number | null;
  /** Roll calls in which they were confirmed. */
  confirmed: number;
}
/** What merging two entries would come to. */
export type RosterMergeLookAnswer =
  | {
      ok: true;
      packageId: string;
      keep: RosterPersonView;
      drop: RosterPersonView;
      /** The log names both, so it must be said which entries count. */
      isAsked: boolean;
      /** Sittings that take their people from the list. */
      sittings: {
        id: string;
        title: string;
        keep: MergeStanding | null;
        drop: MergeStanding | null;
        /** The one person, by the answer. */
        as: Record<'both' | 'kept', MergeStanding | null>;
        now: MergeTotals;
        after: Record<'both' | 'kept', MergeTotals>;
      }[];
      /** Sittings that are over: they keep their list. */
      over: number;
    }
  | { ok: false; error: MergeFault };
export interface MergeTotals {
  summoned: number;
  came: number;
}
/** Groups of entries that may be one person, each at most a few. */
export interface RosterDoublesAnswer {
  ok: true;
  packageId: string;
  groups: (RosterPersonView & { id: string; inLog: boolean })[][];
}

const needs = 'open_console' as const;
const writes = 'session_data' as const;

/** The part of the table of endpoints that is about entries of one and the same person. */
export const ROSTER_MERGE_ENDPOINTS = {
  'console/roster/doubles': { needs, input: z.strictObject({}), answer: z.custom<RosterDoublesAnswer>() },
  'console/roster/merge': { needs, writes, input: RosterMergeInput, answer: z.custom<RosterMergeAnswer>() },
  'console/roster/merge-look': { needs, input: RosterMergeLookInput, answer: z.custom<RosterMergeLookAnswer>() },
} as const;
