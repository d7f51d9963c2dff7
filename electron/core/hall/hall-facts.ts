import type { SittingRecord } from '../../contract/sitting.ts';
import { readTrust } from '../provisioning/package-trust.ts';
import type { HallFacts } from '../report/sealer.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';

type Who = NonNullable<HallFacts['marks']>[number]['by'];

/** What the report of a sitting says of its package and this PC, besides attendance and broadcast. */
export function readHallFacts(store: Store, session: SessionRecord, sitting: SittingRecord): HallFacts {
  const trust = readTrust(store, session.packageId);
  const isOfThisIssue = trust !== null && trust.digest === session.digest;
  return {
    ...(isOfThisIssue
      ? {
          trust: {
            admitted: trust.admitted,
            by: trust.admitted === 'by_person' ? whoIs('technician') : null,
            at: trust.at,
            fingerprint: trust.fingerprint,
          },
        }
      : {}),
    log: {
      keyed: true,
      keyedFromSeq: store.trust.findings.keyedFrom || null,
      signedHeads: store.heads.list(sitting.id),
    },
    secondCopy: store.trust.describeCopy(),
    // Those of before the sitting too: a PIN set in the morning opens the console in the afternoon.
    marks: store.settings
      .listMarks(session.packageId)
      // What was wrong with the records may be found after the end.
      .filter(({ at, actor }) => actor === 'kiosk' || sitting.endedAt === null || at <= sitting.endedAt)
      .map(({ at, mark, actor }) => ({ at, mark, by: whoIs(actor) })),
    checks: listChecks(store, session, sitting),
  };
}

/** So many runs of the checks stand in a report: those that came by themselves, and what was done about them. */
const RUNS_IN_REPORT = 4;

/** Times and outcomes of the checks before the hour, oldest first; nothing that was measured, and no name. */
function listChecks(store: Store, session: SessionRecord, sitting: SittingRecord): NonNullable<HallFacts['checks']> {
  return store.checks
    .list(session.packageId)
    .filter((run) => run.sittingId === sitting.id && (sitting.endedAt === null || run.startedAt <= sitting.endedAt))
    .slice(0, RUNS_IN_REPORT)
    .toReversed()
    .flatMap((run) => run.outcomes)
    .map(({ check, state, word, at }) => ({ check, state, at, code: word }));
}

function whoIs(actor: string): Who {
  return { role: actor === 'technician' || actor === 'chair' || actor === 'kiosk' ? actor : 'unknown', name: null };
}
