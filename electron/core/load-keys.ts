import path from 'node:path';
import { loadDeviceKeys, type DeviceKeys } from './access/device-keys.ts';
import type { CoreLog } from './core-log.ts';
import { EXIT_CANNOT_RUN, type StartRefusal } from './start-refusals.ts';
import { hasDatabase } from './store/database.ts';
import { opensRecords } from './store/opens-records.ts';
import type { StoreKeys } from './store/store.ts';

/**
 * The keys of this device for the records in `dir`, and what opens these; with codes for the console of what was wrong with their
 * files. `keysOf`: where the keys lie, when the records have none of their own.
 */
export function loadKeys(
  dir: string,
  log: CoreLog,
  keysOf = dir,
):
  | { ok: true; keys: DeviceKeys; records: { file: string; keys: StoreKeys }; alarms: string[] }
  | ({ ok: false } & StartRefusal) {
  const file = path.join(dir, 'kiosk.db');
  const loaded = loadDeviceKeys(path.join(keysOf, 'keys'), {
    mayCreate: keysOf === dir && !hasDatabase(file),
    opens: (databaseKey) => opensRecords(file, databaseKey),
  });
  if (!loaded.ok) return { ok: false, sentence: loaded.sentence, vi: loaded.vi, exitStatus: EXIT_CANNOT_RUN };
  const { repair, ...keys } = loaded.value;
  if (repair) log.info(repair);
  // The first start of this program on an older folder makes the copy; nothing was wrong.
  const records = { file, keys: { kek: keys.databaseKey, index: keys.indexKey, device: keys.device.privateKey } };
  return { ok: true, keys, records, alarms: repair === null || repair === 'key_copy_made' ? [] : [repair] };
}
