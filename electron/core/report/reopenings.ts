import type { SessionReport } from '../../contract/report.ts';
import type { SittingLife, SittingRecord } from '../../contract/sitting.ts';
import type { SittingNotes } from '../store/report-store.ts';
import type { Store } from '../store/store.ts';
import type { Reopening } from './build-report.ts';

export type StatedAmendment = NonNullable<SessionReport['amendment']>;

/** What a person said when sealing an amendment; null where the kiosk seals by itself. */
export interface Amendment {
  cause: 'correction' | 'sign_off';
  reason: string | null;
  by: StatedAmendment['by'];
}

/** Every end that was taken back and every sealed report that was opened, oldest first by the PC's clock. */
export function listReopenings(life: SittingLife, notes: SittingNotes): Reopening[] {
  const ends = life.reopenings.map(ofLife);
  return [...ends, ...notes.openings].toSorted((a, b) => a.at - b.at);
}

/**
 * What the next revision says about why it was made: the words of whoever seals it, if a person does; else the last end
 * that was taken back since the newest revision. Where neither is known it says "not recorded", never a cause that nobody
 * saw. "Since" is counted, not compared by the clock: what the newest revision lists already is no reason for the next.
 * Undefined for revision 1.
 */
export function stateAmendment(
  store: Store,
  sitting: SittingRecord,
  life: SittingLife,
  said: Amendment | null,
): StatedAmendment | undefined {
  const revisions = store.reports.listRevisions(sitting.reportId);
  const newest = revisions.at(-1);
  if (!newest) return undefined;
  const outcomes = store.outbox.listOutcomes(sitting.reportId);
  const last = outcomes.get(newest.revision);
  return {
    ...chooseReason(lastSince(store, sitting, life, newest.revision), said),
    returnReason: last?.state === 'returned' ? last.returnReason : null,
    previous: revisions.map(({ revision, sha256 }) => {
      const state = outcomes.get(revision)?.state;
      return { revision, sha256, delivered: state === 'delivered' || state === 'returned' };
    }),
  };
}

/** The opening of the report that is under way, else the last end that was taken back and that no revision lists yet. */
function lastSince(store: Store, sitting: SittingRecord, life: SittingLife, newest: number): Reopening | null {
  if (sitting.state === 'amended') return store.reports.getNotes(sitting.id).openings.at(-1) ?? null;
  // A report of thousands takes its time to read.
  if (life.reopenings.length === 0) return null;
  const listed = store.reports.getReport(sitting.reportId, newest)?.sitting.reopenings ?? [];
  const known = listed.filter((r) => r.cause === 'by_hand' || r.cause === 'broadcast_returned').length;
  const last = life.reopenings.slice(known).at(-1);
  return last ? ofLife(last) : null;
}

function chooseReason(
  last: Reopening | null,
  said: Amendment | null,
): Pick<StatedAmendment, 'cause' | 'reason' | 'by'> {
  if (said) return last?.cause === 'province_return' ? { ...said, cause: 'province_return' } : said;
  if (last) return { cause: last.cause, reason: last.reason, by: last.by };
  return { cause: 'not_recorded', reason: null, by: { role: 'unknown', name: null } };
}

function ofLife({ at, by, reason }: SittingLife['reopenings'][number]): Reopening {
  if (by === 'broadcast') return { at, cause: 'broadcast_returned', by: { role: 'kiosk', name: null }, reason };
  return { at, cause: 'by_hand', by: { role: by, name: null }, reason };
}
