import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SittingRecord } from '../../electron/contract/sitting.ts';
import { listKeyFiles } from '../../electron/core/access/device-keys.ts';
import { Register } from '../../electron/core/attendance/register.ts';
import { Secretary } from '../../electron/core/attendance/secretary.ts';
import { loadKeys } from '../../electron/core/load-keys.ts';
import { sealSitting, type SealerOptions, type SittingFacts } from '../../electron/core/report/sealer.ts';
import { journalOf } from '../../electron/core/store/database.ts';
import { SessionStore } from '../../electron/core/store/session-store.ts';
import { Store, type StoreKeys } from '../../electron/core/store/store.ts';
import { draftFrom, factsFrom } from './drafted-reports.ts';
import { signIn } from './enter.ts';
import { OTHER, placeOf, PLACES, randomOf, readPlaces } from './flip-places.ts';
import { makePackage } from './make-package.ts';
import { clockAt, oldFolder, openOldFolder } from './old-data-folder.ts';

const KEY = 'A'.repeat(43);
const provinceKeys = {
  keys: {
    receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: KEY },
    reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: KEY },
  },
};
/** What of the records a bit is flipped in. */
type Part = 'db' | 'wal' | 'journal' | 'copy' | 'keys' | 'keysCopy';
interface State {
  flips: readonly Part[];
  /** These are not there at all. */
  without?: readonly Part[];
  /** No copy of what is flipped is whole: what is lost must be named. */
  mayLose?: boolean;
}

/** What the records look like when the bit flips, and in which files. */
const STATES = {
  /** The database, with its second copy beside it. */
  closed: { flips: ['db'], without: ['wal', 'copy'] },
  /** The database, which has no copy. */
  alone: { flips: ['db'], without: ['wal', 'copy', 'journal'], mayLose: true },
  /** The database, whose copy on another disk is all that is left. */
  copied: { flips: ['db'], without: ['wal', 'journal'] },
  /** What a kiosk that was killed had not yet folded back. */
  wal: { flips: ['wal'], without: ['copy'] },
  /** The second copy. */
  journal: { flips: ['journal'], without: ['wal', 'copy'] },
  /** The second copy, with the database gone and a copy on another disk. */
  gone: { flips: ['journal'], without: ['db', 'wal'] },
  /** The copy on another disk, with the second copy gone. */
  copy: { flips: ['copy'], without: ['wal', 'journal'] },
  /** The file of keys, or the other one, or both. */
  keys: { flips: ['keys'], without: ['wal', 'copy'] },
  'second keys': { flips: ['keysCopy'], without: ['wal', 'copy'] },
  'both keys': { flips: ['keys', 'keysCopy'], without: ['wal', 'copy'], mayLose: true },
} satisfies Record<string, State>;
export type Where = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as Where[];

/** How often one of each state is tried, for each time of every kind of cell. */
const WHOLE_FILE_TIMES = 6;
const KINDS: readonly { where: Where; place: number }[] = [
  ...PLACES.flatMap((_, place) => (['closed', 'alone', 'copied'] as const).map((where) => ({ where, place }))),
  ...Array.from({ length: WHOLE_FILE_TIMES }).flatMap(() =>
    (['wal', 'journal', 'gone', 'copy', 'keys', 'second keys', 'both keys'] as const).map((where) => ({
      where,
      place: PLACES.length - 1,
    })),
  ),
];
/** Kinds that follow one another are far apart in the list, so that a few cases are of many kinds. */
const STRIDE = 41;

export interface FlippedRecords {
  readonly kinds: number;
  /** The records as they were closed, or as a power cut left them, undamaged. */
  whole(where: Where): string;
  /** A copy of the records with one bit flipped; the same number is always the same bit. */
  flip(number: number): { kind: string; file: string; where: Where; mayLose: boolean };
  /** Takes every copy away that the flipped file has. */
  removeCopies(file: string, where: Where): void;
  /** What a hall sees of the opened records, each part as text. */
  view(store: Store): Map<string, string>;
  /** Opens them as a start of the core does, with the keys that it finds. */
  open(file: string): ReturnType<typeof Store.open> | { ok: false; error: 'no_keys'; detail: string };
  /** Both files of keys are as they were made. */
  areKeysWhole(file: string): boolean;
  close(): void;
}

