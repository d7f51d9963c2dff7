import type { SittingRecord } from '../../electron/contract/sitting.ts';
import { Register } from '../../electron/core/attendance/register.ts';
import { PlaybackEvidence } from '../../electron/core/broadcast/evidence.ts';
import { readHallFacts } from '../../electron/core/hall/hall-facts.ts';
import { draftReport, type SealerOptions, type SittingFacts } from '../../electron/core/report/sealer.ts';
import type { SessionRecord } from '../../electron/core/store/session-store.ts';
import type { Store } from '../../electron/core/store/store.ts';

/** What a report is made from, as the rooms of a core say it. */
export function factsFrom(store: Store, session: SessionRecord, sitting: SittingRecord): SittingFacts {
  const register = new Register(store, session.packageId, sitting);
  return {
    people: [...register.listPeople().values()],
    statuses: register.listStatuses(),
    totals: register.getTotals(),
    units: register.listUnits(),
    evidence: new PlaybackEvidence(store).getEvidence(sitting.id),
    hall: readHallFacts(store, session, sitting),
  };
}

/** The report of a sitting as these records would make it now. */
export function draftFrom(
  store: Store,
  session: SessionRecord,
  sitting: SittingRecord,
  by: Pick<SealerOptions, 'deviceKey' | 'app'>,
): ReturnType<typeof draftReport> {
  return draftReport(
    { ...by, store, session, facts: (of) => factsFrom(store, session, of), firstAttemptAt: (endedAt) => endedAt },
    sitting,
  );
}
