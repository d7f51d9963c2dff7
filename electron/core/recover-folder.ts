import { compactDecrypt, importJWK, type JWK } from 'jose';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { listKeyFiles, replaceKeys } from './access/device-keys.ts';
import { makeKeys, openKeys, readKeyFile, type DeviceKey } from './access/key-file.ts';
import { recoverKeys, type RecoverOutcome } from './access/recovery-file.ts';
import { readFacts } from './hall/leftovers.ts';
import { createDocumentMakers } from './report/document-makers.ts';
import { saveVerified } from './report/save-verified.ts';
import { draftReport } from './report/sealer.ts';
import { hasDatabase } from './store/database.ts';
import { lockFolder } from './store/folder-lock.ts';
import { rewrapSessions } from './store/rewrap-sessions.ts';
import { Store } from './store/store.ts';

/** A sitting as the records have it, for a person who wants to know whether they were opened. */
export interface RecoveredSitting {
  packageId: string;
  title: string;
  state: string;
  summoned: number;
  came: number;
  /** Names of the files that were saved. */
  saved: string[];
}

export type RecoverFolder =
  | { ok: true; newDevice: string; sittings: RecoveredSitting[] }
  | { ok: false; error: 'no_records' | 'in_use' | 'keys_are_whole' | 'cannot_open'; detail?: string }
  | { ok: false; error: 'code'; outcome: Exclude<RecoverOutcome, { ok: true }> };

/** Where the records are: the folder itself, or the part for real sessions of a data folder. Null where there are none. */
export function findRecords(dataFolder: string): string | null {
  return [path.join(dataFolder, 'session'), dataFolder].find((dir) => hasDatabase(path.join(dir, 'kiosk.db'))) ?? null;
}

/**
 * Opens a data folder with its recovery code, on any PC: writes new key files for it, with the database's keys from the code
 * and a new signing key, and reads every sitting once. Key files that are whole are refused, since nothing is lost then;
 * damaged ones keep their bytes under another name. With `saveTo` the list of each sitting is saved there.
 */
export async function recoverFolder(
  dataFolder: string,
  options: { code: string; saveTo?: string; app: string; fontsDir: string },
): Promise<RecoverFolder> {
  const records = findRecords(dataFolder);
  if (records === null) return { ok: false, error: 'no_records' };
  const lock = lockFolder(path.basename(records) === 'session' ? path.dirname(records) : records);
  if (!lock) return { ok: false, error: 'in_use' };
  try {
    const folder = path.join(records, 'keys');
    const { file, copy } = listKeyFiles(folder);
    if ([file, copy].some((each) => readKeyFile(each).is === 'whole')) return { ok: false, error: 'keys_are_whole' };
    const outcome = recoverKeys(records, options.code);
    if (!outcome.ok) return { ok: false, error: 'code', outcome };
    const stored = makeKeys(outcome.keys);
    const { databaseKey, indexKey, device } = openKeys(stored);
    const opened = Store.open({ file: path.join(records, 'kiosk.db'), keys: { kek: databaseKey, index: indexKey } });
    if (!opened.ok) return { ok: false, error: 'cannot_open', detail: opened.error };
    try {
      const sittings = await readSittings(opened.store, device, options);
      // Last, so that a code that opens nothing leaves the folder as it was.
      replaceKeys(folder, stored);
      return { ok: true, newDevice: device.kid, sittings };
    } finally {
      opened.store.close();
    }
  } finally {
    lock.release();
  }
}

/**
 * What a province reads of a data folder with its private key for reports: each session's data key was wrapped for it at
 * import. Works on a copy that is removed again; the folder itself is not changed. The index of numbers stays closed.
 */
export async function readForProvince(
  dataFolder: string,
  options: { privateKey: JWK; saveTo?: string; app: string; fontsDir: string },
): Promise<RecoverFolder> {
  const records = findRecords(dataFolder);
  if (records === null) return { ok: false, error: 'no_records' };
  const work = mkdtempSync(path.join(os.tmpdir(), 'kiosk-province-'));
  try {
    const file = path.join(work, 'kiosk.db');
    for (const end of ['', '-wal'])
      if (existsSync(path.join(records, `kiosk.db${end}`)))
        cpSync(path.join(records, `kiosk.db${end}`), `${file}${end}`);
    const key = await importJWK(options.privateKey, 'ECDH-ES+A256KW');
    const keys = openKeys(makeKeys());
    const readable = await rewrapSessions(file, keys.databaseKey, (wrapped) =>
      compactDecrypt(wrapped, key).then(
        ({ plaintext }) => Buffer.from(plaintext),
        () => null,
      ),
    );
    const opened = Store.open({ file, keys: { kek: keys.databaseKey, index: keys.indexKey } });
    if (!opened.ok) return { ok: false, error: 'cannot_open', detail: opened.error };
    try {
      const sittings = await readSittings(opened.store, keys.device, options);
      return {
        ok: true,
        newDevice: keys.device.kid,
        sittings: sittings.filter(({ packageId }) => readable.includes(packageId)),
      };
    } finally {
      opened.store.close();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function readSittings(
  store: Store,
  deviceKey: DeviceKey,
  options: { saveTo?: string; app: string; fontsDir: string },
): Promise<RecoveredSitting[]> {
  const found: RecoveredSitting[] = [];
  if (options.saveTo !== undefined) mkdirSync(options.saveTo, { recursive: true, mode: 0o700 });
  for (const session of store.sessions.listSessions()) {
    const { packageId, document } = session;
    const makers = createDocumentMakers({ store, session, fontsDir: options.fontsDir, badgesHtml: () => '' });
    for (const sitting of store.sittings.listSittings(packageId)) {
      const facts = readFacts(store, session, sitting);
      const { summoned, came } = facts.totals;
      const saved: string[] = [];
      if (options.saveTo !== undefined) {
        const revision = store.reports.getLastRevision(sitting.reportId);
        const report =
          store.reports.getReport(sitting.reportId, revision) ??
          draftReport(
            { store, session, deviceKey, app: options.app, facts: () => facts, firstAttemptAt: () => 0 },
            sitting,
          );
        const name = `${document.venue.id}_${packageId}_${sitting.planId}`;
        const files: [string, Uint8Array][] = [
          [`${name}.csv`, await makers.attendanceCsv(report)],
          [`${name}.xlsx`, await makers.attendanceXlsx(report)],
        ];
        for (const [fileName, bytes] of files) {
          const written = await saveVerified(options.saveTo, fileName, bytes);
          if (written.ok) saved.push(written.value.file);
        }
      }
      found.push({ packageId, title: sitting.title, state: sitting.state, summoned, came, saved });
    }
  }
  return found;
}
