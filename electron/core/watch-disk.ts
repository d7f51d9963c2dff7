import type { CoreLog } from './core-log.ts';
import type { Pc } from './hall/pc.ts';
import type { Store } from './store/store.ts';

/**
 * The log, with an eye on errors of the disk: what cannot be written raises an alarm on the console, however small it was,
 * and goes again when a write works. On a full disk the space kept back is given up first.
 */
export function watchDisk(log: CoreLog, store: Store, pc: Pick<Pc, 'raiseAlarm' | 'clearAlarm'>): CoreLog {
  store.reserveShort.on((isShort) => (isShort ? pc.raiseAlarm('reserve_used') : pc.clearAlarm('reserve_used')));
  store.writable.on(() => {
    pc.clearAlarm('disk_full');
    pc.clearAlarm('disk_failing');
  });
  store.trust.failed.on((cause) => {
    if (cause === null) return pc.clearAlarm('journal_failed');
    store.makeRoom(cause);
    log.error('journal_failed', cause);
    pc.raiseAlarm('journal_failed');
  });
  return {
    info: (event, facts) => log.info(event, facts),
    error: (event, cause) => {
      const fault = store.diskFaultOf(cause);
      store.makeRoom(cause);
      log.error(event, cause);
      if (fault) pc.raiseAlarm(fault);
    },
  };
}
