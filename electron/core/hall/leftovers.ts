import type { SittingRecord } from '../../contract/sitting.ts';
import { Register } from '../attendance/register.ts';
import { PlaybackEvidence } from '../broadcast/evidence.ts';
import { SealQueue, sealTimer } from '../report/seal-queue.ts';
import { sealSitting, type SealerOptions, type Sealed } from '../report/sealer.ts';
import { recordEnd } from '../sitting/life-recorder.ts';
import { isRunning } from '../sitting/machine.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { readHallFacts } from './hall-facts.ts';

export interface LeftoversOptions {
  store: Store;
  currentPackageId: string;
  sealer: Pick<SealerOptions, 'deviceKey' | 'app' | 'firstAttemptAt'>;
  onSealed(sealed: Sealed): void;
  onFailed(cause: unknown): void;
}

/**
 * Ends and seals what earlier sessions left behind: the PC was switched off right after a broadcast, and the next start
 * brought another package. Only sittings whose end and grace are past; their reports go to their own province. One that
 * fails is tried again and keeps none of the others waiting.
 */
export function sealLeftovers(options: LeftoversOptions): { settled(): Promise<void>; stop(): Promise<void> } {
  const { store } = options;
  const sessionOf = new Map<string, SessionRecord>();
  const queue = new SealQueue({
    seal: async (sittingId) => {
      const session = sessionOf.get(sittingId);
      const sitting = store.sittings.getSitting(sittingId);
      if (!session || !sitting) return;
      endLeftOpen(store, session, sitting);
      const ended = store.sittings.getSitting(sittingId);
      if (ended?.state !== 'ended') return;
      options.onSealed(
        await sealSitting({ ...options.sealer, store, session, facts: (s) => factsOf(store, session, s) }, ended),
      );
    },
    onFailed: (_, cause) => options.onFailed(cause),
    after: sealTimer,
  });
  for (const session of store.sessions.listSessions()) {
    if (session.packageId === options.currentPackageId) continue;
    for (const { id, state } of store.sittings.listSittings(session.packageId)) {
      if (!isRunning(state) && state !== 'ended') continue;
      sessionOf.set(id, session);
      queue.add(id);
    }
  }
  return { settled: () => queue.settled(), stop: () => queue.stop() };
}

/** Nobody was in it since its PC was switched off: its end is its last sign of life. */
function endLeftOpen(store: Store, session: SessionRecord, sitting: SittingRecord): void {
  const plan = session.document.sittings.find((p) => p.id === sitting.planId);
  const now = store.clock.now();
  const isOver = now >= sitting.endsAt + (plan?.endGraceMinutes ?? 0) * 60_000;
  if (isRunning(sitting.state) && isOver) recordEnd(store, sitting, { by: 'schedule', now, leftOpen: true });
}

function factsOf(store: Store, session: SessionRecord, sitting: SittingRecord) {
  const book = new Register(store, session.packageId, sitting);
  return {
    people: [...book.listPeople().values()],
    statuses: book.listStatuses(),
    totals: book.getTotals(),
    units: book.listUnits(),
    evidence: new PlaybackEvidence(store).getEvidence(sitting.id),
    hall: readHallFacts(store, session, sitting),
  };
}
