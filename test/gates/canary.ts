import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../electron/core/store/clock.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';
import type { CaseResult, Gate } from './gate.ts';

const DAY = 24 * 3_600_000;
const PACKAGE = 'hn-2026-thu';
const SITTING = `${PACKAGE}/sang`;

/** Invented words that occur nowhere else, one for each kind of personal data and the way it comes in. */
const WORDS = {
  rosterName: 'Tạ Bạch Yến Mẫu',
  rosterGiven: 'Yến Canh',
  rosterPosition: 'Phó ban Kiến Cánh',
  rosterNote: 'ghi chú chim sẻ',
  rosterBirthDate: '1971-03-29',
  citizenNumber: '001171998877',
  partyNumber: '998877665544',
  badge: 'BPCHIMYEN77',
  chairName: 'Lã Hoàng Anh Mẫu',
  chairPosition: 'Chủ tịch Chào Mào',
  secretaryName: 'Ông Sáo Sậu Mẫu',
  technicianName: 'Cù Kỹ Thuật Mẫu',
  supervisorName: 'Đoàn Giám Sát Mẫu',
  supervisorUnit: 'Ban Chích Choè',
  signatory: 'Người Ký Mẫu Vịt',
  technicianPin: '83649271',
  walkInName: 'Khách Vãng Lai Cò',
  walkInPosition: 'Trưởng thôn Bìm Bịp',
  walkInNote: 'ghi chú chim cu gáy',
  walkInUnit: 'Chi bộ Sơn Ca Lạ',
  guestName: 'Khách Mời Diệc',
  substituteName: 'Dự Thay Cuốc',
  excuseReason: 'ốm nặng cúm gia cầm',
  leftReason: 'về sớm vì bồ câu',
  undoReason: 'nhầm người chim ri',
  remarks: 'góp ý của đồng chí Vạc',
  signOffName: 'Xác Nhận Bồ Nông',
  signOffPosition: 'Bí thư Hải Âu',
  amendReason: 'sửa tên ông Chìa Vôi',
  amendAuthor: 'Người Sửa Cà Kheo',
  scannedCard: '001199001122',
  searched: 'gõ tên đại bàng',
} as const;
type Kind = keyof typeof WORDS;
const KINDS = Object.keys(WORDS) as Kind[];

/** Each personal word is looked for in every file of the records, before and after its time is over. One case is one word. */
export const canary: Gate = {
  name: 'canary',
  what: 'personal data stands in clear in no file, and after its time is over nothing of it can be opened here',
  cases: KINDS.length,
  short: KINDS.length,
  open: async ({ control }) => {
    const found = await live(control);
    return {
      tryCase: (number): CaseResult => {
        const kind = KINDS[number % KINDS.length]!;
        const wrong = [
          ...(found.planted.has(kind) ? [] : ['was not taken in']),
          ...(found.before.get(kind) ?? []).map((file) => `in clear in ${file}`),
          ...(found.after.get(kind) ?? []).map((file) => `afterwards in ${file}`),
          ...(found.opened.has(kind) ? ['can still be opened'] : []),
        ];
        return { outcome: wrong[0] ?? 'nowhere', wrong: wrong.length === 0 ? null : `${kind}: ${wrong.join('; ')}` };
      },
      close: () => Promise.resolve(),
    };
  },
};

interface Found {
  planted: ReadonlySet<Kind>;
  before: ReadonlyMap<Kind, string[]>;
  after: ReadonlyMap<Kind, string[]>;
  opened: ReadonlySet<Kind>;
}

/** One hall from package to destruction. The control lives on without the destruction. */
async function live(isControl: boolean): Promise<Found> {
  let days = 0;
  const clock: Clock = {
    now: () => Date.now() + days * DAY,
    stamp: () => ({ wallMs: Date.now() + days * DAY, monoMs: Math.round(performance.now()), bootId: `day-${days}` }),
  };
  let result: Found | null = null;
  const w = WORDS;
  await withCore(
    {
      people: 6,
      clock,
      package: (document) => ({
        ...document,
        roles: {
          chair: { name: w.chairName, position: w.chairPosition },
          secretary: { name: w.secretaryName },
          technician: { name: w.technicianName },
          supervisors: [{ name: w.supervisorName, unit: w.supervisorUnit }],
        },
        document: { ...document.document, signatory: w.signatory },
        access: { technicianPin: w.technicianPin },
        roster: document.roster!.map((person, i) =>
          i === 0
            ? {
                ...person,
                name: w.rosterName,
                givenName: w.rosterGiven,
                position: w.rosterPosition,
                note: w.rosterNote,
                birthDate: w.rosterBirthDate,
                citizenNumber: w.citizenNumber,
                partyNumber: w.partyNumber,
                badge: w.badge,
              }
            : person,
        ),
      }),
    },
    async (world) => {
      await enter(world);
      const before = search(world.dir);
      const planted = new Set(KINDS.filter((kind) => kind !== 'technicianPin' && openedText(world).includes(w[kind])));
      // What is kept as a hash, or not at all, is known to have come in by what it did.
      for (const kind of ['technicianPin', 'citizenNumber', 'partyNumber', 'scannedCard', 'searched'] as const)
        planted.add(kind);
      const { reportId } = world.store.sittings.getSitting(SITTING)!;
      const revision = world.store.reports.getLastRevision(reportId);
      world.store.outbox.recordReturnCheck({ reportId, revision, nextReturnCheckAt: null });
      for (let n = 1; n < revision; n += 1)
        world.store.outbox.recordReturnCheck({ reportId, revision: n, nextReturnCheckAt: null });
      for (const day of isControl ? [] : [60, 68]) {
        days = day;
        await world.restart();
        for (const host of ['a', 'b']) world.core.hall.clockWatch.note(host, clock.now());
        world.core.retention.look();
      }
      const opened = openedText(world);
      result = {
        planted,
        before,
        after: search(world.dir),
        opened: new Set(KINDS.filter((kind) => opened.includes(w[kind]))),
      };
    },
  );
  if (result === null) throw new Error('the hall did not live to its end');
  return result;
}

