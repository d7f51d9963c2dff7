import type { Store } from '../store/store.ts';
import { importPackage } from './import-package.ts';
import type { FindOutcome } from './package-folder.ts';
import type { ReadPackage } from './read-package.ts';

/** A sitting that overruns by this much is over, whatever its row still says. */
const OVERRUN_MS = 6 * 3_600_000;

export type Choice =
  /** `read`: imported now. `insteadOf`: why the file was not taken and the stored session runs in its place. */
  { ok: true; packageId: string; read: ReadPackage | null; insteadOf: string | null } | { ok: false; sentence: string };

/**
 * Which session runs: that of the file, or the stored one that was imported from the same path before. A file that went
 * bad is refused when a person starts the kiosk, so that the fault is seen; but not while a sitting is under way, and
 * never when the core comes back (`restarted`): a damaged stick must not end what a hall is watching.
 */
export async function chooseSession(store: Store, found: FindOutcome, restarted: boolean): Promise<Choice> {
  if (found.ok && !found.read) return { ok: true, packageId: found.packageId, read: null, insteadOf: null };
  const sentence = found.ok ? await takeIn(store, found, restarted) : found.sentence;
  if (sentence === null && found.ok)
    return { ok: true, packageId: found.read.document.packageId, read: found.read, insteadOf: null };
  const refused = { ok: false as const, sentence: sentence ?? '' };
  const session = found.before && store.sessions.getSession(found.before.packageId);
  if (!session) return refused;
  const { packageId } = session;
  // The very bytes that were verified and imported; only a key may have changed since.
  if (session.digest === found.before?.digest) return { ok: true, packageId, read: null, insteadOf: null };
  if (restarted || isUnderWay(store, packageId)) return { ok: true, packageId, read: null, insteadOf: sentence };
  return refused;
}

/** Imports what was read; the sentence says why not. */
async function takeIn(
  store: Store,
  found: Extract<FindOutcome, { read: ReadPackage }>,
  restarted: boolean,
): Promise<string | null> {
  const { packageId } = found.read.document;
  if (restarted && found.before && found.before.packageId !== packageId)
    return `Session package ${packageId} took the place of ${found.before.packageId} while the kiosk was running; close the kiosk and start it again to use it.`;
  try {
    const imported = await importPackage(store, found.read);
    return imported.ok ? null : imported.sentence;
  } catch (cause) {
    // A full disk: the stored session needs no import.
    if (!restarted) throw cause;
    return `Session package ${packageId} cannot be stored (${String(cause)}); make room on the disk.`;
  }
}

function isUnderWay(store: Store, packageId: string): boolean {
  const now = store.clock.now();
  return store.sittings
    .listSittings(packageId)
    .some((s) => (s.state === 'open' || s.state === 'live') && now < s.endsAt + OVERRUN_MS);
}
