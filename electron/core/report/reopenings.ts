import type { SessionReport } from '../../contract/report.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { ReopeningNote } from '../store/report-store.ts';
import type { Store } from '../store/store.ts';

export type StatedAmendment = NonNullable<SessionReport['amendment']>;

/** What a person said when sealing an amendment; null where the kiosk seals by itself. */
export interface Amendment {
  cause: 'correction' | 'sign_off';
  reason: string | null;
  by: StatedAmendment['by'];
}

/**
 * What the next revision says about why it was made: the noted re-opening since the last revision, in the words of whoever
 * seals it if a person does. Without a note it says "not recorded", never a cause that nobody saw. Undefined for revision 1.
 */
export function stateAmendment(
  store: Store,
  sitting: SittingRecord,
  said: Amendment | null,
): StatedAmendment | undefined {
  const newest = store.reports.getLastRevision(sitting.reportId);
  if (newest === 0) return undefined;
  const { reopenings } = store.reports.getNotes(sitting.id);
  const noted = reopenings.findLast((note) => note.afterRevision === newest) ?? null;
  return {
    ...chooseReason(noted, said),
    returnReason: store.outbox.getStatus({ reportId: sitting.reportId, revision: newest })?.returnReason ?? null,
    previous: store.reports.listRevisions(sitting.reportId).map(({ revision, sha256 }) => {
      const state = store.outbox.getStatus({ reportId: sitting.reportId, revision })?.state;
      return { revision, sha256, delivered: state === 'delivered' || state === 'returned' };
    }),
  };
}

function chooseReason(
  noted: ReopeningNote | null,
  said: Amendment | null,
): Pick<StatedAmendment, 'cause' | 'reason' | 'by'> {
  if (said) return noted?.cause === 'province_return' ? { ...said, cause: 'province_return' } : said;
  if (noted) return { cause: noted.cause, reason: noted.reason, by: noted.by };
  return { cause: 'not_recorded', reason: null, by: { role: 'unknown', name: null } };
}
