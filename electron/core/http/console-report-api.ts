import type { ReportListItem, SignOffAnswer, SignOffInput } from '../../contract/api-report.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Kiosk } from './kiosk.ts';
import { buildReportView } from './report-view.ts';
import type { Handlers } from './serve-endpoints.ts';

type ReportPath = Extract<PathOf<'console'>, `console/report/${string}`>;
type Detail = Record<string, string | number | boolean | null>;

const noReport = { ok: false as const, error: 'no_such_report' as const };

/**
 * What the console may do with reports: look, save documents, sign, amend, and ask the province. Every command names its
 * sitting and is written to the list of actions.
 */
export function createConsoleReportApi(kiosk: Kiosk, changed: () => void): Handlers<ReportPath> {
  const { store } = kiosk;
  const note = (type: string, detail: Detail = {}) => {
    store.settings.recordAction(store.clock.now(), kiosk.access.role ?? 'nobody', type, detail);
    changed();
  };
  const sittingOf = (sittingId: string) => kiosk.conductor.list().find((sitting) => sitting.id === sittingId) ?? null;

  return {
    'console/report/list': () => ({ ok: true, reports: kiosk.conductor.list().map((s) => listItemOf(kiosk, s)) }),
    'console/report/view': ({ sittingId, revision }) => {
      const sitting = sittingOf(sittingId);
      return sitting ? buildReportView(kiosk, sitting, revision) : noReport;
    },
    'console/report/places': async () => ({ ok: true, places: await kiosk.exports.listPlaces() }),
    'console/report/save': async (input) => {
      const answer = await kiosk.exports.save(input);
      const saved = answer.ok ? answer.files.filter((f) => f.ok).length : 0;
      note('save_documents', { sittingId: input.sittingId, kinds: input.kinds.join(' '), saved });
      return answer;
    },
    'console/report/remarks': ({ sittingId, text }) => {
      if (!sittingOf(sittingId)) return noReport;
      store.reports.setNotes(sittingId, { remarks: plain(text) });
      note('remarks', { sittingId });
      return { ok: true };
    },
    'console/report/sign-off': async (input) => {
      const answer = await signOff(kiosk, sittingOf(input.sittingId), input);
      note('sign_off', { sittingId: input.sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/amend': ({ sittingId }) => {
      const answer = sittingOf(sittingId)
        ? kiosk.amendments.begin(sittingId, kiosk.access.role ?? 'technician')
        : noReport;
      note('amend_begin', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/amend/cancel': ({ sittingId }) => {
      const answer = sittingOf(sittingId) ? kiosk.amendments.cancel(sittingId) : noReport;
      note('amend_cancel', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/amend/seal': async ({ sittingId, reason, author }) => {
      const answer = sittingOf(sittingId) ? await kiosk.amendments.seal(sittingId, { reason, author }) : noReport;
      note('amend_seal', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/ask-province': async ({ sittingId }) => {
      const sitting = sittingOf(sittingId);
      const answer = sitting ? await kiosk.province.askReturn(sitting.reportId) : noReport;
      note('ask_province', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/report/check-province': async () => {
      const check = await kiosk.province.check();
      note('check_province', { reach: check.reach });
      return { ok: true, check };
    },
  };
}

function listItemOf({ store }: Kiosk, sitting: SittingRecord): ReportListItem {
  const { id, reportId, title, state } = sitting;
  const lastRevision = store.reports.getLastRevision(reportId);
  const returnReason = store.outbox.getStatus({ reportId, revision: lastRevision })?.returnReason ?? null;
  return { sittingId: id, reportId, title, state, lastRevision, returnReason };
}

async function signOff(kiosk: Kiosk, known: SittingRecord | null, input: SignOffInput): Promise<SignOffAnswer> {
  const { store } = kiosk;
  if (!known) return { ok: false, error: 'no_such_sitting' };
  if (known.state === 'prepared') return { ok: false, error: 'not_begun' };
  const role = kiosk.pins.isSet('chair') ? 'chair' : 'technician';
  const checked = await kiosk.pins.check(role, input.pin);
  if (!checked.ok) return checked;
  const at = store.clock.now();
  const name = input.name.normalize('NFC');
  store.reports.setNotes(known.id, {
    signOff: { name, position: input.position.normalize('NFC'), at, role },
    ...(input.remarks === undefined ? {} : { remarks: plain(input.remarks) }),
  });
  if (!input.makeRevision) return { ok: true, revision: null, pending: true };
  const sitting = store.sittings.getSitting(known.id);
  // Before the sealing the sign-off goes into revision 1 by itself; an open amendment will carry it.
  if (sitting?.state !== 'sealed' && sitting?.state !== 'delivered') return { ok: true, revision: null, pending: true };
  const sealed = await kiosk.amendments.sealSignOff(known.id, role, name);
  return { ok: true, revision: sealed.ok ? sealed.revision : null, pending: !sealed.ok };
}

function plain(text: string): string | null {
  return text.normalize('NFC').trim() || null;
}
