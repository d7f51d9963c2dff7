import type { Store } from '../store/store.ts';
import { admitPackage } from './admit-package.ts';
import type { FindOutcome } from './package-folder.ts';
import type { ReadPackage } from './read-package.ts';

/** A sitting that overruns by this much is over, whatever its row still says. */
const OVERRUN_MS = 6 * 3_600_000;

export type Choice =
  /** `read`: imported now. `insteadOf`: why the file was not taken and the stored session runs in its place. */
  | { ok: true; packageId: string; read: ReadPackage | null; insteadOf: string | null }
  | { ok: false; sentence: string; vi?: string };

type Refused = Extract<Choice, { ok: false }>;

/**
 * Which session runs: that of the file, or the stored one that was imported from the same path before. A file that went
 * bad is refused when a person starts the kiosk, so that the fault is seen; but not while a sitting is under way, and
 * never when the core comes back (`restarted`): a damaged stick must not end what a hall is watching.
 */
export async function chooseSession(
  store: Store,
  found: FindOutcome,
  options: { restarted: boolean; allowed: string | null },
): Promise<Choice> {
  if (found.ok && !found.read) return { ok: true, packageId: found.packageId, read: null, insteadOf: null };
  const refused: Refused | null = found.ok ? await takeIn(store, found, options) : { ...found, ok: false };
  if (refused === null && found.ok)
    return { ok: true, packageId: found.read.document.packageId, read: found.read, insteadOf: null };
  const why: Refused = { ok: false, sentence: refused?.sentence ?? '', ...(refused?.vi ? { vi: refused.vi } : {}) };
  const session = found.before && store.sessions.getSession(found.before.packageId);
  if (!session) return why;
  const { packageId } = session;
  // The very bytes that were verified and imported; only the file of the keys was damaged since.
  if (!found.ok && session.digest === found.before?.digest) return { ok: true, packageId, read: null, insteadOf: null };
  if (options.restarted || isUnderWay(store, packageId))
    return { ok: true, packageId, read: null, insteadOf: why.sentence };
  return why;
}

/** Imports what was read; says why not. */
async function takeIn(
  store: Store,
  found: Extract<FindOutcome, { read: ReadPackage }>,
  { restarted, allowed }: { restarted: boolean; allowed: string | null },
): Promise<Refused | null> {
  const { read } = found;
  const { packageId } = read.document;
  if (restarted && found.before && found.before.packageId !== packageId)
    return {
      ok: false,
      sentence: `Session package ${packageId} took the place of ${found.before.packageId} while the kiosk was running; close the kiosk and start it again to use it.`,
      vi: `Gói phiên ${packageId} được đặt vào chỗ của ${found.before.packageId} khi máy đang chạy; hãy đóng rồi mở lại để dùng.`,
    };
  try {
    const admitted = await admitPackage(store, { ...found, allowed });
    return admitted.ok ? null : admitted;
  } catch (cause) {
    // A full disk: the stored session needs no import.
    if (!restarted) throw cause;
    return {
      ok: false,
      sentence: `Session package ${packageId} cannot be stored (${String(cause)}); make room on the disk.`,
      vi: `Chưa lưu được gói phiên ${packageId}; hãy dọn bớt tệp trên ổ đĩa.`,
    };
  }
}

function isUnderWay(store: Store, packageId: string): boolean {
  const now = store.clock.now();
  return store.sittings
    .listSittings(packageId)
    .some((s) => (s.state === 'open' || s.state === 'live') && now < s.endsAt + OVERRUN_MS);
}
