import { hkdfSync } from 'node:crypto';
import path from 'node:path';
import { loadDeviceKeys } from './device-keys.ts';

const KEY_BYTES = 32;

/**
 * The key under which secrets among the settings of the PC are sealed: of the real records, whose key files every core can read, also one that
 * opens other records. Null while there are none. `records`: their folder.
 */
export function readPcKey(records: string): Buffer | null {
  const keys = loadDeviceKeys(path.join(records, 'keys'), { mayCreate: false });
  if (!keys.ok) return null;
  return Buffer.from(hkdfSync('sha256', keys.value.databaseKey, '', 'venue-kiosk pc-settings/1', KEY_BYTES));
}
