import type { ClockSetting } from '../../contract/clock.ts';
import type { SessionReport } from '../../contract/report.ts';
import { putRightAt } from '../../shared/moment.ts';

/** One host may be wrong itself. */
const AGREEING_HOSTS = 2;

type Seen = Pick<ClockSetting, 'offMs' | 'seenMs'>;

/**
 * A report as papers and screens show it: arrivals are by the agreed time already, and here the moments of the sitting, of roll calls and
 * of the device are put into the same. What is sealed stays as it is. The report itself where the clock of the PC was right. Pure.
 */
export function inOneClock(report: SessionReport): SessionReport {
  const settings = settingsOf(report);
  if (settings.length === 0) return report;
  const right = <T extends string | null>(at: T): T =>
    (at === null ? at : new Date(putRightAt(Date.parse(at), settings)).toISOString()) as T;
  const timed = <T extends { at: string }>(fact: T): T => ({ ...fact, at: right(fact.at) });
  const { sitting, clock, packageTrust, secondCopy } = report;
  return {
    ...report,
    createdAt: right(report.createdAt),
    packageTrust: { ...packageTrust, at: right(packageTrust.at) },
    sitting: {
      ...sitting,
      openedAt: right(sitting.openedAt),
      liveAt: right(sitting.liveAt),
      endedAt: right(sitting.endedAt),
      lastSignOfLifeAt: right(sitting.lastSignOfLifeAt),
      endFoundAt: right(sitting.endFoundAt),
      reopenings: sitting.reopenings.map(timed),
    },
    rollCalls: report.rollCalls.map((call) => ({
      ...call,
      openedAt: right(call.openedAt),
      closedAt: right(call.closedAt),
      cancelled: call.cancelled && timed(call.cancelled),
    })),
    signOff: report.signOff && timed(report.signOff),
    playback: {
      ...report.playback,
      interruptions: report.playback.interruptions.map((each) => ({
        ...each,
        from: right(each.from),
        to: right(each.to),
      })),
    },
    clock: { ...clock, jumps: clock.jumps.map(timed) },
    secondCopy: { ...secondCopy, at: right(secondCopy.at) },
    checks: report.checks.map(timed),
    marks: report.marks.map(timed),
  };
}

/** How the clock of the PC was set, by what the report says of it: where the centre was seen, and before and after each jump. */
function settingsOf({ clock: { centreOffset, jumps } }: SessionReport): Seen[] {
  if (!centreOffset || centreOffset.hosts < AGREEING_HOSTS) return [];
  const seen: Seen = { offMs: centreOffset.ms, seenMs: Date.parse(centreOffset.at) };
  const steps = jumps.map(({ at, byMs }) => ({ atMs: Date.parse(at), byMs }));
  const settings = [seen];
  let { offMs } = seen;
  for (const { atMs, byMs } of steps.filter((step) => step.atMs > seen.seenMs)) {
    offMs -= byMs;
    settings.push({ offMs, seenMs: atMs });
  }
  offMs = seen.offMs;
  for (const { atMs, byMs } of steps.filter((step) => step.atMs <= seen.seenMs).toReversed()) {
    settings.push({ offMs, seenMs: atMs });
    offMs += byMs;
    settings.push({ offMs, seenMs: atMs - byMs });
  }
  return settings;
}
