import { Register } from '../attendance/register.ts';
import { PlaybackEvidence } from '../broadcast/evidence.ts';
import { sealSitting, type SealerOptions, type Sealed } from '../report/sealer.ts';
import { isRunning } from '../sitting/machine.ts';
import type { Store } from '../store/store.ts';

/**
 * Ends and seals what earlier sessions left behind: the PC was switched off right after a broadcast, and the next start
 * brought another package. Only sittings whose end and grace are past; their reports go to their own province.
 */
export async function sealLeftovers(options: {
  store: Store;
  currentPackageId: string;
  sealer: Pick<SealerOptions, 'deviceKey' | 'app' | 'firstAttemptAt'>;
  onSealed(sealed: Sealed): void;
}): Promise<void> {
  const { store } = options;
  for (const session of store.sessions.listSessions()) {
    if (session.packageId === options.currentPackageId) continue;
    for (const sitting of store.sittings.listSittings(session.packageId)) {
      const plan = session.document.sittings.find((p) => sitting.id === `${session.packageId}/${p.id}`);
      const over = store.clock.now() >= sitting.endsAt + (plan?.endGraceMinutes ?? 0) * 60_000;
      if (isRunning(sitting.state) && over) {
        store.attendance.closeRollCalls(sitting.id);
        store.sittings.recordStep(sitting.id, sitting.state, 'ended', {
          endedAt: store.clock.now(),
          endedBy: 'schedule',
        });
      }
      const ended = store.sittings.getSitting(sitting.id);
      if (ended?.state !== 'ended') continue;
      const sealed = await sealSitting(
        {
          ...options.sealer,
          store,
          session,
          facts: (s) => {
            const book = new Register(store, session.packageId, s);
            return {
              people: [...book.listPeople().values()],
              statuses: book.listStatuses(),
              totals: book.getTotals(),
              units: book.listUnits(),
              evidence: new PlaybackEvidence(store).getEvidence(s.id),
              centreOffsetMs: null,
            };
          },
        },
        ended,
      );
      options.onSealed(sealed);
    }
  }
}
