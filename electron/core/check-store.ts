import path from 'node:path';
import type { CoreLog } from './core-log.ts';
import type { Store } from './store/store.ts';

/** A disk that dies must not fill the log. */
const MOST_LINES = 50;

/** Looks at the stored records once, at the start; codes for the console of what is wrong with them. */
export function checkStore(options: { store: Store; quarantinedTo?: string | null; log: CoreLog }): string[] {
  const { store, quarantinedTo, log } = options;
  const alarms: string[] = [];
  if (quarantinedTo) {
    log.info('database_quarantined', { folder: path.basename(quarantinedTo) });
    alarms.push('database_quarantined');
  }
  const chain = store.attendance.verifyChain();
  if (!chain.ok) {
    log.info('chain_broken', { seq: chain.seq });
    alarms.push('chain_broken');
  }
  const damages = store.findDamages();
  if (damages.length > 0) {
    alarms.push('row_damaged');
    // Ids of people stay out of the log, as their names do.
    for (const { table, key, what } of damages.slice(0, MOST_LINES))
      log.info('row_damaged', { table, what, ...(table.includes('person') ? {} : { key }), of: damages.length });
  }
  return alarms;
}
