import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SessionPackage } from '../../../electron/contract/session-package.ts';
import { OLD_PACKAGE_FILE, oldFolder, openOldFolder } from '../../support/old-data-folder.ts';
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
