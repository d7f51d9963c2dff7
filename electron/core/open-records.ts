import type { FindOutcome } from './provisioning/package-folder.ts';
import { describeStoreFailure, SESSION_DAMAGED, type StartRefusal } from './start-refusals.ts';
import { setJournalAside, setRecordsAside } from './store/database.ts';
import { Store, type StoreKeys, type StoreOutcome } from './store/store.ts';

export type Records = Extract<StoreOutcome, { ok: true }> | ({ ok: false } & StartRefusal);

/**
 * Opens the records for the session about to run. When its own document or key cannot be read, nobody could sign in: the
 * records are moved aside whole, and made again from their second copy, or where that is no better, by the package; without the
 * package at hand they stay, and the sentence asks for it. Damaged sessions of other days stop nothing. `found` null: a rehearsal, which needs no file.
 */
export function openRecords(options: {
  file: string;
  keys: StoreKeys;
  found: FindOutcome | null;
  /** Files from other disks that may be copies of the journal. */
  copies?: readonly string[];
}): Records {
  const { file, keys, found, copies = [] } = options;
  const opened = openStore(file, keys, copies);
  if (!opened.ok) return opened;
  const wanted = found && packageIdOf(found);
  const isDamaged = (store: Store) => store.sessions.listDamaged().some((id) => wanted === null || id === wanted);
  if (!isDamaged(opened.store)) return opened;
  opened.store.close();
  if (found && !(found.ok && found.read)) return { ok: false, ...SESSION_DAMAGED };
  const quarantinedTo = setRecordsAside(file);
  const again = openStore(file, keys, copies);
  if (!again.ok || !isDamaged(again.store)) return again.ok ? { ...again, quarantinedTo } : again;
  again.store.close();
  setRecordsAside(file);
  setJournalAside(file, quarantinedTo);
  const begun = openStore(file, keys, []);
  return begun.ok ? { ...begun, quarantinedTo } : begun;
}

/** Opens the records for no session in particular: damaged sessions stay where they are, and are listed as damaged. */
export function openRecordsAsTheyAre(options: { file: string; keys: StoreKeys; copies?: readonly string[] }): Records {
  return openStore(options.file, options.keys, options.copies ?? []);
}

function openStore(file: string, keys: StoreKeys, copies: readonly string[]): Records {
  const opened = Store.open({ file, keys, copies });
  return opened.ok ? opened : { ok: false, ...describeStoreFailure(opened, file) };
}

function packageIdOf(found: FindOutcome): string {
  if (!found.ok) return found.before?.packageId ?? '';
  return found.read ? found.read.document.packageId : found.packageId;
}