/** The records of a hall with a delivered morning that is amended and sent again, an open afternoon, and those of another day. */
export async function createFlippedRecords(dir: string): Promise<FlippedRecords> {
  const old = openOldFolder();
  const { store } = old;
  const [morning, afternoon] = oldFolder.sittings;
  const { packageId } = oldFolder;
  const secretary = new Secretary(store, registerOf(store, afternoon.id), () => null);
  secretary.closeRollCalls();
  const opened = secretary.openRollCall('Lượt hủy');
  if (!opened.ok) throw new Error(opened.error);
  const last = store.attendance.listRollCalls(afternoon.id).at(-1);
  if (!last) throw new Error('no roll call');
  const cancelled = secretary.cancelRollCall(last.id, 'Mở nhầm khi đang giải lao', 'technician');
  if (!cancelled.ok) throw new Error(cancelled.error);
  const by = { deviceKey: old.keys.device, app: 'flips' };
  await deliverAndAmend(store, packageId, morning.id, by);
  store.sessions.importPackage({
    document: makePackage(provinceKeys, 'http://127.0.0.1:1', {
      now: oldFolder.closedAt,
      people: 3,
      overrides: { packageId: OTHER },
    }),
    digest: 'ab'.repeat(32),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  store.people.keepLists(packageId);
  const folder = path.join(old.dataDir, 'session');
  const base = path.join(folder, 'kiosk.db');
  store.close();
  const keyFiles = listKeyFiles(path.join(folder, 'keys'));
  const made: Files = {
    db: readFileSync(base),
    journal: readFileSync(journalOf(base)),
    copy: readFileSync(journalOf(base)),
    keys: readFileSync(keyFiles.file),
    keysCopy: readFileSync(keyFiles.copy),
  };
  const cells = readPlaces(base, made.db!);
  const storeKeys = {
    kek: old.keys.databaseKey,
    index: old.keys.indexKey,
    device: old.keys.device.privateKey,
  };
  const killed = { ...made, ...runAndKill(base, storeKeys, afternoon.id) };
  const stateOf = (where: Where): Files => {
    const state: State = STATES[where];
    const files = { ...(where === 'wal' ? killed : made) };
    for (const part of state.without ?? []) delete files[part];
    return files;
  };
  const put = (name: string, files: Files): string => {
    const records = path.join(dir, name);
    for (const [part, bytes] of Object.entries(files)) {
      const file = fileOf(records, part as Part);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    return fileOf(records, 'db');
  };

  return {
    kinds: KINDS.length,
    whole: (where) => put(`whole-${where}`, stateOf(where)),
    flip: (number) => {
      const random = randomOf(number);
      const { where, place } = KINDS[(number * STRIDE) % KINDS.length]!;
      const state: State = STATES[where];
      const files = stateOf(where);
      for (const part of state.flips) {
        const flipped = Buffer.from(files[part]!);
        const bit = placeOf(flipped, part === 'db' ? (cells[place] ?? []) : [], random);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        files[part] = flipped;
      }
      const kind = state.flips[0] === 'db' ? `${where}, ${PLACES[place]![0]}` : where;
      return { kind, where, mayLose: state.mayLose === true, file: put(String(number), files) };
    },
    removeCopies: (file, where) => {
      const flips: readonly Part[] = STATES[where].flips;
      const copies: Part[] =
        flips.includes('keys') || flips.includes('keysCopy') ? ['keys', 'keysCopy'] : ['db', 'journal', 'copy'];
      for (const part of copies) if (!flips.includes(part)) rmSync(fileOf(path.dirname(file), part), { force: true });
    },
    view: (records) => viewOf(records, packageId, by),
    open: (file) => {
      const records = path.dirname(file);
      const loaded = loadKeys(records, { info: () => undefined, error: () => undefined });
      if (!loaded.ok) return { ok: false, error: 'no_keys', detail: loaded.sentence };
      const copies = [fileOf(records, 'copy')].filter((copy) => existsSync(copy));
      return Store.open({ ...loaded.records, clock: clockAt(oldFolder.closedAt), copies });
    },
    areKeysWhole: (file) =>
      (['keys', 'keysCopy'] as const).every((part) =>
        made[part]?.equals(readFileSync(fileOf(path.dirname(file), part))),
      ),
    close: () => rmSync(old.dataDir, { recursive: true, force: true }),
  };
}

/** The morning's report arrives at the second try; then it is amended, sealed as revision 2, and its first try fails. */
async function deliverAndAmend(
  store: Store,
  packageId: string,
  sittingId: string,
  by: Pick<SealerOptions, 'deviceKey' | 'app'>,
): Promise<void> {
  const at = oldFolder.closedAt;
  const { reportId } = store.sittings.getSitting(sittingId)!;
  const tryToSend = (revision: number): void => {
    const tried = { reportId, revision, at, nextAttemptAt: at + 60_000 };
    store.outbox.recordAttemptBegan(tried);
    store.outbox.recordAttemptFailed({ ...tried, failure: 'server_error', cause: 'server_error', httpStatus: 503 });
  };
  tryToSend(1);
  store.outbox.recordReceipt({
    reportId,
    revision: 1,
    at,
    httpStatus: 201,
    receiptJws: `${'e'.repeat(40)}.${'y'.repeat(200)}.${'J'.repeat(86)}`,
    serial: 'BN-2026-000117',
    receivedAt: at,
    nextReturnCheckAt: at + 3_600_000,
  });
  store.sittings.recordStep(sittingId, 'delivered', 'amended');
  const session = store.sessions.getSession(packageId)!;
  const facts = (of: SittingRecord): SittingFacts => factsFrom(store, session, of);
  const sealer = { ...by, store, session, facts, firstAttemptAt: (endedAt: number) => endedAt };
  await sealSitting(sealer, store.sittings.getSitting(sittingId)!);
  tryToSend(2);
}

type Files = Partial<Record<Part, Buffer>>;

function fileOf(records: string, part: Part): string {
  const db = path.join(records, 'kiosk.db');
  const keys = listKeyFiles(path.join(records, 'keys'));
  const files: Record<Part, string> = {
    db,
    wal: `${db}-wal`,
    journal: journalOf(db),
    copy: path.join(records, 'other-disk', 'copy.journal'),
    keys: keys.file,
    keysCopy: keys.copy,
  };
  return files[part];
}

/** The files of a kiosk that was killed in the middle of a sitting. */
function runAndKill(file: string, keys: StoreKeys, sittingId: string): Files {
  const opened = Store.open({ file, keys, clock: clockAt(oldFolder.closedAt) });
  if (!opened.ok) throw new Error(opened.error);
  const { store } = opened;
  try {
    for (const id of ['p03', 'p05', 'p08']) signIn(store, sittingId, id);
    store.settings.setHeadCount(sittingId, { counted: 9, reason: null, by: 'chair' }, oldFolder.closedAt);
    store.trust.flush();
    return { db: readFileSync(file), wal: readFileSync(`${file}-wal`), journal: readFileSync(journalOf(file)) };
  } finally {
    store.close();
  }
}

function registerOf(store: Store, sittingId: string): Register {
  const sitting = store.sittings.getSitting(sittingId);
  if (!sitting) throw new Error(`${sittingId} is not stored`);
  return new Register(store, sitting.packageId, sitting);
}

function viewOf(store: Store, packageId: string, by: Pick<SealerOptions, 'deviceKey' | 'app'>): Map<string, string> {
  const view = new Map<string, unknown>([
    ['session', store.sessions.getSession(packageId)],
    ['sittings', store.sittings.listSittings(packageId)],
    ['chain', store.attendance.getLogHead()],
    ['outbox', store.outbox.listStatuses(packageId)],
    ['token', store.tokens.findPersonId(packageId, 'citizen', '001079001010')],
    ['others', store.sessions.listSessions().map((session) => [session, store.people.listPeople(session.packageId)])],
  ]);
  const session = store.sessions.getSession(packageId);
  for (const sitting of store.sittings.listSittings(packageId)) {
    const { id, reportId } = sitting;
    if (session) {
      // What was found is said there: that is not what a report says of the sitting.
      const { marks: _, secondCopy: __, ...report } = draftFrom(store, session, sitting, by);
      view.set(`${id} report`, report);
    }
    view.set(`${id} tries`, store.outbox.history.listFailedTries(reportId));
    const register = new Register(store, packageId, sitting);
    view.set(`${id} people`, register.listInOrder());
    view.set(`${id} totals`, register.getTotals());
    view.set(`${id} statuses`, [...register.listStatuses()]);
    view.set(`${id} events`, store.attendance.listEvents(id));
    view.set(`${id} roll calls`, store.attendance.listRollCalls(id));
    view.set(`${id} head-count`, store.settings.getHeadCount(id));
    view.set(`${id} notes`, store.reports.getNotes(id));
    view.set(`${id} revisions`, store.reports.listRevisions(reportId));
    const newest = store.reports.getLastRevision(reportId);
    const sealed = store.reports.getSealed(reportId, newest)?.sealed;
    view.set(`${id} sealed`, sealed ? createHash('sha256').update(sealed).digest('hex') : null);
  }
  return new Map([...view].map(([part, value]) => [part, JSON.stringify(value)]));
}
