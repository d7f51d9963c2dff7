import path from 'node:path';
import type { CoreLog } from './core-log.ts';
import type { Store } from './store/store.ts';

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
  return alarms;
}
