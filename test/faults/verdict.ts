import type { Origin } from './origin.ts';
import type { PageReport } from './page/page.ts';
import type { Row } from './row.ts';

/** What one player made of one row. */
export interface Measured {
  alive: boolean;
  stall_s: number;
  skipped_s: number;
  /** From the end of the fault to a moving picture; 0 when it never stopped; null when it never came back. */
  recovered_s: number | null;
  /** Times somebody would have had to come: 0 or 1. */
  hands: number;
  /** Sentences that say what missed the bar; empty when it was reached. */
  misses: string[];
  first_frame_s: number | null;
  black_s: number;
  repeated_s: number;
  events: { atMs: number; type: string; cause?: string; detail?: string; programmeTimeMs?: number }[];
}

export interface Evidence {
  row: Row;
  origin: Origin;
  report: PageReport;
  /** The page's report at the beginning of the fault. */
  before: PageReport;
  player: 'kiosk' | 'bare';
  faultAtMs: number;
  faultEndedMs: number;
  endedMs: number;
  /** Where the window was opened again: from the fault's beginning to its opening, ms. */
  reopenedAfterMs: number | null;
}

const round = (value: number) => Math.round(value * 10) / 10;
/** A stand shorter than this at the end of a row is not a stall yet. */
const STANDS_MS = 1500;

export function judge(evidence: Evidence): Measured {
  const { row, report, player, origin } = evidence;
  const { truth } = report;
  const dead = truth.firstFrameMs === null || truth.standsMs > STANDS_MS;
  const alive = row.ends || row.gone ? aliveAtEnd(evidence) : !dead && (player === 'bare' || keepsFetching(origin));
  const stallS = stallOf(evidence, dead);
  const skippedS = skippedOf(evidence, stallS);
  const measured: Measured = {
    alive,
    stall_s: round(stallS),
    skipped_s: round(skippedS),
    recovered_s: alive ? round(recoveryOf(evidence)) : null,
    hands: alive ? 0 : 1,
    misses: [],
    first_frame_s: truth.firstFrameMs === null ? null : round(truth.firstFrameMs / 1000),
    black_s: round(truth.blackS - (evidence.reopenedAfterMs === null ? evidence.before.truth.blackS : 0)),
    repeated_s: round(truth.repeatedS),
    events: report.events,
  };
  if (player === 'kiosk') measured.misses = missesOf(evidence, measured);
  return measured;
}

function missesOf(
  { row, origin, report, before, faultAtMs, endedMs, reopenedAfterMs }: Evidence,
  m: Measured,
): string[] {
  const { bar } = row;
  const misses: string[] = [];
  // The pixels are read five times a second: half a second is the grain of these measures.
  if (!m.alive) misses.push('dead');
  if (m.stall_s > bar.stallS + 0.5) misses.push(`stall ${m.stall_s} s > ${bar.stallS} s`);
  if (m.skipped_s > bar.skippedS + 0.5) misses.push(`skipped ${m.skipped_s} s > ${bar.skippedS} s`);
  if (bar.recoveredS !== undefined && (m.recovered_s ?? Infinity) > bar.recoveredS + 0.5)
    misses.push(`recovered in ${m.recovered_s} s > ${bar.recoveredS} s`);
  if (bar.firstFrameS !== undefined && (m.first_frame_s ?? Infinity) > bar.firstFrameS)
    misses.push(`first frame after ${m.first_frame_s} s`);
  if (m.black_s > 0.5 && bar.stallS < 1) misses.push(`black ${m.black_s} s`);
  const counted = ((report.sample?.rebufferMs ?? 0) - (before.sample?.rebufferMs ?? 0)) / 1000;
  // What the player writes down of an outage must be what the hall saw: within 1 %, and the grain of both clocks.
  if (
    reopenedAfterMs === null &&
    m.stall_s > 5 &&
    row.beforeS !== 0 &&
    Math.abs(counted - m.stall_s) > 0.01 * m.stall_s + 1
  )
    misses.push(`the player counted ${counted.toFixed(1)} s of standing picture`);
  if (report.errors.length > 0) misses.push(`page error: ${report.errors[0]}`);
  const facts = {
    origin,
    events: report.events,
    pictures: report.pictures,
    faultAtMs,
    movedAtMs: endedMs - report.truth.standsMs,
    heightPx: report.sample?.heightPx ?? null,
    sourceId: report.sample?.sourceId ?? null,
  };
  return [...misses, ...(row.check?.(facts) ?? [])];
}

/** A picture that moves may only be the cushion running out: segments never fetched before must still be coming. */
function keepsFetching(origin: Origin): boolean {
  const recent = origin.t() - 12;
  const fetched = origin.log.filter((line) => line.kind === 'segment' && /ok|slow|late|type/.test(line.outcome));
  const before = Math.max(-1, ...fetched.filter((line) => line.t < recent).map((line) => line.content));
  return fetched.some((line) => line.t >= recent && line.content > before) || before < 0;
}

/** Rows whose programme ends or never returns: the end was told, or the player still asks. */
function aliveAtEnd({ row, origin, report, player }: Evidence): boolean {
  if (row.ends) return player === 'bare' ? report.ended : report.events.some((e) => e.type === 'last_frame_shown');
  const now = origin.t();
  return origin.log.some((line) => line.t > now - 8);
}

/** From the fault on: what a loaded machine does to the first seconds of a page is not the fault's. */
function stallOf({ row, report, before, faultAtMs, reopenedAfterMs, endedMs }: Evidence, dead: boolean): number {
  const { truth } = report;
  if (reopenedAfterMs !== null) return (reopenedAfterMs + (truth.firstFrameMs ?? Infinity)) / 1000 + truth.stallS;
  // Rows that begin with the fault have no picture to lose.
  if (truth.firstFrameMs === null) return row.beforeS === 0 ? endedMs / 1000 : (endedMs - faultAtMs) / 1000;
  const finalStand = dead && !row.ends ? truth.standsMs / 1000 : 0;
  return truth.stallS - (row.beforeS === 0 ? 0 : before.truth.stallS) + finalStand;
}

/** From the pixels; where more was skipped than the counter can tell (it wraps at 60 s), from the programme date-time. */
function skippedOf({ row, report, before, endedMs, faultAtMs, reopenedAfterMs }: Evidence, stallS: number): number {
  const from = before.sample?.programmeTimeMs;
  const to = report.sample?.programmeTimeMs;
  const dated =
    row.row !== 36 && !row.datesLie && from !== null && from !== undefined && to !== null && to !== undefined;
  const byDate = dated ? (to - from) / 1000 - ((endedMs - faultAtMs) / 1000 - stallS) : 0;
  if (reopenedAfterMs !== null) return Math.max(0, byDate - 1.5);
  return byDate > 25 ? byDate : report.truth.skippedS - (row.beforeS === 0 ? 0 : before.truth.skippedS);
}

function recoveryOf({ row, report, faultEndedMs, faultAtMs, reopenedAfterMs }: Evidence): number {
  const { truth } = report;
  if (reopenedAfterMs !== null) return (reopenedAfterMs + (truth.firstFrameMs ?? 0)) / 1000;
  if (row.beforeS === 0) return Math.max(0, ((truth.firstFrameMs ?? 0) - (faultEndedMs - faultAtMs)) / 1000);
  const across = truth.stalls.find((s) => s.fromMs < faultEndedMs && s.toMs > faultEndedMs);
  return across ? (across.toMs - faultEndedMs) / 1000 : 0;
}
