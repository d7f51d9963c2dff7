import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkStore } from '../../electron/core/check-store.ts';
import { Register } from '../../electron/core/attendance/register.ts';
import { Secretary } from '../../electron/core/attendance/secretary.ts';
import { sealSitting } from '../../electron/core/report/sealer.ts';
import { Store, type StoreKeys } from '../../electron/core/store/store.ts';
import { makeSealBed } from '../bench/seal-bed.ts';
import { draftFrom, factsFrom } from './drafted-reports.ts';
import { enter, ON_CONSOLE, summoned } from './enter.ts';

/** The closed records of a hall with a sealed morning and an open afternoon, to be edited by hand. */
export interface TamperedRecords {
  keys: StoreKeys;
  /** A copy of the records and their second copy in a folder of its own. */
  copyTo(folder: string): string;
  /** The database as it was some sign-ins before. */
  olderFile: string;
  /** What a report is made from and where it goes, and what is said of it. */
  look(store: Store): { facts: string; said: string[] };
  close(): void;
}

export async function createTamperedRecords(dir: string): Promise<TamperedRecords> {
  const hour = 3_600_000;
  const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
  const sittings = [
    { id: 'sang', title: 'Buổi sáng', opensAt: at(-0.1), startsAt: at(0), endsAt: at(4), sources: [] },
    { id: 'chieu', title: 'Buổi chiều', opensAt: at(-0.1), startsAt: at(5), endsAt: at(8), sources: [] },
  ];
  const bed = await makeSealBed(24, { sittings });
  const { store, sitting, session } = bed;
  const { packageId } = session;
  const back = { endedAt: null, endedBy: null } as const;
  store.sittings.recordStep(sitting.id, 'ended', 'open', back);
  live(store, packageId, sitting.id);
  store.sittings.recordStep(sitting.id, 'open', 'ended', { endedAt: Date.now(), endedBy: 'technician' });
  const ended = store.sittings.getSitting(sitting.id)!;
  await sealSitting({ ...bed.sealer, facts: (of) => factsFrom(bed.store, session, of) }, ended);
  const [, afternoon] = store.sittings.listSittings(packageId);
  store.sittings.recordStep(afternoon!.id, 'prepared', 'open', { openedAt: Date.now() });
  live(store, packageId, afternoon!.id);
  const olderFile = path.join(dir, 'older.db');
  store.close();
  cpSync(bed.file, olderFile);
  const keys: StoreKeys = { ...bed.storeKeys, device: bed.deviceKey.privateKey };
  const again = Store.open({ file: bed.file, keys });
  if (!again.ok) throw new Error(again.error);
  bed.store = again.store;
  const register = new Register(again.store, packageId, again.store.sittings.getSitting(afternoon!.id)!);
  for (const id of ['p0019', 'p0020', 'p0021'])
    new Secretary(again.store, register, () => null).signIn(id, undefined, ON_CONSOLE);
  again.store.close();
  const whole = path.join(dir, 'whole');
  mkdirSync(whole);
  for (const name of readdirSync(path.dirname(bed.file)))
    if (name.startsWith('kiosk.')) cpSync(path.join(path.dirname(bed.file), name), path.join(whole, name));
  return {
    keys,
    olderFile,
    close: () => rmSync(path.dirname(bed.file), { recursive: true, force: true }),
    copyTo: (folder) => {
      cpSync(whole, folder, { recursive: true });
      return path.join(folder, 'kiosk.db');
    },
    look: (opened) => {
      const said = checkStore({ store: opened, log: { info: () => undefined, error: () => undefined } });
      const stored = opened.sessions.getSession(packageId);
      if (!stored) return { facts: 'no session', said };
      const reports = opened.sittings.listSittings(packageId).map((of) => {
        const report = draftFrom(opened, stored, of, bed.sealer);
        const { marks, createdAt: _, secondCopy: __, ...rest } = report;
        const chain = opened.verifyLog();
        // A report that says nothing of it does not count as a sentence.
        if (said.length > 0 && marks.length === 0 && chain.ok)
          throw new Error(`the report says nothing of ${said.join(', ')}`);
        const sealed = opened.reports.getSealed(of.reportId, opened.reports.getLastRevision(of.reportId));
        return [
          { ...rest, sitting: { ...rest.sitting, endedAt: null } },
          of,
          opened.sittings.getLife(of.id),
          sealed?.sha256,
        ];
      });
      const rest = [
        stored,
        opened.outbox.listStatuses(packageId),
        opened.settings.getPin(packageId, 'technician')?.hash.toString('hex'),
        opened.tokens.findPersonId(packageId, 'citizen', '001090000010'),
      ];
      return { facts: JSON.stringify([reports, rest]), said };
    },
  };
}

/** What a secretary does in a sitting, each kind once. */
function live(store: Store, packageId: string, sittingId: string): void {
  const register = new Register(store, packageId, store.sittings.getSitting(sittingId)!);
  const secretary = new Secretary(store, register, () => null);
  for (const id of ['p0001', 'p0002', 'p0003', 'p0006', 'p0007']) secretary.signIn(id, undefined, ON_CONSOLE);
  secretary.recordLeft('p0002', undefined, undefined, ON_CONSOLE);
  enter(store, sittingId, { type: 'excuse', who: summoned('p0008'), reason: 'Đi công tác' });
  secretary.undo('p0003', 'last', 'Nhầm người', ON_CONSOLE);
  secretary.addPerson({ name: 'Ma Văn Sính', kind: 'walk_in', notDuplicate: true }, ON_CONSOLE);
  secretary.openRollCall('Đầu giờ');
  secretary.signIn('p0001', undefined, ON_CONSOLE);
  secretary.closeRollCalls();
  store.settings.setHeadCount(sittingId, { counted: 5, reason: 'Có khách', by: 'technician' }, Date.now());
  store.settings.setPin(packageId, 'technician', { salt: Buffer.alloc(16, 1), cost: 2, hash: Buffer.alloc(32, 2) });
  store.settings.recordAction(Date.now(), 'technician', 'unlock', {});
  store.reports.setNotes(sittingId, { remarks: 'Loa nhỏ' });
  store.playback.recordEvent(
    sittingId,
    { type: 'interruption_began', cause: 'line', playerSessionId: 'x' },
    Date.now(),
  );
}
