import type { SessionReport } from '../../contract/report.ts';
import type { SessionPackage } from '../../contract/session-package.ts';

/**
 * The figures of a report: what of it is about persons is left out, and every text that somebody wrote freely, because it may name a
 * person. What a role did stays, without the name; so do conference, venue and units.
 */
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
      title: 'Buổi đã hủy dữ liệu',
      topics: report.sitting.topics.map(({ presenter: _presenter, ...topic }, i) => ({
        ...topic,
        title: topicTitle(i),
      })),
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

/**
 * A package without the persons it names and without texts that may name one: roles, who signs, to whom, who speaks, whom to call,
 * titles of sittings and topics. Times, conference, venue, units and the way to the province stay.
 */
export function packageWithoutNames(document: SessionPackage): SessionPackage {
  const { hotline: _hotline, stageNotice: _notice, roster: _roster, ...rest } = document;
  const { signatory: _signatory, addressee: _addressee, recipients: _recipients, ...paper } = document.document;
  return {
    ...rest,
    roles: { supervisors: [] },
    access: {},
    document: { ...paper, recipients: [] },
    privacy: { notice: 'Đã hủy dữ liệu', retentionDays: document.privacy.retentionDays },
    sittings: document.sittings.map((plan, n) => ({
      ...plan,
      title: `Buổi ${n + 1}`,
      sources: [],
      topics: plan.topics.map(({ presenter: _presenter, position: _position, ...topic }, i) => ({
        ...topic,
        title: topicTitle(i),
      })),
    })),
  };
}

function topicTitle(index: number): string {
  return `Chuyên đề ${index + 1}`;
}

function roleOrUnknown(by: string): string {
  return by === 'technician' || by === 'chair' ? by : 'unknown';
}
