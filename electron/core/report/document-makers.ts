import type { AttendanceEvent, AttendeeKind } from '../../contract/attendance.ts';
import type { SessionReport } from '../../contract/report.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { momentOf, putRightAt } from '../../shared/moment.ts';
import { comparePaperOrder } from '../../shared/paper-order.ts';
import { readClockCorrections } from '../store/centre-clock.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { renderAttendanceCsv } from './documents/attendance-csv.ts';
import { listOwnEdit, renderAttendanceXlsx, type EditLogRow } from './documents/attendance-xlsx.ts';
import { renderCheckSheetHtml } from './documents/check-sheet.ts';
import { loadDocumentFonts, type DocumentFonts } from './documents/fonts.ts';
import { renderListNowHtml, renderListNowXlsx } from './documents/list-now.ts';
import { renderPaperSheetHtml } from './documents/paper-sheet.ts';
import { renderReportHtml } from './documents/report-html.ts';
import { renderTimelineHtml } from './documents/timeline-html.ts';
import { ROLE_WORDS } from './documents/words.ts';
import type { DocumentMakers } from './exports.ts';
import { inOneClock } from './one-clock.ts';
import { venueTitle } from '../../shared/venue-name.ts';

/** The documents of one session, in the layout its package asks for. Fonts are read when first needed. */
export function createDocumentMakers(options: {
  store: Store;
  session: SessionRecord;
  fontsDir: string;
  /** The badge sheet belongs to another room; it gets our typeface. */
  badgesHtml(fonts: DocumentFonts): string;
}): DocumentMakers {
  const { store, session } = options;
  const { document } = session;
  let fonts: Promise<DocumentFonts> | null = null;
  const loadFonts = (): Promise<DocumentFonts> => {
    fonts ??= loadDocumentFonts(options.fontsDir).catch((cause: unknown) => {
      fonts = null;
      throw cause;
    });
    return fonts;
  };
  const settingsOf = (sitting: SittingRecord) => readClockCorrections(store, sitting.id).settings;
  return {
    reportHtml: async (report, sealedSha256) =>
      renderReportHtml(inOneClock(report), document.document, { fonts: await loadFonts(), sealedSha256 }),
    // The writer of Word files is big and seldom wanted.
    reportDocx: async (report) =>
      (await import('./documents/report-docx.ts')).renderReportDocx(inOneClock(report), document.document),
    badgesHtml: async () => options.badgesHtml(await loadFonts()),
    checksHtml: async (sitting) => {
      const [run] = store.checks.list(session.packageId, 1);
      if (!run) throw new Error('nothing was checked yet');
      return renderCheckSheetHtml(
        {
          conference: document.conference.title,
          venue: venueTitle(document.venue.name),
          sitting: { title: sitting.title, startsAt: sitting.startsAt },
          rehearsal: session.provenance === 'rehearsal',
          run: { ...run, finishedAt: putRightAt(run.finishedAt, settingsOf(sitting)) },
        },
        { fonts: await loadFonts() },
      );
    },
    attendanceXlsx: (report) =>
      renderAttendanceXlsx(inOneClock(report), { template: document.document, edits: listEdits(store, report) }),
    listNowHtml: async (list) => renderListNowHtml(madeInOneClock(store, list), { fonts: await loadFonts() }),
    timelineHtml: async (facts) => renderTimelineHtml(madeInOneClock(store, facts), { fonts: await loadFonts() }),
    listNowXlsx: (list) => renderListNowXlsx(madeInOneClock(store, list)),
    attendanceCsv: (report) => renderAttendanceCsv(report),
    paperHtml: async (sitting: SittingRecord) =>
      renderPaperSheetHtml(
        {
          conference: document.conference.title,
          venue: { id: document.venue.id, name: document.venue.name },
          sitting: { title: sitting.title, startsAt: sitting.startsAt },
          people: store.people
            .listPeopleOfSitting(sitting.id)
            .filter((person) => person.kind === 'summoned' && !person.merged)
            .toSorted(comparePaperOrder),
          rehearsal: session.provenance === 'rehearsal',
          printedAt: putRightAt(store.clock.now(), settingsOf(sitting)),
        },
        document.document,
        { fonts: await loadFonts() },
      ),
  };
}

/** A paper about a sitting as it is now: `at` is when it was made. */
function madeInOneClock<T extends { report: SessionReport; at: number }>(store: Store, paper: T): T {
  const sitting = store.sittings.getSittingOfReport(paper.report.reportId);
  const settings = sitting ? readClockCorrections(store, sitting.id).settings : [];
  return { ...paper, report: inOneClock(paper.report), at: putRightAt(paper.at, settings) };
}

const ACTORS: Record<string, string> = { ...ROLE_WORDS, attendee: 'Đại biểu' };

const DONE: Record<AttendanceEvent['type'], string> = {
  arrived: 'Có mặt',
  confirmed: 'Có mặt ở lượt điểm danh sau',
  left: 'Về sớm',
  walk_in_added: 'Thêm người ngoài danh sách',
  substitute_named: 'Dự thay',
  absence_excused: 'Vắng có lý do',
  voided: 'Hủy thao tác',
};

/** Who is added on the spot: as what, where the event says so. */
const ADDED: Record<AttendeeKind, string> = {
  summoned: DONE.walk_in_added,
  walk_in: DONE.walk_in_added,
  substitute: DONE.substitute_named,
  guest: 'Thêm khách mời',
  supervisor: 'Thêm cấp trên dự, chỉ đạo',
};

function doneOf(event: AttendanceEvent, kind: AttendeeKind | undefined): string {
  const as = event.type === 'walk_in_added' ? (event.body.kind ?? kind) : undefined;
  return as === undefined ? DONE[event.type] : ADDED[as];
}

/** What people wrote by hand into the log this revision was computed from: everything but sign-ins at the desk. Times are put right as arrivals are. */
function listEdits(store: Store, report: SessionReport): EditLogRow[] {
  const sitting = store.sittings.getSittingOfReport(report.reportId);
  if (!sitting) return [];
  const events = store.attendance.listEvents(sitting.id).filter((event) => event.seq <= report.log.events);
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  const byHand = events.filter(
    (event) =>
      event.method === 'secretary' ||
      event.method === 'paper' ||
      event.type === 'voided' ||
      event.type === 'absence_excused',
  );
  if (byHand.length === 0) return listOwnEdit(inOneClock(report));
  const people = new Map(store.people.listPeopleOfSitting(sitting.id).map((person) => [person.id, person]));
  const corrections = readClockCorrections(store, sitting.id);
  const edits = byHand.map((event): EditLogRow => {
    const undone = event.targetSeq === null ? null : bySeq.get(event.targetSeq);
    const person = event.personId === null ? undefined : people.get(event.personId);
    return {
      at: momentOf({ ...event, body: {} }, corrections),
      actor: ACTORS[event.actor] ?? event.actor,
      person: person?.name ?? '',
      before: undone ? doneOf(undone, person?.kind) : '',
      after: doneOf(event, person?.kind),
      reason: event.body.reason ?? '',
    };
  });
  return [...edits, ...listOwnEdit(inOneClock(report))];
}