async function enter(world: CoreWorld): Promise<void> {
  const w = WORDS;
  const people = world.document.roster!.map(({ id }) => id);
  const must = async (what: string, answer: Promise<{ ok: boolean }>): Promise<void> => {
    const said = await answer;
    if (!said.ok) throw new Error(`${what}: ${JSON.stringify(said)}`);
  };
  await must('unlock', world.ask('console/unlock', { pin: w.technicianPin, role: 'technician' }));
  await must('search', world.ask('desk/search', { sittingId: SITTING, query: w.searched }));
  await world.ask('desk/scan', { sittingId: SITTING, raw: `${w.scannedCard}||Thẻ Lạ|01011990|Nam||01012021` });
  for (const personId of people.slice(0, 3))
    await must('sign-in', world.ask('desk/sign-in', { sittingId: SITTING, personId, method: 'list' }));
  const add = (person: Record<string, unknown>) =>
    world.ask('console/people/add', { sittingId: SITTING, ...person } as never) as Promise<{ ok: boolean }>;
  await must(
    'walk-in',
    add({
      kind: 'walk_in',
      name: w.walkInName,
      position: w.walkInPosition,
      note: w.walkInNote,
      unitName: w.walkInUnit,
      notDuplicate: true,
    }),
  );
  await must('guest', add({ kind: 'guest', name: w.guestName, notDuplicate: true }));
  await must(
    'substitute',
    add({ kind: 'substitute', name: w.substituteName, notDuplicate: true, substituteFor: people[5] }),
  );
  await must(
    'excuse',
    world.ask('console/people/excuse', { sittingId: SITTING, personIds: [people[4]!], reason: w.excuseReason }),
  );
  await must(
    'left',
    world.ask('console/people/left', { sittingId: SITTING, personId: people[1]!, reason: w.leftReason }),
  );
  await must('remarks', world.ask('console/report/remarks', { sittingId: SITTING, text: w.remarks }));
  await must(
    'sign-off',
    world.ask('console/report/sign-off', {
      sittingId: SITTING,
      name: w.signOffName,
      position: w.signOffPosition,
      pin: w.technicianPin,
    }),
  );
  await must('end', world.ask('console/end-sitting', { sittingId: SITTING }));
  const isDelivered = () => world.store.sittings.getSitting(SITTING)?.state === 'delivered';
  await world.until('delivered', isDelivered, 20_000);
  await must('amend', world.ask('console/report/amend', { sittingId: SITTING }));
  await must(
    'undo',
    world.ask('console/people/undo', { sittingId: SITTING, personId: people[2]!, reason: w.undoReason }),
  );
  await must(
    'amendment',
    world.ask('console/report/amend/seal', { sittingId: SITTING, reason: w.amendReason, author: w.amendAuthor }),
  );
  const { reportId } = world.store.sittings.getSitting(SITTING)!;
  await must('send', world.ask('console/send-now', { reportId, revision: 2 }));
  await world.until('delivered again', isDelivered, 20_000);
}

/** All that this PC can open of its records, as one text. */
function openedText({ store }: CoreWorld): string {
  const { reportId } = store.sittings.getSitting(SITTING)!;
  const revisions = store.reports
    .listRevisions(reportId)
    .map(({ revision }) => store.reports.getReport(reportId, revision));
  const badges = Array.from(store.people.issueBadges(PACKAGE).values());
  return JSON.stringify([
    store.sessions.getSession(PACKAGE),
    store.people.listPeople(PACKAGE),
    store.people.listPeopleOfSitting(SITTING),
    store.attendance.listEvents(SITTING),
    store.reports.getNotes(SITTING),
    revisions,
    badges,
  ]);
}

/** Files of the records, but not the province's, that hold a word in UTF-8 or UTF-16, composed or not. */
function search(dir: string): Map<Kind, string[]> {
  const found = new Map<Kind, string[]>();
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(`province${path.sep}`));
  for (const file of files) {
    const bytes = readFileSync(path.join(dir, file));
    for (const kind of KINDS) {
      const forms = [WORDS[kind], WORDS[kind].normalize('NFD')];
      if (forms.some((form) => bytes.includes(form) || bytes.includes(Buffer.from(form, 'utf16le'))))
        found.set(kind, [...(found.get(kind) ?? []), file]);
    }
  }
  return found;
}
