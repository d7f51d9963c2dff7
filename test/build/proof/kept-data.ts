import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';
import { Store } from '../../../electron/core/store/store.ts';
import type { Intake } from '../../../electron/core/rehearsal/intake.ts';
import { readProof, type Proof } from '../../rehearsal/proof.ts';

/** Which of the kiosk's records. */
export type Records = 'rehearsal' | 'session';

/** Works on a copy of the data folder, so that a running kiosk is not disturbed and a stopped one finds all as it was. */
async function withCopy<T>(dataDir: string, records: Records, use: (copy: string) => Promise<T> | T): Promise<T> {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'kiosk-data-'));
  try {
    // Without the browser's profile: it changes while it is copied.
    cpSync(path.join(dataDir, records), path.join(copy, records), { recursive: true });
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The sitting as the database has it now: its state, and how many people have signed in. Throws when the chain of events is broken. */
export function readSitting(
  dataDir: string,
  records: Records,
): Promise<{ id: string | null; state: string | null; signedIn: number }> {
  return withCopy(dataDir, records, (copy) => {
    const dir = path.join(copy, records);
    const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: false });
    if (!keys.ok) throw new Error(keys.sentence);
    const { databaseKey: kek, indexKey: index } = keys.value;
    const opened = Store.open({ file: path.join(dir, 'kiosk.db'), keys: { kek, index } });
    if (!opened.ok) throw new Error(`the database cannot be opened: ${opened.error}`);
    const { attendance, sessions, sittings } = opened.store;
    try {
      if (!attendance.verifyChain().ok) throw new Error('the chain of events is broken');
      const session = sessions.listSessions().at(-1);
      const sitting = session && sittings.listSittings(session.packageId)[0];
      if (!sitting) return { id: null, state: null, signedIn: 0 };
      const arrived = attendance.listEvents(sitting.id).filter((event) => event.type === 'arrived');
      return { id: sitting.id, state: sitting.state, signedIn: new Set(arrived.map((event) => event.personId)).size };
    } finally {
      opened.store.close();
    }
  });
}

/** What a sitting that is over left: of a rehearsal, or with `province` of a real session. */
export function readKept(dataDir: string, province?: Intake): Promise<Proof> {
  return withCopy(dataDir, province ? 'session' : 'rehearsal', (copy) => readProof(copy, province));
}
