import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import { Store } from '../../electron/core/store/store.ts';
import { viewRecords } from './hall-acts.ts';

/** Copies database, journal and keys as a kill at this moment leaves them. */
export function copyRecords(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from))
    if (name.startsWith('kiosk.')) copyFileSync(path.join(from, name), path.join(to, name));
  for (const keys of ['keys', 'keys-copy']) {
    if (!existsSync(path.join(from, keys))) continue;
    mkdirSync(path.join(to, keys), { recursive: true });
    for (const name of readdirSync(path.join(from, keys)))
      copyFileSync(path.join(from, keys, name), path.join(to, keys, name));
  }
}

/** What the records in a folder hold of a sitting; a word when they cannot be opened or were taken for damaged. */
export function lookAtRecords(
  folder: string,
  sittingId: string,
  { mayCreate = false } = {},
): Map<string, string> | string {
  const keys = loadDeviceKeys(path.join(folder, 'keys'), { mayCreate });
  if (!keys.ok) return keys.error;
  const { databaseKey, indexKey, device } = keys.value;
  const records = { kek: databaseKey, index: indexKey, device: device.privateKey };
  const opened = Store.open({ file: path.join(folder, 'kiosk.db'), keys: records });
  if (!opened.ok) return opened.error;
  const { store, quarantinedTo } = opened;
  try {
    if (quarantinedTo !== null) return 'taken for damaged';
    const damaged = store.findDamages();
    if (damaged.length > 0) return `damaged rows in ${damaged.map(({ table }) => table).join(', ')}`;
    return viewRecords(store, sittingId);
  } finally {
    store.close();
  }
}
