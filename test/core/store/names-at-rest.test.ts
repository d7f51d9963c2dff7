import Database from 'better-sqlite3';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SessionPackage } from '../../../electron/contract/session-package.ts';
import type { SittingRecord } from '../../../electron/contract/sitting.ts';
import { loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';
import { journalOf } from '../../../electron/core/store/database.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { clockAt, OLD_PACKAGE_FILE, oldFolder, openOldFolder } from '../../support/old-data-folder.ts';
import { PERSONAL_WORDS } from '../../support/personal-words.ts';
import { createStoredHall, START } from '../../support/stored-hall.ts';
import { withCore } from '../../support/with-core.ts';

/** Files of a data folder that hold one of the texts in clear. */
function findClear(dir: string, texts: readonly string[]): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return texts.some((text) => bytes.includes(text));
    })
    .map((file) => path.relative(dir, file));
}

const NAMES = ['Phạm Ví Dụ Chủ Trì', 'Lê Ví Dụ Thư Ký', 'Trần Ví Dụ Ký Tên', 'Vũ Ví Dụ Giám Sát'];

test('badges and the names in a package stand in no file in clear, and are there when they are wanted', async () => {
  await withCore(
    {
      people: 5,
      package: (document) => ({
        ...document,
        roles: {
          chair: { name: NAMES[0]! },
          secretary: { name: NAMES[1]! },
          supervisors: [{ name: NAMES[3]! }],
        },
        document: { ...document.document, signatory: NAMES[2]! },
        roster: document.roster!.map((person, i) => ({ ...person, badge: `BADGE-VI-DU-${i}` })),
      }),
    },
    async (world) => {
      const { packageId } = world.document;
      const tokens = world.store.people.issueBadges(packageId);
      const badges = world.document.roster!.map((person) => person.badge!);
      expect([...tokens.values()].toSorted()).toEqual(badges);
      const { id } = world.document.roster![0]!;
      expect(world.store.tokens.findPersonId(packageId, 'badge', badges[0]!)).toBe(id);
      expect(world.store.sessions.getSession(packageId)!.document.roles.chair?.name).toBe(NAMES[0]);
      expect(world.store.sessions.getSession(packageId)!.document.document.signatory).toBe(NAMES[2]);
      expect(findClear(world.dir, [...NAMES, ...badges])).toEqual([]);
      await world.restart();
      expect(world.store.sessions.getSession(packageId)!.document.roles.secretary?.name).toBe(NAMES[1]);
      expect(findClear(world.dir, [...NAMES, ...badges])).toEqual([]);
      for (const name of readdirSync(world.dir).filter((each) => each.startsWith('kiosk.db')))
        expect(statSync(path.join(world.dir, name)).mode & 0o777).toBe(0o600);
    },
  );
});

test('a folder of an older program is rewritten at its first start: same badges, same names, neither in clear', () => {
  const document = SessionPackage.parse(JSON.parse(readFileSync(OLD_PACKAGE_FILE, 'utf8')));
  const old = openOldFolder();
  try {
    const stored = old.store.sessions.getSession(oldFolder.packageId)!.document;
    expect(stored.roles).toEqual(document.roles);
    expect(stored.document).toEqual(document.document);
    const badges = document.roster!.flatMap(({ id, badge }) => (badge ? [[id, badge] as const] : []));
    expect(badges.length).toBeGreaterThan(0);
    const issued = old.store.people.issueBadges(oldFolder.packageId);
    for (const [id, badge] of badges) {
      expect(issued.get(id)).toBe(badge);
      expect(old.store.tokens.findPersonId(oldFolder.packageId, 'badge', badge)).toBe(id);
    }
    const { roles } = document;
    const names = [roles.chair, roles.secretary, roles.technician, ...roles.supervisors].flatMap(
      (who) => who?.name ?? [],
    );
    expect(names.length).toBeGreaterThan(0);
    expect(findClear(old.dataDir, [...names, ...issued.values()])).toEqual([]);
  } finally {
    old.close();
  }
});

const WRITTEN = [
  'sittingTitle',
  'topicTitle',
  'topicPresenter',
  'topicPosition',
  'hotline',
  'stageNotice',
  'privacyNotice',
  'addressee',
  'recipient',
  'sourceLabel',
  'rollCallTitle',
  'cancelReason',
  'headCountReason',
  'reopenReason',
  'hallNotice',
  'returnReason',
  'signatory',
  'chairName',
  'walkInUnit',
  'remarks',
  'amendReason',
] as const satisfies (keyof typeof PERSONAL_WORDS)[];

