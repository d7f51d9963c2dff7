import path from 'node:path';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import { chooseSession } from '../../electron/core/provisioning/choose-session.ts';
import { findPackage, rememberPackage } from '../../electron/core/provisioning/package-folder.ts';
import { listPins, readTrust } from '../../electron/core/provisioning/package-trust.ts';
import { Store } from '../../electron/core/store/store.ts';

export type PackageStart =
  | { ok: true; packageId: string; admitted: string; endpoint: string; insteadOf: string | null }
  | { ok: false; sentence: string; vi: string | undefined };

/** What a start does with a package file and a data folder, in the order of `start.ts`, without a core. */
export async function startWithPackage(options: {
  file: string;
  dataDir: string;
  trustFile?: string;
  allowed?: string;
  restarted?: boolean;
}): Promise<PackageStart> {
  const { file, dataDir, trustFile = null, allowed = null, restarted = false } = options;
  const found = await findPackage({ file, dataDir, trustFile });
  if (!found.ok && !found.before) return found;
  const dir = path.join(dataDir, 'session');
  const keys = loadDeviceKeys(path.join(dir, 'keys'));
  if (!keys.ok) throw new Error(keys.sentence);
  const opened = Store.open({
    file: path.join(dir, 'kiosk.db'),
    keys: { kek: keys.value.databaseKey, index: keys.value.indexKey },
  });
  if (!opened.ok) throw new Error(opened.error);
  const { store } = opened;
  try {
    const choice = await chooseSession(store, found, { restarted, allowed });
    if (!choice.ok) return { ok: false, sentence: choice.sentence, vi: choice.vi };
    if (choice.read) rememberPackage({ file, dataDir, read: choice.read, pins: listPins(store) });
    const { packageId, insteadOf } = choice;
    const endpoint = store.sessions.getSession(packageId)?.document.delivery.endpoint ?? '';
    return { ok: true, packageId, admitted: readTrust(store, packageId)?.admitted ?? '', endpoint, insteadOf };
  } finally {
    store.close();
  }
}
