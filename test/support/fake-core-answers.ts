import { StatusFilter, type PeopleCounts } from '../../electron/contract/api-attendance.ts';
import type { Done } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { AttendeeKind } from '../../electron/contract/attendance.ts';
import type { AnswerOf, InputOf, Path, PathOf, Refusal } from '../../electron/contract/endpoints.ts';
import type { HallRole } from '../../electron/contract/shell.ts';

type Said<P extends Path> = AnswerOf<P> | Refusal<P> | null;
/** A canned answer, or what makes one; null drops the connection, as a dead core does. */
export type Answer<P extends Path> = Said<P> | ((input: InputOf<P>) => Said<P>);

export function createPerson(personId: string, name: string, change: Partial<PersonCard> = {}): PersonCard {
  return {
    personId,
    name,
    birthYear: 1958,
    unit: 'Chi bộ Tổ dân phố số 3',
    position: 'Bí thư chi bộ',
    kind: 'summoned',
    signedInAt: null,
    ...change,
  };
}

export const PEOPLE: PersonCard[] = [
  createPerson('p1', 'Nguyễn Thị Phương Thảo', { birthYear: 1962, position: 'Phó Bí thư chi bộ' }),
  createPerson('p2', 'Nguyễn Văn Đức', { birthYear: 1958 }),
  createPerson('p3', 'Nguyễn Văn Đức', {
    birthYear: 1971,
    unit: 'Chi bộ Trường THCS Thử Nghiệm',
    position: 'Giáo viên',
  }),
  createPerson('p4', 'Đặng Thị Thuỷ', { birthYear: 1949, unit: 'Chi bộ Tổ dân phố số 7', position: null }),
  createPerson('p5', 'Trần Quốc Khánh', { birthYear: 1980, signedInAt: 1 }),
];

function cannedSearch({ query }: InputOf<'desk/search'>): AnswerOf<'desk/search'> {
  const fold = (s: string): string => s.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'd').toLowerCase();
  const words = fold(query).split(/\s+/u).filter(Boolean);
  const people = PEOPLE.filter((person) =>
    words.every((word) =>
      fold(person.name)
        .split(' ')
        .some((part) => part.startsWith(word)),
    ),
  );
  return { ok: true, people, more: false };
}

function cannedSignIn({ personId }: InputOf<'desk/sign-in'>): AnswerOf<'desk/sign-in'> {
  const person = PEOPLE.find((each) => each.personId === personId);
  if (!person) return { ok: false, error: 'not_on_list' };
  if (person.signedInAt !== null)
    return { ok: false, error: 'already_signed_in', person, firstAt: Date.now() - 9 * 60_000 };
  return { ok: true, outcome: 'signed_in', person, at: Date.now(), late: false, lateMinutes: 0, ordinal: 124 };
}

/** Endpoints that answer more than that something was done. */
type Telling = { [P in PathOf<HallRole>]: Done extends AnswerOf<P> ? never : P }[PathOf<HallRole>];

const NOBODY: PeopleCounts = {
  all: 0,
  status: Object.fromEntries(StatusFilter.options.map((filter) => [filter, 0])) as PeopleCounts['status'],
  kind: Object.fromEntries(AttendeeKind.options.map((kind) => [kind, 0])) as PeopleCounts['kind'],
};

