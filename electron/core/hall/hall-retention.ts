import type { SealingKey } from '../report/sign-compact.ts';
import type { Store } from '../store/store.ts';
import type { HallLog } from './hall-log.ts';
import type { Hall } from './hall.ts';
import type { Pc } from './pc.ts';
import type { Province } from './province.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { ClockDoubt } from './kept-time.ts';
import { Retention } from './retention.ts';

/** Retention while a hall is open: it believes the clock as far as the hall does, and lists in memory follow it. */
export function createHallRetention(
  { store, dataDir, keys, app }: { store: Store; dataDir: string; keys: { device: SealingKey }; app: string },
  { hall, province, pc, log }: { hall: Hall; province: Province; pc: Pc; log: HallLog },
): Retention {
  const retention = new Retention({
    store,
    records: dataDir,
    deviceKey: keys.device,
    app,
    clock: () => doubtOf(hall.clockWatch),
    askTime: () => void province.askTime().catch((cause: unknown) => log.error('retention_failed', cause)),
    log,
  });
  retention.destroyed.on(() => hall.listChanged(null));
  retention.changed.on(() => showAlarm(retention, pc));
  return retention;
}

/** How far the clock can be believed when something is to be destroyed by it. */
export function doubtOf({ alarms, offset }: Pick<ClockWatch, 'alarms' | 'offset'>): ClockDoubt {
  const isVouched = offset !== null && (offset.hosts >= 2 || offset.hasProvince);
  return { isWrong: alarms.length > 0, offsetMs: offset?.ms ?? null, isVouched };
}

/** The console says in time that names will be destroyed. */
export function showAlarm(retention: Retention, pc: Pc): void {
  if (retention.list().some(({ state }) => state === 'warned')) pc.raiseAlarm('retention_warned');
  else pc.clearAlarm('retention_warned');
}
