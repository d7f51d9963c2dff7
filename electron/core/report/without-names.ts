import type { SessionReport } from '../../contract/report.ts';
import type { SessionPackage } from '../../contract/session-package.ts';

/** The figures of a report: what of it is about persons is left out. What a role did stays, without the name. */
export function withoutNames(report: SessionReport): SessionReport {
  const nameless = <T extends { by: SessionReport['marks'][number]['by'] }>(fact: T): T => ({
    ...fact,
    by: { ...fact.by, name: null },
  });
  const { amendment, headCount } = report;
  return {
    ...report,
    roles: { supervisors: [] },
    people: [],
    packageTrust: { ...report.packageTrust, by: report.packageTrust.by && { ...report.packageTrust.by, name: null } },
    ...(amendment ? { amendment: { ...nameless(amendment), reason: null, returnReason: null } } : {}),
    sitting: {
      ...report.sitting,
      reopenings: report.sitting.reopenings.map((each) => ({ ...nameless(each), reason: null })),
      topics: report.sitting.topics.map(({ presenter: _presenter, ...topic }) => topic),
    },
    rollCalls: report.rollCalls.map((call, i) => ({
      ...call,
      title: `Lượt ${i + 1}`,
      cancelled: call.cancelled && { ...nameless(call.cancelled), reason: '' },
    })),
    headCount: headCount && { ...headCount, reason: null, by: roleOrUnknown(headCount.by) },
    signOff: null,
    remarks: null,
    marks: report.marks.map(nameless),
  };
}

/** A package without the persons it names: roles, who signs, who speaks, whom to call. */
export function packageWithoutNames(document: SessionPackage): SessionPackage {
  const { hotline: _hotline, stageNotice: _notice, roster: _roster, ...rest } = document;
  const { signatory: _signatory, ...paper } = document.document;
  return {
    ...rest,
    roles: { supervisors: [] },
    access: {},
    document: paper,
    sittings: document.sittings.map((plan) => ({
      ...plan,
      topics: plan.topics.map(({ presenter: _presenter, position: _position, ...topic }) => topic),
    })),
  };
}

function roleOrUnknown(by: string): string {
  return by === 'technician' || by === 'chair' ? by : 'unknown';
}