/** What is answered until a test says otherwise; each as the table of endpoints has it. */
export const CANNED: { [P in Telling]: Answer<P> } = {
  'stage/fresh-address': { ok: true, url: null },
  'desk/search': cannedSearch,
  'desk/browse': { ok: true, step: 'units', units: [] },
  'desk/sign-in': cannedSignIn,
  'desk/scan': { ok: false, error: 'unreadable' },
  'desk/take-back': ({ personId }) => {
    const person = PEOPLE.find((each) => each.personId === personId);
    return person ? { ok: true, person } : { ok: false, error: 'nothing_to_take_back' };
  },
  'desk/ask-help': { ok: true, at: 0 },
  'console/unlock': { ok: true, role: 'technician' },
  'console/stage-preview': { ok: true, jpeg: null, at: null },
  'console/checks/view': {
    ok: true,
    checks: { running: null, verdict: null, red: 0, yellow: 0, finishedAt: null, outcomes: [], runs: [], nextAt: null },
  },
  'console/people/list': { ok: true, people: [], total: 0, offset: 0, counts: NOBODY },
  'console/people/history': { ok: true, entries: [] },
  'console/people/sign-in': { ok: false, error: 'not_open' },
  'console/people/sign-in-many': { ok: false, error: 'not_open' },
  'console/people/paper-list': { ok: true, people: [] },
  'console/people/add': { ok: false, error: 'not_open' },
  'console/people/left': { ok: false, error: 'not_open' },
  'console/people/excuse': { ok: false, error: 'not_open' },
  'console/people/undo-many': { ok: false, error: 'not_open' },
  'console/people/undo': { ok: false, error: 'nothing_to_undo' },
  'console/people/roll-call/open': { ok: false, error: 'not_open' },
  'console/people/roll-call/preview': { ok: false, error: 'none_running' },
  'console/people/roll-call/cancel': { ok: false, error: 'not_open' },
  'console/people/head-count': { ok: false, error: 'not_open' },
  'console/people/scanner-test': {
    ok: true,
    kind: 'unknown',
    corruption: null,
    tail: null,
    isThisVenue: null,
    looksLike: null,
    length: 0,
  },
  'console/roster/files': {
    ok: true,
    packageId: 'hn',
    files: [],
    more: false,
    places: [],
    history: [],
    canUndo: false,
    packageList: 'none',
  },
  'console/roster/package-list': { ok: false, error: 'no_package_list' },
  'console/roster/restore': { ok: false, error: 'no_package_list' },
  'console/roster/doubles': { ok: true, packageId: 'hn', groups: [] },
  'console/roster/rows': { ok: false, error: 'preview_gone' },
  'console/roster/undo': { ok: false, error: 'nothing_to_undo' },
  'console/roster/merge-look': { ok: false, error: 'not_on_list' },
  'console/roster/merge': { ok: false, error: 'not_on_list' },
  'console/roster/template': { ok: false, error: 'place_gone' },
  'console/roster/preview': { ok: false, error: 'file_gone', params: {} },
  'console/roster/confirm': { ok: false, error: 'preview_gone' },
  'console/settings/read': {
    ok: true,
    autostart: 'off',
    language: 'vi',
    largeLetters: false,
    readAloud: false,
    proxy: { use: 'package', hasLogin: false, used: null, ofPackage: null },
    stickCopies: false,
    changes: [],
  },
  'console/settings/autostart': { ok: true, state: 'on' },
  'console/report/list': { ok: true, reports: [] },
  'console/report/view': { ok: false, error: 'no_such_report' },
  'console/report/timeline': { ok: true, entries: [] },
  'console/report/places': { ok: true, places: [] },
  'console/report/preview': { ok: false, error: 'not_sealed' },
  'console/printers/list': { ok: true, printers: [] },
  'console/printers/print': { ok: false, error: 'no_such_document' },
  'console/printers/job': { ok: true, state: 'sent', trouble: null },
  'console/printers/cancel': { ok: true, state: 'cancelled', trouble: null },
  'console/report/save': { ok: false, error: 'no_such_report' },
  'console/report/sign-off': { ok: false, error: 'not_begun' },
  'console/report/amend': { ok: false, error: 'wrong_state' },
  'console/report/amend/cancel': { ok: false, error: 'wrong_state' },
  'console/report/amend/seal': { ok: false, error: 'wrong_state' },
  'console/report/ask-province': { ok: false, error: 'not_delivered' },
  'console/report/check-province': {
    ok: true,
    check: { reach: 'ok', host: 'tinh.vi-du.vn', viaProxy: false, httpStatus: 200, tookMs: 40, cause: null },
  },
  'console/keys/state': { ok: true, recovery: null },
  'console/keys/make-code': {
    ok: true,
    code: '000187-004114-008041-011968-015895-019822-023749-027676-031603',
    recovery: { madeAt: Date.UTC(2026, 10, 27), sheet: '3F9A1C' },
  },
  'console/keys/retention': { ok: true, sessions: [] },
  'console/keys/save-sheet': { ok: true, file: 'to-ma-khoi-phuc.pdf' },
  'console/keys/save-certificate': { ok: false, error: 'no_certificate' },
  'console/support/save': { ok: true, file: 'goi-ho-tro_DC-01_2026-11-27.zip', sizeBytes: 48_000 },
};
