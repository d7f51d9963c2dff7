import { Hono } from 'hono';
import type { ReportListItem, SignOffAnswer } from '../../contract/api-report.ts';
import { AmendInput, RemarksInput, SaveInput, SealAmendmentInput, SignOffInput } from '../../contract/api-report.ts';
import { body } from './body.ts';
import type { Kiosk } from './kiosk.ts';
import { buildReportView } from './report-view.ts';
import { requireUnlocked } from './unlocked.ts';

type Detail = Record<string, string | number | boolean | null>;

/**
 * What the console may do with reports: look, save documents, sign, amend, and ask the province. Every command is
 * written to the list of actions.
 */
export function createConsoleReportApi(kiosk: Kiosk, changed: () => void) {
  const { store } = kiosk;
  const note = (type: string, detail: Detail = {}) => {
    store.settings.recordAction(store.clock.now(), kiosk.access.role ?? 'nobody', type, detail);
    changed();
  };
  const sittingOf = (reportId: string) => {
    const sitting = store.sittings.getSittingOfReport(reportId);
    return sitting && kiosk.conductor.list().some((s) => s.id === sitting.id) ? sitting : null;
  };
  const noReport = { ok: false as const, error: 'no_such_report' as const };

  return new Hono()
    .use(requireUnlocked(kiosk))
    .get('/list', (c) => {
      const reports = kiosk.conductor.list().map((sitting): ReportListItem => {
        const { id, reportId, title, state } = sitting;
        const lastRevision = store.reports.getLastRevision(reportId);
        const returnReason = store.outbox.getStatus({ reportId, revision: lastRevision })?.returnReason ?? null;
        return { sittingId: id, reportId, title, state, lastRevision, returnReason };
      });
      return c.json({ ok: true as const, reports });
    })
    .get('/view/:reportId/:revision', (c) => {
      const wanted = c.req.param('revision');
      const sitting = sittingOf(c.req.param('reportId'));
      if (!sitting || !/^(draft|[1-9]\d{0,5})$/u.test(wanted)) return c.json(noReport);
      return c.json(buildReportView(kiosk, sitting, wanted === 'draft' ? null : Number(wanted)));
    })
    .get('/places', async (c) => c.json({ ok: true as const, places: await kiosk.exports.listPlaces() }))
    .post('/save', body(SaveInput), async (c) => {
      const input = c.req.valid('json');
      const answer = await kiosk.exports.save(input);
      const saved = answer.ok ? answer.files.filter((f) => f.ok).length : 0;
      note('save_documents', { sittingId: input.sittingId, kinds: input.kinds.join(' '), saved });
      return c.json(answer);
    })
    .post('/remarks', body(RemarksInput), (c) => {
      const { sittingId, text } = c.req.valid('json');
      if (!kiosk.conductor.list().some((s) => s.id === sittingId)) return c.json(noReport);
      store.reports.setNotes(sittingId, { remarks: plain(text) });
      note('remarks', { sittingId });
      return c.json({ ok: true as const });
    })
    .post('/sign-off', body(SignOffInput), async (c) => {
      const answer = await signOff(kiosk, c.req.valid('json'));
      note('sign_off', { sittingId: c.req.valid('json').sittingId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/amend', body(AmendInput), (c) => {
      const { reportId } = c.req.valid('json');
      const sitting = sittingOf(reportId);
      const answer = sitting
        ? kiosk.amendments.begin(sitting.id, kiosk.access.role === 'chair' ? 'chair' : 'technician')
        : noReport;
      note('amend_begin', { reportId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/amend/cancel', body(AmendInput), (c) => {
      const { reportId } = c.req.valid('json');
      const sitting = sittingOf(reportId);
      const answer = sitting ? kiosk.amendments.cancel(sitting.id) : noReport;
      note('amend_cancel', { reportId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/amend/seal', body(SealAmendmentInput), async (c) => {
      const { reportId, reason, author } = c.req.valid('json');
      const sitting = sittingOf(reportId);
      const answer = sitting ? await kiosk.amendments.seal(sitting.id, { reason, author }) : noReport;
      note('amend_seal', { reportId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/ask-province', body(AmendInput), async (c) => {
      const { reportId } = c.req.valid('json');
      const answer = sittingOf(reportId) ? await kiosk.province.askReturn(reportId) : noReport;
      note('ask_province', { reportId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/check-province', async (c) => {
      const check = await kiosk.province.check();
      note('check_province', { reach: check.reach });
      return c.json({ ok: true as const, check });
    });
}
export type ConsoleReportApi = ReturnType<typeof createConsoleReportApi>;

async function signOff(kiosk: Kiosk, input: SignOffInput): Promise<SignOffAnswer> {
  const { store } = kiosk;
  const known = kiosk.conductor.list().find((s) => s.id === input.sittingId);
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
  // Before the sealing the sign-off goes into revision 1 by itself; an open amendment takes it along.
  if (sitting?.state !== 'sealed' && sitting?.state !== 'delivered') return { ok: true, revision: null, pending: true };
  const sealed = await kiosk.amendments.sealSignOff(known.id, role, name);
  return { ok: true, revision: sealed.ok ? sealed.revision : null, pending: !sealed.ok };
}

function plain(text: string): string | null {
  return text.normalize('NFC').trim() || null;
}
