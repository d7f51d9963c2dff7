import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../electron/core/store/clock.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';
import { enterPersonalWords, PERSONAL_WORDS as WORDS, withPersonalWords } from '../support/personal-words.ts';
import type { CaseResult, Gate } from './gate.ts';

const DAY = 24 * 3_600_000;
const PACKAGE = 'hn-2026-thu';
const SITTING = `${PACKAGE}/sang`;

type Kind = keyof typeof WORDS;
const KINDS = Object.keys(WORDS) as Kind[];
const HASHED_OR_NOT_KEPT: readonly Kind[] = [
  'technicianPin',
  'citizenNumber',
  'partyNumber',
  'rosterCode',
  'rosterPhoneCode',
  'scannedCard',
  'searched',
];

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
  await withCore(
    {
      people: 6,
      clock,
      package: withPersonalWords,
      sources: [{ id: 'chinh', url: 'http://127.0.0.1:1/x.m3u8' }],
    },
    async (world) => {
      await enterPersonalWords(world);
      const before = search(world.dir);
      const planted = new Set(
        KINDS.filter((kind) => kind !== 'technicianPin' && openedText(world).includes(WORDS[kind])),
      );
      // What is kept as a hash, or not at all, is known to have come in by what it did.
      for (const kind of HASHED_OR_NOT_KEPT) planted.add(kind);
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
        opened: new Set(KINDS.filter((kind) => opened.includes(WORDS[kind]))),
      };
    },
  );
  if (result === null) throw new Error('the hall did not live to its end');
  return result;
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
    store.sittings.listSittings(PACKAGE),
    store.sittings.getLife(SITTING),
    store.attendance.listRollCalls(SITTING),
    store.settings.getHeadCount(SITTING),
    store.settings.getSealed(PACKAGE, 'hall_notice', z.unknown()),
    store.outbox.listStatuses(PACKAGE),
    store.checks.list(PACKAGE),
    store.settings.listActionsBetween(0, Number.MAX_SAFE_INTEGER),
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
