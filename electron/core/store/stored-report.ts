import type { SessionReport1 } from '../../contract/report-1.ts';
import { AnySessionReport, type SessionReport } from '../../contract/report.ts';

/**
 * A report as it was stored, whatever its format, in the shape of the newest one. What the first format did not carry is
 * "not known": jumps of the clock had no times, a re-opening had no cause that can be trusted. Throws for what is no report.
 */
export function readStoredReport(value: unknown): SessionReport {
  const report = AnySessionReport.parse(value);
  return report.format === 'session-report/2' ? report : fromReport1(report);
}

function fromReport1(report: SessionReport1): SessionReport {
  const { amendment, clock, playback, signOff, ...kept } = report;
  return {
    ...kept,
    format: 'session-report/2',
    packageTrust: { admitted: ADMITTED[report.provenance], by: null, at: null, fingerprint: null },
    ...(amendment ? { amendment: fromAmendment1(amendment) } : {}),
    sitting: { ...report.sitting, lastSignOfLifeAt: null, endFoundAt: null, reopenings: [] },
    totals: toTotals2(report.totals),
    units: report.units.map((unit) => ({ ...unit, ...toTotals2(unit) })),
    people: report.people.map((person) => ({ ...person, substitutedBy: null, clockWrong: false })),
    rollCalls: report.rollCalls.map((call) => ({ ...call, cancelled: null })),
    signOff: signOff && { ...signOff, role: null },
    playback: {
      ...playback,
      interruptions: playback.interruptions.map(({ from, to, cause }) => ({
        from,
        to,
        whose: cause,
        cause: null,
        code: null,
      })),
    },
    clock: {
      centreOffset: clock.centreOffsetMs === null ? null : { ms: clock.centreOffsetMs, at: report.createdAt, hosts: 1 },
      jumps: [],
    },
    starts: 0,
    log: {
      ...report.log,
      chain: { state: 'not_checked', brokenAtSeq: null, method: 'hash', keyedFromSeq: null },
      signedHeads: [],
    },
    secondCopy: { state: 'none', where: null, at: null },
    checks: [],
    marks: [],
  };
}

/** "In the hall" of the first format was everybody who came; of those who left it counts the summoned only. */
function toTotals2(totals: SessionReport1['totals']): SessionReport['totals'] {
  return { ...totals, substituted: 0, came: totals.inHall, inHall: totals.inHall - totals.leftEarly };
}

function fromAmendment1({ reason, author }: { reason: string; author: string }): SessionReport['amendment'] {
  const rest = { returnReason: null, previous: [] };
  if (reason === 'chair_sign_off')
    return { cause: 'sign_off', reason: null, by: { role: 'chair', name: author }, ...rest };
  // Programs of that time said so of every re-opened sitting, also of one that was re-opened by hand.
  if (reason === 'broadcast_returned')
    return { cause: 'not_recorded', reason: null, by: { role: 'unknown', name: null }, ...rest };
  return { cause: 'correction', reason, by: { role: 'unknown', name: author }, ...rest };
}

const ADMITTED = {
  signed: 'pinned_key',
  signed_first_use: 'first_use',
  unsigned: 'unsigned',
  rehearsal: 'rehearsal',
} as const;
