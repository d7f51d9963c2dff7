import type { ConsoleOpenView, ConsoleRole, ConsoleView, SittingView } from '../../electron/contract/api.ts';
import type { ReportListItem } from '../../electron/contract/api-report.ts';

/** Where a task is done. */
export interface Place {
  page: 'checks' | 'people' | 'stage' | 'delivery' | 'settings';
  part?: 'list' | 'hall' | 'roster';
  /** Opens there at once. */
  sheet?: 'sign';
  /** The pages are about this sitting then. */
  sittingId?: string;
}

/** A thing that somebody still has to do. */
export type Task = { place: Place } & (
  | { what: 'stage_gone' | 'one_display' | 'sound_untested' | 'no_roster' | 'unsigned' | 'no_recovery_code' }
  | { what: 'checks_red'; checks: number }
  | { what: 'clock_skewed'; seconds: number }
  | { what: 'count' | 'sign' | 'send' | 'finish_amending'; sitting: SittingView }
  | { what: 'excuse'; sitting: SittingView; people: number }
  | { what: 'returned'; sitting: SittingView; reason: string }
);

/** A clock this far from the centre's deserves a word, ms. */
const SKEW_WARNING_MS = 60_000;

/**
 * What is left to do for who is logged in, in the order of the day. The technician sees the checks before the start and
 * everything else, the chair what only people can answer for. `now` is the core's clock, epoch milliseconds.
 */
export function listTasks(role: ConsoleRole, view: ConsoleView, open: ConsoleOpenView, now: number): Task[] {
  const tasks: Task[] = role === 'technician' ? listChecks(view, open) : [];
  for (const sitting of open.sittings) {
    const report = open.reports.find((each) => each.sittingId === sitting.id);
    tasks.push(...listOfSitting(sitting, open, report, now));
  }
  return tasks;
}

function listChecks(view: ConsoleView, open: ConsoleOpenView): Task[] {
  const tasks: Task[] = [];
  const stage: Place = { page: 'stage' };
  const { sitting } = view;
  if (!sitting || sitting.endedAt !== null) return tasks;
  if (open.provenance === 'unsigned') tasks.push({ what: 'unsigned', place: { page: 'delivery' } });
  const red = open.checks?.red ?? 0;
  if (red > 0) tasks.push({ what: 'checks_red', checks: red, place: { page: 'checks' } });
  const skewMs = Math.abs(open.clockOffsetMs ?? 0);
  if (skewMs > SKEW_WARNING_MS) tasks.push({ what: 'clock_skewed', seconds: Math.round(skewMs / 1000), place: stage });
  if (!open.stage.connected) tasks.push({ what: 'stage_gone', place: stage });
  else if (open.displays === 1) tasks.push({ what: 'one_display', place: stage });
  if (open.soundTestedAt === null && sitting.state !== 'live') tasks.push({ what: 'sound_untested', place: stage });
  if (open.wantsRecoveryCode && sitting.state !== 'live')
    tasks.push({ what: 'no_recovery_code', place: { page: 'settings' } });
  const hall = open.halls.find((each) => each.sittingId === sitting.id);
  if (hall?.totals.summoned === 0) tasks.push({ what: 'no_roster', place: { page: 'people', part: 'roster' } });
  return tasks;
}

function listOfSitting(
  sitting: SittingView,
  open: ConsoleOpenView,
  report: ReportListItem | undefined,
  now: number,
): Task[] {
  const { id: sittingId, state } = sitting;
  const hall = open.halls.find((each) => each.sittingId === sittingId);
  if (state === 'prepared' || !hall || !report) return [];
  const tasks: Task[] = [];
  const isRunning = state === 'open' || state === 'live';
  const isOver = !isRunning;
  const begun = isOver || now >= sitting.startsAt;
  const delivery: Place = { page: 'delivery', sittingId };
  // A report that is closed is corrected by amending it first.
  const entered = isRunning || state === 'amended';
  if (report.returnReason !== null && state !== 'amended')
    tasks.push({ what: 'returned', sitting, reason: report.returnReason, place: delivery });
  if (begun && hall.headCount === null)
    tasks.push({ what: 'count', sitting, place: entered ? { page: 'people', part: 'hall', sittingId } : delivery });
  const people = hall.totals.awaited + hall.totals.absentUnexcused;
  if (begun && people > 0)
    tasks.push({
      what: 'excuse',
      sitting,
      people,
      place: entered ? { page: 'people', part: 'list', sittingId } : delivery,
    });
  if ((isOver || now >= sitting.endsAt) && report.signedOffAt === null)
    tasks.push({ what: 'sign', sitting, place: { ...delivery, sheet: 'sign' } });
  if (state === 'amended') tasks.push({ what: 'finish_amending', sitting, place: delivery });
  const newest = open.delivery.findLast((each) => each.reportId === report.reportId);
  if (newest && (newest.state === 'waiting' || newest.state === 'sending'))
    tasks.push({ what: 'send', sitting, place: delivery });
  return tasks;
}
