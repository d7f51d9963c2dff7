import path from 'node:path';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import type { Clock } from '../../electron/core/store/clock.ts';
import { Store } from '../../electron/core/store/store.ts';

/** The store of real sessions in a data folder, made when it is not there. */
export function openStore(dataDir: string, clock?: Clock): Store {
  const dir = path.join(dataDir, 'session');
  const keys = loadDeviceKeys(path.join(dir, 'keys'));
  if (!keys.ok) throw new Error(keys.sentence);
  const opened = Store.open({
    file: path.join(dir, 'kiosk.db'),
    keys: { kek: keys.value.databaseKey, index: keys.value.indexKey, device: keys.value.device.privateKey },
    ...(clock ? { clock } : {}),
  });
  if (!opened.ok) throw new Error(opened.error);
  return opened.store;
}
