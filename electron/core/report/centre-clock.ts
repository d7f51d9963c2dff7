import { z } from 'zod';
import type { Store } from '../store/store.ts';

const CentreClock = z.object({ ms: z.number(), at: z.number(), hosts: z.number() });
/** The centre's clock less ours, ms; `at` is our clock when it was seen, `hosts` how many agreed. */
export type CentreClock = z.infer<typeof CentreClock>;

/** A smaller change is the network's, not the clock's, and is not worth a write. */
const CHANGE_MS = 500;
const keyOf = (sittingId: string): string => `centre_clock:${sittingId}`;

/**
 * Keeps what is known of the centre's clock while the sitting runs: when it is sealed, nothing watches the broadcast any
 * more. To be called at each sighting; writes only when offset or number of hosts changed.
 */
export function noteCentreClock(store: Store, sittingId: string, seen: CentreClock): void {
  const known = readCentreClock(store, sittingId);
  if (known && known.hosts === seen.hosts && Math.abs(known.ms - seen.ms) < CHANGE_MS) return;
  store.settings.setSetting(keyOf(sittingId), seen);
}

/** The newest that was noted during the sitting; null when the centre's clock was never seen. */
export function readCentreClock(store: Store, sittingId: string): CentreClock | null {
  return store.settings.getSetting(keyOf(sittingId), CentreClock);
}
