import { z } from 'zod';
import type { Clock, ClockCorrections } from '../../contract/clock.ts';
import { CLOCK_SET_SINCE, CLOCK_WRONG_MS, offOf } from '../../shared/moment.ts';
import type { EventClocks } from './event-clocks.ts';
import type { SettingsStore } from './settings-store.ts';
import type { SittingStore } from './sitting-store.ts';

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

/** What is read of the records. */
export interface ClockRecords {
  clock: Clock;
  settings: Pick<SettingsStore, 'getSetting' | 'setSetting'>;
  sittings: Pick<SittingStore, 'getLife'>;
  eventClocks: Pick<EventClocks, 'listStampGroups' | 'listStampedIn'>;
}

/** A smaller change is the network's, not the clock's, and is not worth a write. */
const CHANGE_MS = 500;
/** Each boot of the PC, and each time its clock was set in one; more say nothing new of a sitting. */
const MOST_SIGHTINGS = 40;
/** A clock that was set, or a PC that slept, differs by more; the ordinary correction of a clock by less, ms. */
const SAME_SETTING_MS = 30_000;
/** One host may be wrong itself. */
const AGREEING_HOSTS = 2;
const keyOf = (sittingId: string): string => `centre_clock:${sittingId}`;

/**
 * Keeps what is known of the centre's clock while the sitting runs: when it is sealed, nothing watches the broadcast any
 * more. To be called at each sighting; writes only when offset, number of hosts, boot or the setting of our clock changed. True: it did.
 */
export function noteCentreClock(store: ClockRecords, sittingId: string, seen: { ms: number; hosts: number }): boolean {
  const stamp = store.clock.stamp();
  const known = listSightings(store, sittingId);
  const last = known.at(-1);
  const isSameSetting = last?.bootId === stamp.bootId && Math.abs(aheadOf(last) - aheadOf(stamp)) < SAME_SETTING_MS;
  if (isSameSetting && last.hosts === seen.hosts && Math.abs(last.ms - seen.ms) < CHANGE_MS) return false;
  const before = isSameSetting ? known.slice(0, -1) : known;
  store.settings.setSetting(
    keyOf(sittingId),
    [...before, { ms: seen.ms, hosts: seen.hosts, ...stamp }].slice(-MOST_SIGHTINGS),
  );
  return true;
}

/** The newest that was noted in the sitting, `at` by our clock; null when the centre's clock was never seen. */
export function readCentreClock(
  store: ClockRecords,
  sittingId: string,
): { ms: number; hosts: number; at: number } | null {
  const last = listSightings(store, sittingId).at(-1);
  return last ? { ms: last.ms, hosts: last.hosts, at: last.wallMs } : null;
}

/** What at least two hosts say that moments of this sitting have to be corrected by. */
export function readClockCorrections(store: ClockRecords, sittingId: string): ClockCorrections {
  const agreed = listSightings(store, sittingId).filter(({ hosts }) => hosts >= AGREEING_HOSTS);
  return toCorrections(store, sittingId, agreed);
}

/**
 * People of whom something that still stands was written down while our clock was further than a minute from the centre's, as far as
 * that is known of its setting then. A clock that was never set is always wrong. A time that the secretary typed counts as the moment of
 * typing.
 */
export function findClockWrongFor(store: ClockRecords, sittingId: string): Set<string> {
  const corrections = toCorrections(store, sittingId, listSightings(store, sittingId));
  const wrong = store.eventClocks
    .listStampGroups(sittingId)
    .filter(
      ({ bootId, aheadMs, firstMs }) =>
        firstMs < CLOCK_SET_SINCE || Math.abs(offOf({ bootId, aheadMs }, corrections) ?? 0) > CLOCK_WRONG_MS,
    );
  return wrong.length === 0 ? new Set() : store.eventClocks.listStampedIn(sittingId, wrong);
}

function toCorrections(store: ClockRecords, sittingId: string, sightings: readonly ClockSighting[]): ClockCorrections {
  if (sightings.length === 0) return { settings: [], jumps: [] };
  return {
    settings: sightings.map((seen) => ({
      bootId: seen.bootId,
      aheadMs: aheadOf(seen),
      offMs: seen.ms,
      seenMs: seen.wallMs,
    })),
    jumps: store.sittings.getLife(sittingId).clockJumps.map(({ byMs }) => byMs),
  };
}

/** Our wall clock less our monotonic one, ms: the same until the clock is set or the PC sleeps. */
function aheadOf({ wallMs, monoMs }: { wallMs: number; monoMs: number }): number {
  return wallMs - monoMs;
}

function listSightings(store: Pick<ClockRecords, 'settings'>, sittingId: string): ClockSighting[] {
  return store.settings.getSetting(keyOf(sittingId), Sightings) ?? [];
}
