import { z } from 'zod';
import type { StoredSession } from '../../contract/api-lobby.ts';
import { isRunning } from '../sitting/machine.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';

const LastSession = z.object({ packageId: z.string() });
const LAST_SESSION = 'last_session';

/** Remembers which real session the kiosk is in, for the next start. */
export function rememberSession(store: Store, packageId: string): void {
  if (findLastSession(store) !== packageId) store.settings.setSetting(LAST_SESSION, { packageId });
}

/** The real session the kiosk was in last; null before the first. */
export function findLastSession(store: Store): string | null {
  return store.settings.getSetting(LAST_SESSION, LastSession)?.packageId ?? null;
}

/**
 * The session that a start goes on with, and asks nothing: one with a sitting that is not sealed yet, or a report that its
 * province has not received, however old. Of several that with a running sitting, then the one the kiosk was in last, then
 * the newest.
 */
export function findSessionToGoOn(store: Store): string | null {
  const last = findLastSession(store);
  const rank = ({ packageId }: SessionRecord): number => {
    const runs = store.sittings.listSittings(packageId).some(({ state }) => isRunning(state));
    return Number(runs) * 2 + Number(packageId === last);
  };
  const candidates = listReal(store).filter((session) => isUnfinished(store, session.packageId));
  return candidates.toSorted((a, b) => rank(b) - rank(a) || b.importedAt - a.importedAt)[0]?.packageId ?? null;
}

/** The real sessions in the records of this PC, what is not finished first, then the newest. */
export function listStored(store: Store): StoredSession[] {
  const readable = listReal(store).map((session): StoredSession => {
    const { packageId, document, provenance, importedAt } = session;
    return {
      packageId,
      conference: document.conference.title,
      venue: { id: document.venue.id, name: document.venue.name },
      sittings: store.sittings.listSittings(packageId).map(({ title, startsAt, endsAt, state }) => {
        return { title, startsAt, endsAt, state };
      }),
      provenance,
      importedAt,
      unfinished: isUnfinished(store, packageId),
      canTry: store.sittings.listSittings(packageId).some(({ state }) => state === 'prepared'),
      damaged: false,
    };
  });
  const damaged = store.sessions.listDamaged().map((packageId): StoredSession => {
    const venue = { id: '', name: '' };
    const what = { provenance: 'unsigned' as const, importedAt: 0, unfinished: false, canTry: false, damaged: true };
    return { packageId, conference: packageId, venue, sittings: [], ...what };
  });
  const order = ({ unfinished, damaged: isDamaged }: StoredSession) => (isDamaged ? 2 : unfinished ? 0 : 1);
  return [...readable, ...damaged].toSorted((a, b) => order(a) - order(b) || b.importedAt - a.importedAt);
}

/** Reports that their provinces have not received, of all sessions; each in its newest revision. */
export function countOwed(store: Store): number {
  return listReal(store).reduce((sum, { packageId }) => sum + countOwedOf(store, packageId), 0);
}

/** Rehearsals have a database of their own; none ever comes here. */
function listReal(store: Store): SessionRecord[] {
  return store.sessions.listSessions().filter(({ provenance }) => provenance !== 'rehearsal');
}

function isUnfinished(store: Store, packageId: string): boolean {
  const isOpen = store.sittings
    .listSittings(packageId)
    .some(({ state }) => state !== 'sealed' && state !== 'delivered');
  return isOpen || countOwedOf(store, packageId) > 0;
}

function countOwedOf(store: Store, packageId: string): number {
  const newest = new Map<string, { revision: number; state: string }>();
  for (const { reportId, revision, state } of store.outbox.listStatuses(packageId))
    if (revision > (newest.get(reportId)?.revision ?? 0)) newest.set(reportId, { revision, state });
  return [...newest.values()].filter(({ state }) => state !== 'delivered').length;
}
