import type { AmendAnswer, SignOffAnswer, SignOffInput } from '../../contract/api-report.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Access } from '../access/access.ts';
import type { Hall } from '../hall/hall.ts';
import type { Reports } from '../hall/reports.ts';
import type { Store } from '../store/store.ts';
import type { Actions } from './actions.ts';
import { buildReportView, showAmendment } from './report-view.ts';
import type { Handlers } from './serve-endpoints.ts';
import { listReports } from './views.ts';

type ReportPath = Extract<PathOf<'console'>, `console/report/${string}`>;

export interface ReportPorts {
  hall: Pick<Hall, 'session' | 'find' | 'register'>;
  reports: Reports;
  access: Pick<Access, 'role' | 'signOffRole' | 'checkPin'>;
  actions: Actions;
  store: Pick<Store, 'reports' | 'outbox' | 'clock'>;
}

const noReceiver = { ok: false as const, error: 'no_receiver' as const };
const noReport = { ok: false as const, error: 'no_such_report' as const };

/**
 * What the console may do with reports: look, save documents, sign, amend, and ask the province. Every command names its
 * sitting and is written to the list of actions.
 */
export function createConsoleReportApi(ports: ReportPorts): Handlers<ReportPath> {
  const { hall, reports, access, actions, store } = ports;
  const shownIn = (sittingId: string, answer: AmendAnswer): AmendAnswer =>
    answer.ok ? { ok: true, amendment: showAmendment(hall.register(sittingId), answer.amendment) } : answer;
  return {
    'console/report/list': () => ({ ok: true, reports: listReports({ hall, reports }) }),
    'console/report/view': ({ sittingId, revision }) => {
      const sitting = hall.find(sittingId);
      return sitting ? buildReportView(ports, sitting, revision) : noReport;
    },
    'console/report/timeline': ({ sittingId }) => {
      const sitting = hall.find(sittingId);
      return sitting ? { ok: true, entries: reports.timeline(sitting) } : noReport;
    },
    'console/report/places': async () => ({ ok: true, places: await reports.exports.listPlaces() }),
    'console/report/save': async (input) => {
      const answer = await reports.exports.save(input);
      const saved = answer.ok ? answer.files.filter((f) => f.ok).length : 0;
      actions.note('save_documents', { sittingId: input.sittingId, kinds: input.kinds.join(' '), saved });
      return answer;
    },
    'console/report/preview': (input) => reports.printOut.preview(input),
    'console/report/remarks': ({ sittingId, text }) => {
      if (!hall.find(sittingId)) return noReport;
      store.reports.setNotes(sittingId, { remarks: plain(text) });
      actions.note('remarks', { sittingId });
      return { ok: true };
    },
    'console/report/sign-off': async (input) => {
      const answer = await signOff(ports, hall.find(input.sittingId), input);
      actions.note('sign_off', { sittingId: input.sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/amend': ({ sittingId }) => {
      const answer = hall.find(sittingId) ? reports.amendments.begin(sittingId, access.role ?? 'technician') : noReport;
      actions.note('amend_begin', { sittingId, ok: answer.ok });
      return shownIn(sittingId, answer);
    },
    'console/report/amend/cancel': ({ sittingId }) => {
      const answer = hall.find(sittingId) ? reports.amendments.cancel(sittingId) : noReport;
      actions.note('amend_cancel', { sittingId, ok: answer.ok });
      return shownIn(sittingId, answer);
    },
    'console/report/amend/seal': async ({ sittingId, reason, author }) => {
      const answer = hall.find(sittingId) ? await reports.amendments.seal(sittingId, { reason, author }) : noReport;
      actions.note('amend_seal', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/ask-province': async ({ sittingId }) => {
      const sitting = hall.find(sittingId);
      const answer = sitting ? await reports.askReturn(sitting) : noReport;
      actions.note('ask_province', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/check-province': async () => {
      if (hall.session.document.delivery.receiver === 'none') return noReceiver;
      const check = await reports.province.check();
      actions.note('check_province', { reach: check.reach });
      return { ok: true, check };
    },
  };
}

async function signOff(
  { hall, reports, access, store }: ReportPorts,
  known: SittingRecord | null,
  input: SignOffInput,
): Promise<SignOffAnswer> {
  if (!known) return { ok: false, error: 'no_such_sitting' };
  if (known.state === 'prepared') return { ok: false, error: 'not_begun' };
  const role = access.signOffRole;
  const checked = await access.checkPin(role, input.pin);
  if (!checked.ok) return checked;
  const at = store.clock.now();
  const name = input.name.normalize('NFC');
  const said = {
    signOff: { name, position: input.position.normalize('NFC'), at, role },
    ...(input.remarks === undefined ? {} : { remarks: plain(input.remarks) }),
  };
  const carrier = findCarrier(store, known, said);
  if (carrier !== null && !(input.makeRevision && isReturned(store, known.reportId, carrier)))
    return { ok: true, revision: carrier, pending: false };
  store.reports.setNotes(known.id, said);
  if (!input.makeRevision) return { ok: true, revision: null, pending: true };
  const sitting = hall.find(known.id);
  // Before the sealing the sign-off goes into revision 1 by itself; an open amendment will carry it.
  if (sitting?.state !== 'sealed' && sitting?.state !== 'delivered') return { ok: true, revision: null, pending: true };
  const sealed = await reports.amendments.sealSignOff(known.id, role, name);
  return { ok: true, revision: sealed.ok ? sealed.revision : null, pending: !sealed.ok };
}

/**
 * The newest revision of a sealed report, where it carries this very confirmation and nothing waits for the next one; else null. Said
 * again it is nothing new, and must not wait for a revision that nobody makes.
 */
function findCarrier(
  { reports }: Pick<Store, 'reports'>,
  { id, reportId, state }: SittingRecord,
  said: { signOff: { name: string; position: string; role: 'chair' | 'technician' }; remarks?: string | null },
): number | null {
  if (state !== 'sealed' && state !== 'delivered') return null;
  const revision = reports.getLastRevision(reportId);
  const sealed = reports.getReport(reportId, revision);
  const notes = reports.getNotes(id);
  if (!sealed?.signOff || notes.signOff?.at !== Date.parse(sealed.signOff.at)) return null;
  const { name, position, role } = sealed.signOff;
  // The chair's own PIN confirms more than the technician's did; reports of older programs do not say whose it was.
  const isSame =
    name === said.signOff.name && position === said.signOff.position && [null, said.signOff.role].includes(role);
  const isSameRemark = sealed.remarks === (said.remarks === undefined ? notes.remarks : said.remarks);
  return isSame && isSameRemark ? revision : null;
}

function isReturned({ outbox }: Pick<Store, 'outbox'>, reportId: string, revision: number): boolean {
  return outbox.getStatus({ reportId, revision })?.state === 'returned';
}

function plain(text: string): string | null {
  return text.normalize('NFC').trim() || null;
}
