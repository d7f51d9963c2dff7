import path from 'node:path';
import type { CoreLog } from './core-log.ts';
import type { Store } from './store/store.ts';

/** A disk that dies must not fill the log. */
const MOST_LINES = 50;

/** Looks at the stored records once, at the start; codes for the console of what is wrong with them. */
export function checkStore(options: { store: Store; quarantinedTo?: string | null; log: CoreLog }): string[] {
  const { store, quarantinedTo, log } = options;
  const alarms: string[] = [];
  const { findings } = store.trust;
  if (quarantinedTo) {
    log.info('database_quarantined', { folder: path.basename(quarantinedTo) });
    if (!findings.isRebuilt) alarms.push('database_quarantined');
  }
  const restored = store.restored.take();
  if (restored.length > 0) {
    const { rolledForward, rebuilt, setAside, journal } = findings;
    const counts = { rolledForward, rebuilt: rebuilt.length, setAside: setAside.length };
    log.info('records_restored', { what: restored.join(', '), ...counts, journal });
  }
  alarms.push(...restored);
  const chain = store.verifyLog();
  if (!chain.ok || findings.brokenAt !== null) {
    log.info('chain_broken', chain.ok ? { change: findings.brokenAt } : { seq: chain.seq });
    alarms.push('chain_broken');
  }
  const damages = store.findDamages();
  if (damages.length > 0) {
    alarms.push('row_damaged');
    // Ids of people stay out of the log, as their names do.
    for (const { table, key, what } of damages.slice(0, MOST_LINES))
      log.info('row_damaged', { table, what, ...(table.includes('person') ? {} : { key }), of: damages.length });
  }
  markReports(store, alarms);
  return alarms;
}

/** Who reads the report cannot see the console: what was wrong with the records stands there too. */
function markReports(store: Store, alarms: readonly string[]): void {
  const at = store.clock.now();
  for (const { packageId } of store.sessions.listSessions()) {
    const known = new Set(store.settings.listMarks(packageId).map(({ mark }) => mark));
    // Once: what is wrong with the disk is found at every start.
    for (const mark of alarms) if (!known.has(mark)) store.settings.addMark(packageId, { at, mark, actor: 'kiosk' });
  }
}
