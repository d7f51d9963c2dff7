import type { SittingRecord } from '../../contract/sitting.ts';
import { Register } from '../attendance/register.ts';
import { PlaybackEvidence } from '../broadcast/evidence.ts';
import { SealQueue, sealTimer } from '../report/seal-queue.ts';
import { sealSitting, type SealerOptions, type Sealed, type SittingFacts } from '../report/sealer.ts';
import { recordEnd } from '../sitting/life-recorder.ts';
import { isRunning } from '../sitting/machine.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { readHallFacts } from './hall-facts.ts';

export interface LeftoversOptions {
  store: Store;
  /** The session that is on, whose sittings are the conductor's; null in the lobby. */
  currentPackageId: string | null;
  sealer: Pick<SealerOptions, 'deviceKey' | 'app' | 'firstAttemptAt'>;
  onSealed(sealed: Sealed): void;
  onFailed(cause: unknown): void;
}

/** A sitting whose time is not over is looked at again at least so often, ms: the clock may be set meanwhile. */
const AGAIN_WITHIN_MS = 10 * 60_000;

/**
 * Ends and seals what earlier sessions left behind: the PC was switched off right after a broadcast, and the next start
 * brought another package. Each when its end and grace are past; their reports go to their own province. One that fails
 * is tried again and keeps none of the others waiting.
 */
export function sealLeftovers(options: LeftoversOptions): { settled(): Promise<void>; stop(): Promise<void> } {
  const { store } = options;
  const sessionOf = new Map<string, SessionRecord>();
  /** How the wait for the time of a sitting is given up. */
  const waiting = new Map<string, () => void>();
  const sealWhenOver = (sittingId: string, overAt: number): void => {
    waiting.delete(sittingId);
    const leftMs = overAt - store.clock.now();
    if (leftMs <= 0) queue.add(sittingId);
    else
      waiting.set(
        sittingId,
        sealTimer(Math.min(leftMs, AGAIN_WITHIN_MS), () => sealWhenOver(sittingId, overAt)),
      );
  };
  const queue = new SealQueue({
    seal: async (sittingId) => {
      const session = sessionOf.get(sittingId);
      const sitting = store.sittings.getSitting(sittingId);
      if (!session || !sitting) return;
      endLeftOpen(store, sitting);
      const ended = store.sittings.getSitting(sittingId);
      if (ended?.state !== 'ended') return;
      options.onSealed(
        await sealSitting({ ...options.sealer, store, session, facts: (s) => readFacts(store, session, s) }, ended),
      );
    },
    onFailed: (_, cause) => options.onFailed(cause),
    after: sealTimer,
  });
  for (const session of store.sessions.listSessions()) {
    if (session.packageId === options.currentPackageId) continue;
    for (const sitting of store.sittings.listSittings(session.packageId)) {
      if (!isRunning(sitting.state) && sitting.state !== 'ended') continue;
      sessionOf.set(sitting.id, session);
      sealWhenOver(sitting.id, isRunning(sitting.state) ? overAtOf(session, sitting) : 0);
    }
  }
  return {
    settled: () => queue.settled(),
    stop: () => {
      for (const giveUp of waiting.values()) giveUp();
      waiting.clear();
      return queue.stop();
    },
  };
}

/** When end and grace are past, epoch ms. */
function overAtOf(session: SessionRecord, sitting: SittingRecord): number {
  const plan = session.document.sittings.find((p) => p.id === sitting.planId);
  return sitting.endsAt + (plan?.endGraceMinutes ?? 0) * 60_000;
}

/** Nobody was in it since its PC was switched off: its end is its last sign of life. */
function endLeftOpen(store: Store, sitting: SittingRecord): void {
  if (isRunning(sitting.state)) recordEnd(store, sitting, { by: 'schedule', now: store.clock.now(), leftOpen: true });
}

/** What the report of a sitting is built from, where no hall is in it: of an earlier session, or of another PC. */
export function readFacts(store: Store, session: SessionRecord, sitting: SittingRecord): SittingFacts {
  const book = new Register(store, session.packageId, sitting);
  return {
    people: book.listPersons(),
    statuses: book.listStatuses(),
    totals: book.getTotals(),
    units: book.listUnits(),
    evidence: new PlaybackEvidence(store).getEvidence(sitting.id),
    hall: readHallFacts(store, session, sitting),
  };
}
