import { z } from 'zod';
import type { Store } from '../store/store.ts';

const Sighting = z.object({
  /** The centre's clock less ours, ms. */
  ms: z.number(),
  /** How many hosts agreed on it. */
  hosts: z.int().min(1),
  /** Our clocks at that moment. */
  wallMs: z.number(),
  monoMs: z.number(),
  bootId: z.string(),
});
export type ClockSighting = z.infer<typeof Sighting>;
const Sightings = z.array(Sighting);

/** A smaller change is the network's, not the clock's, and is not worth a write. */
const CHANGE_MS = 500;
/** One for each boot of the PC; more say nothing new of a sitting. */
const MOST_BOOTS = 20;
const keyOf = (sittingId: string): string => `centre_clock:${sittingId}`;

/**
 * Keeps what is known of the centre's clock while the sitting runs: when it is sealed, nothing watches the broadcast any
 * more. To be called at each sighting; writes only when offset, number of hosts or boot changed.
 */
export function noteCentreClock(store: Store, sittingId: string, seen: { ms: number; hosts: number }): void {
  const stamp = store.clock.stamp();
  const known = listSightings(store, sittingId);
  const last = known.at(-1);
  const sameBoot = last?.bootId === stamp.bootId;
  if (sameBoot && last.hosts === seen.hosts && Math.abs(last.ms - seen.ms) < CHANGE_MS) return;
  const before = sameBoot ? known.slice(0, -1) : known;
  store.settings.setSetting(keyOf(sittingId), [...before, { ...seen, ...stamp }].slice(-MOST_BOOTS));
}

/** The newest that was noted in the sitting, `at` by our clock; null when the centre's clock was never seen. */
export function readCentreClock(store: Store, sittingId: string): { ms: number; hosts: number; at: number } | null {
  const last = listSightings(store, sittingId).at(-1);
  return last ? { ms: last.ms, hosts: last.hosts, at: last.wallMs } : null;
}

/** A PC that shows an earlier time was never set. */
const SET_SINCE = Date.UTC(2025, 0, 1);
/** Further off than this, lateness in minutes is wrong. */
const WRONG_MS = 60_000;

/**
 * People of whom something that still stands was written down while our clock was further than a minute from the centre's.
 * Apart from a clock that was never set, known only of boots in which the centre's clock was seen: the monotonic clock
 * carries that sighting to every other row of the boot, so a jump forth and back between two sightings is found too. A time that the secretary typed counts as the
 * moment of typing.
 */
export function findClockWrongFor(store: Store, sittingId: string): Set<string> {
  const boots = listSightings(store, sittingId).map(({ bootId, wallMs, monoMs, ms }) => ({
    bootId,
    aheadMs: wallMs + ms - monoMs,
  }));
  return store.eventClocks.listStampedWrong(sittingId, { setSince: SET_SINCE, toleranceMs: WRONG_MS, boots });
}

function listSightings(store: Store, sittingId: string): ClockSighting[] {
  return store.settings.getSetting(keyOf(sittingId), Sightings) ?? [];
}