test('texts that people wrote in a folder of schema 12 are sealed at its first start, each with the words it had', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-named-'));
  const from = path.resolve(import.meta.dirname, '../../fixtures/data-folder/5754e38');
  const { at } = JSON.parse(readFileSync(path.join(from, 'written-at.json'), 'utf8')) as { at: number };
  for (const name of ['kiosk.db', 'kiosk.journal', 'keys'])
    cpSync(path.join(from, name), path.join(dir, name), { recursive: true });
  const words = WRITTEN.map((kind) => PERSONAL_WORDS[kind]);
  try {
    // The control: the older program left them in clear.
    expect(findClear(dir, words)).toEqual(['kiosk.db']);
    const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: false });
    if (!keys.ok) throw new Error(keys.sentence);
    const file = path.join(dir, 'kiosk.db');
    const open = () => {
      const { databaseKey: kek, indexKey: index, device } = keys.value;
      const opened = Store.open({ file, keys: { kek, index, device: device.privateKey }, clock: clockAt(at) });
      if (!opened.ok || opened.quarantinedTo !== null) throw new Error(JSON.stringify(opened));
      return opened.store;
    };
    for (let start = 1; start <= 2; start += 1) {
      const store = open();
      expect(findClear(dir, words)).toEqual([]);
      const { packageId } = store.sessions.listSessions()[0]!;
      const [{ id: sittingId, reportId }] = store.sittings.listSittings(packageId) as [SittingRecord];
      const opened = JSON.stringify([
        store.sessions.getSession(packageId),
        store.sittings.listSittings(packageId),
        store.sittings.getLife(sittingId),
        store.attendance.listRollCalls(sittingId),
        store.settings.getHeadCount(sittingId),
        store.settings.getSealed(packageId, 'hall_notice', z.unknown()),
        store.outbox.listStatuses(packageId),
        store.people.listPeople(packageId),
        store.reports.getReport(reportId, store.reports.getLastRevision(reportId)),
      ]);
      expect(WRITTEN.filter((kind) => !opened.includes(PERSONAL_WORDS[kind]))).toEqual([]);
      expect(store.checks.list(packageId)).toHaveLength(1);
      expect(store.checks.list(packageId)[0]?.outcomes.length).toBeGreaterThan(10);
      expect(store.findDamages()).toEqual([]);
      expect(store.trust.findings).toMatchObject({ brokenAt: null, unproven: [], lost: [], setAside: [] });
      expect(store.verifyLog()).toMatchObject({ ok: true });
      store.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a text that does not open costs its own words, and is named', () => {
  const hall = createStoredHall(3);
  try {
    hall.step(hall.morning, 'open');
    hall.secretary(hall.morning).openRollCall('Lượt hai');
    hall.store.settings.setHeadCount(hall.morning, { counted: 2, reason: 'thiếu một', by: 'chair' }, START);
    hall.store.sittings.recordReopening(hall.morning, { at: START, by: 'chair', reason: 'nói tiếp' });
    hall.reopen(() => {
      rmSync(journalOf(hall.file));
      const db = new Database(hall.file);
      db.exec(`UPDATE roll_call SET title_body = zeroblob(60); UPDATE head_count SET reason_body = zeroblob(60);
        UPDATE sitting SET title_body = zeroblob(60); UPDATE sitting_reopening SET reason_body = zeroblob(60)`);
      db.close();
    });
    expect(hall.store.sittings.getSitting(hall.morning)?.title).toBe('Không đọc được tên buổi');
    expect(hall.store.sittings.getLife(hall.morning).reopenings).toMatchObject([{ reason: 'Không đọc được lý do' }]);
    expect(hall.store.attendance.listRollCalls(hall.morning)).toMatchObject([{ title: 'Không đọc được' }]);
    expect(hall.store.settings.getHeadCount(hall.morning)).toMatchObject({
      counted: 2,
      reason: 'Không đọc được lý do',
    });
    const named = hall.store.findDamages().map(({ table, what }) => `${table} ${what}`);
    expect(named).toEqual(
      expect.arrayContaining(['roll_call row', 'head_count row', 'sitting row', 'sitting_reopening row']),
    );
  } finally {
    hall.close();
  }
});
