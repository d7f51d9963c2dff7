import type { TimelineCode, TimelineEntry, TimelineProof } from '../../contract/api-timeline.ts';
import type { ClockCorrections } from '../../contract/clock.ts';
import type { SessionReport } from '../../contract/report.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { blame, isCause } from '../../shared/causes.ts';
import { putRightAt } from '../../shared/moment.ts';
import { readClockCorrections } from '../store/centre-clock.ts';
import type { NotedAction } from '../store/settings-store.ts';
import type { Store } from '../store/store.ts';

type Facts = TimelineEntry['facts'];

/**
 * Everything that happened in a sitting, oldest first: from its own record, the attendance log, playback, the list of what was
 * commanded on the console, and the delivery of its report. `interruptions` are those of its newest report.
 */
export function buildTimeline(
  store: Store,
  sitting: SittingRecord,
  interruptions: SessionReport['playback']['interruptions'],
): TimelineEntry[] {
  const entries = [
    ...ofSitting(store, sitting),
    ...interruptions.map(ofInterruption),
    ...ofRollCalls(store, sitting),
    ...ofActions(store, sitting),
    ...ofReport(store, sitting),
  ];
  const { settings } = readClockCorrections(store, sitting.id);
  return entries.map((each) => inAgreedTime(each, settings)).toSorted((a, b) => a.at - b.at);
}

/** All of them are by the PC's clock. */
function inAgreedTime(each: TimelineEntry, settings: ClockCorrections['settings']): TimelineEntry {
  const { toAt } = each.facts;
  const facts = typeof toAt === 'number' ? { ...each.facts, toAt: putRightAt(toAt, settings) } : each.facts;
  return { ...each, at: putRightAt(each.at, settings), facts };
}

function entry(at: number, what: TimelineCode, proof: TimelineProof, facts: Facts = {}): TimelineEntry {
  return { at, what, facts, proof };
}

function ofSitting(store: Store, sitting: SittingRecord): TimelineEntry[] {
  const { openedAt, liveAt, endedAt, endedBy } = sitting;
  const life = store.sittings.getLife(sitting.id);
  return [
    ...(openedAt === null ? [] : [entry(openedAt, 'opened', 'sitting')]),
    ...(liveAt === null ? [] : [entry(liveAt, 'live', 'playback')]),
    ...(endedAt === null ? [] : [entry(endedAt, 'ended', 'sitting', { endedBy })]),
    ...life.reopenings.map(({ at, by, reason }) => entry(at, 'reopened', 'sitting', { role: by, reason })),
    ...life.clockJumps.map(({ at, byMs }) => entry(at, 'clock_jump', 'sitting', { seconds: Math.round(byMs / 1000) })),
  ];
}

function ofInterruption({ from, to, whose, cause }: SessionReport['playback']['interruptions'][number]): TimelineEntry {
  const facts = { whose, cause };
  return to === null
    ? entry(Date.parse(from), 'interruption_open', 'playback', facts)
    : entry(Date.parse(from), 'interruption', 'playback', { ...facts, toAt: Date.parse(to) });
}

function ofRollCalls(store: Store, sitting: SittingRecord): TimelineEntry[] {
  const events = store.attendance.listEvents(sitting.id);
  return store.attendance.listRollCalls(sitting.id).flatMap(({ id, title, openedAt, closedAt, cancelled }) => {
    const opened = entry(openedAt, 'roll_call_opened', 'log', { title });
    if (cancelled)
      return [
        opened,
        entry(cancelled.at, 'roll_call_cancelled', 'log', { title, role: cancelled.by, reason: cancelled.reason }),
      ];
    if (closedAt === null) return [opened];
    const confirmed = new Set(events.filter((event) => event.rollCallId === id).map((event) => event.personId)).size;
    return [opened, entry(closedAt, 'roll_call_closed', 'log', { title, confirmed })];
  });
}

/** What a command is called in the timeline; the others are said by what they changed, or do not matter afterwards. */
const COMMANDS: Readonly<Record<string, TimelineCode>> = {
  import_unsigned_roster: 'roster_imported',
  undo_roster_import: 'roster_undone',
  merge_people: 'people_merged',
  head_count: 'head_count',
  notice: 'notice',
  set_pin: 'pin_set',
  amend_begin: 'amend_begun',
  amend_cancel: 'amend_cancelled',
  save_documents: 'saved',
  print_document: 'printed',
};

function ofActions(store: Store, sitting: SittingRecord): TimelineEntry[] {
  const during = store.settings.listActionsBetween(sitting.openedAt ?? sitting.opensAt, sitting.endedAt ?? Infinity);
  const about = store.settings.listActionsAbout(sitting.id);
  const seen = new Map([...during, ...about].map((action) => [action.seq, action]));
  return [...seen.values()].flatMap((action) => ofAction(action, sitting.id));
}

function ofAction({ at, actor, type, detail }: NotedAction, sittingId: string): TimelineEntry[] {
  const { ok = true, sittingId: about = sittingId, close, role: of = null, ...rest } = detail;
  if (ok === false || about !== sittingId) return [];
  const what = type === 'early_end' ? (close === true ? 'end_confirmed' : 'end_refused') : COMMANDS[type];
  if (what === undefined) return [];
  const facts = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value !== 'boolean')) as Facts;
  return [entry(at, what, 'console', { ...facts, of: typeof of === 'string' ? of : null, role: actor })];
}

function ofReport(store: Store, { id, reportId }: SittingRecord): TimelineEntry[] {
  const { signOff } = store.reports.getNotes(id);
  const sealed = store.reports.listRevisions(reportId).map(({ revision, sealedAt, sha256 }) =>
    entry(sealedAt, 'sealed', 'sealed', {
      revision,
      sha: sha256.slice(0, 8),
      reason: store.reports.getReport(reportId, revision)?.amendment?.reason ?? null,
    }),
  );
  const tries = store.outbox.history.listFailedTries(reportId).map((tried) => {
    const { revision, failure, times, firstAt, lastAt: toAt } = tried;
    const cause = tried.cause !== null && isCause(tried.cause) ? tried.cause : null;
    const whose = cause === null ? null : blame(cause, null);
    return entry(firstAt, 'try_failed', 'delivery', { revision, failure, times, toAt, cause, whose });
  });
  const outcomes = store.outbox.history.listOutcomes(reportId).flatMap((each) => {
    const { revision, deliveredAt, serial, returnedAt, returnReason } = each;
    return [
      ...(deliveredAt === null ? [] : [entry(deliveredAt, 'delivered', 'receipt', { revision, serial })]),
      ...(returnedAt === null ? [] : [entry(returnedAt, 'returned', 'receipt', { revision, reason: returnReason })]),
    ];
  });
  return [
    ...sealed,
    ...(signOff ? [entry(signOff.at, 'signed', 'console', { name: signOff.name })] : []),
    ...tries,
    ...outcomes,
  ];
}
