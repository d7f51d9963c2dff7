import type { TimerClock } from '../../contract/clock.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { Register } from '../attendance/register.ts';
import { PlaybackEvidence } from '../broadcast/evidence.ts';
import { SealQueue, sealTimer } from '../report/seal-queue.ts';
import { sealSitting, type SealerOptions, type Sealed, type SittingFacts } from '../report/sealer.ts';
import { CLOCK_POLICY, HallClock } from '../sitting/hall-clock.ts';
import { recordEnd } from '../sitting/life-recorder.ts';
import { isRunning } from '../sitting/machine.ts';
import { hasCome } from '../sitting/times.ts';
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
  /** Timers of the monotonic clock; those of the system when absent. */
  after?: TimerClock['after'];
}

/** Sittings whose time is not over are looked at so often: what is longer would count as sleep. */
const LOOK_EVERY_MS = CLOCK_POLICY.longestTickMs;

/**
 * Ends and seals what earlier sessions left behind: the PC was switched off right after a broadcast, and the next start
 * brought another package. Each when its end and grace are past; their reports go to their own province. One that fails
 * is tried again and keeps none of the others waiting. Its time is past when the PC's clock says so and would say so without the steps
 * that it made since the hall relied on it, as for a sitting that the hall is in: a step alone ends nothing.
 */
export function sealLeftovers(options: LeftoversOptions): { settled(): Promise<void>; stop(): Promise<void> } {
  const { store, after = sealTimer } = options;
  const sessionOf = new Map<string, SessionRecord>();
  /** When the time of each that waits is past, epoch ms. */
  const overAtOf = new Map<string, number>();
  // What the hall knows of this boot is read; only the hall writes it.
  const clock = new HallClock(store.clock, {
    getSetting: (key, schema) => store.settings.getSetting(key, schema),
    setSetting: () => undefined,
  });
  let giveUp: (() => void) | null = null;
  const look = (): void => {
    clock.follow();
    clock.tick({ running: false, centreOffsetMs: null });
    for (const [sittingId, overAt] of overAtOf) {
      if (!hasCome(overAt, clock.times)) continue;
      overAtOf.delete(sittingId);
      queue.add(sittingId);
    }
    giveUp = overAtOf.size > 0 ? after(LOOK_EVERY_MS, look) : null;
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
    after,
  });
  for (const session of store.sessions.listSessions()) {
    if (session.packageId === options.currentPackageId) continue;
    for (const sitting of store.sittings.listSittings(session.packageId)) {
      if (!isRunning(sitting.state) && sitting.state !== 'ended') continue;
      sessionOf.set(sitting.id, session);
      if (isRunning(sitting.state)) overAtOf.set(sitting.id, endOf(session, sitting));
      else queue.add(sitting.id);
    }
  }
  look();
  return {
    settled: () => queue.settled(),
    stop: () => {
      giveUp?.();
      return queue.stop();
    },
  };
}

/** When end and grace are past, epoch ms. */
function endOf(session: SessionRecord, sitting: SittingRecord): number {
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
