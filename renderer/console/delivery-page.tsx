import type { JSX } from 'react';
import { useState } from 'react';
import './report.css';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/card.tsx';
import { formatTime, inSentence } from '../ui/format.ts';
import type { CoreClock } from '../ui/use-now.ts';
import { AmendBanner } from './amend-banner.tsx';
import { AmendSheet } from './amend-sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { ProvinceCard } from './province-card.tsx';
import { ReportReview } from './report-review.tsx';
import { RetentionCard } from './retention-card.tsx';
import { NoReceiverCard } from './no-receiver-card.tsx';
import { PhoneCard, RevisionsCard } from './report-side.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { SaveSheet } from './save-sheet.tsx';
import { SignSheet } from './sign-sheet.tsx';
import { TimelineSheet } from './timeline-sheet.tsx';
import type { Commands } from './use-command.ts';
import type { ReportState } from './use-report.ts';
import { useReport } from './use-report.ts';

type Sheet =
  | 'save'
  | 'print'
  | 'paper'
  | 'print_paper'
  | 'sign'
  | 'amend'
  | 'timeline'
  | 'save_timeline'
  | 'print_timeline';

const PAPERS = ['paper', 'badges'] as const;

/** The report of a sitting: looked at, signed, saved, amended, and where it stands with the province. */
export function DeliveryPage(props: {
  chosen: ChosenSitting;
  /** The chair came to confirm: the question stands at once, and what is to be saved after it. */
  signAtOnce: boolean;
  open: ConsoleOpenView;
  rehearsal: boolean;
  clock: CoreClock;
  commands: Commands;
}): JSX.Element {
  const { t } = useTexts();
  const { chosen, open } = props;
  const state = useReport(open, chosen.id);
  const [sheet, setSheet] = useState<Sheet | null>(props.signAtOnce ? 'sign' : null);
  // What is read here stays: a report signed with one click must be the one that was read.
  useHoldSitting(chosen);
  const { report } = state;
  const { provenance, logHead } = open;
  const card = { reports: open.reports, rehearsal: props.rehearsal, clock: props.clock, commands: props.commands };
  if (!report) {
    const newestFirst = [...open.delivery].reverse();
    return (
      <>
        <Actions chosen={chosen} state={state} report={null} onSheet={setSheet} />
        <div className="board-cards">
          {newestFirst.length === 0 && !open.noReceiver && <DeliveryCard {...card} status={null} />}
          {open.noReceiver && <NoReceiverCard isSealed={false} />}
          {newestFirst.map((status) => (
            <DeliveryCard key={`${status.reportId}/${status.revision}`} {...card} status={status} />
          ))}
        </div>
        {sheet === 'paper' && (
          <SaveSheet sittingId={chosen.id} revision={null} open={open} onClose={() => setSheet(null)} />
        )}
        {sheet === 'print_paper' && <PrintSheet sittingId={chosen.id} kinds={PAPERS} onClose={() => setSheet(null)} />}
      </>
    );
  }
  const close = (): void => {
    setSheet(null);
    void state.refresh();
  };
  const status = report.revisions.find((r) => r.revision === report.revision)?.delivery ?? null;
  return (
    <>
      <AmendBanner state={state} report={report} of={chosen} onSeal={() => setSheet('amend')} />
      <Actions chosen={chosen} state={state} report={report} onSheet={setSheet} />
      <div className="report-page">
        <ReportReview report={report} />
        <div className="report-side">
          {open.noReceiver ? (
            <NoReceiverCard isSealed={report.revisions.length > 0} />
          ) : (
            <DeliveryCard
              {...card}
              status={status ?? open.delivery.findLast((s) => s.reportId === report.reportId) ?? null}
            />
          )}
          <PhoneCard report={report} />
          <RetentionCard />
          {!open.noReceiver && <ProvinceCard report={report} />}
          <RevisionsCard report={report} onShow={state.showRevision} />
        </div>
      </div>
      <p className="board-small">
        {t(`console.package.${provenance}`)}
        {logHead && ` · ${t('console.package.log', { head: logHead })}`}
      </p>
      {(sheet === 'save' || sheet === 'paper') && (
        <SaveSheet
          sittingId={report.sittingId}
          revision={sheet === 'paper' ? null : (report.revision ?? report.revisions.at(-1)?.revision ?? null)}
          open={open}
          onClose={close}
        />
      )}
      {sheet === 'timeline' && (
        <TimelineSheet
          sittingId={chosen.id}
          stamp={JSON.stringify([open.delivery, open.sittings, logHead])}
          onSave={() => setSheet('save_timeline')}
          onPrint={() => setSheet('print_timeline')}
          onClose={close}
        />
      )}
      {sheet === 'save_timeline' && (
        <SaveSheet sittingId={report.sittingId} revision={null} only={['timeline']} open={open} onClose={close} />
      )}
      {sheet === 'print_timeline' && <PrintSheet sittingId={chosen.id} kinds={['timeline']} onClose={close} />}
      {sheet === 'print_paper' && <PrintSheet sittingId={report.sittingId} kinds={PAPERS} onClose={close} />}
      {sheet === 'print' && (
        <PrintSheet sittingId={report.sittingId} kinds={['pdf']} revision={report.revision} onClose={close} />
      )}
      {sheet === 'sign' && (
        <SignSheet
          report={report}
          clock={props.clock}
          atPin={props.signAtOnce}
          onClose={close}
          onSigned={() =>
            void state.refresh().then(() => setSheet(props.signAtOnce && isSealed(report) ? 'save' : null))
          }
        />
      )}
      {sheet === 'amend' && <AmendSheet report={report} onClose={close} />}
    </>
  );
}

function isSealed({ state }: ReportView): boolean {
  return state === 'sealed' || state === 'delivered';
}

function Actions(props: {
  chosen: ChosenSitting;
  state: ReportState;
  report: ReportView | null;
  onSheet: (sheet: Sheet) => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const { state, report, onSheet } = props;
  const sealed = (report?.revisions.length ?? 0) > 0;
  const signed = report !== null && (report.signOff !== null || report.pending.signOff !== null);
  const amendable = report?.state === 'sealed' || report?.state === 'delivered';
  const amend = (): void => {
    if (!report) return;
    const { sittingId } = report;
    // The pages about people correct this sitting from now on, wherever the hall goes.
    props.chosen.choose(sittingId);
    void call('console/report/amend', { sittingId }).then(() => {
      state.showRevision(null);
      return state.refresh();
    });
  };
  const words = (): string => {
    if (!report) return '';
    if (report.revision === null) return t(report.amendment ? 'report.draftAmended' : 'report.draft');
    const sealedAt = report.revisions.find((r) => r.revision === report.revision)?.sealedAt ?? 0;
    return t('report.sealed', { revision: report.revision, time: formatTime(sealedAt, language) });
  };
  return (
    <div className="report-actions">
      <div className="report-which">
        {report && (
          <p>
            <strong>{t('report.of', { title: inSentence(report.sitting.title, language) })}</strong>
            <span>{words()}</span>
          </p>
        )}
      </div>
      {report && report.state !== 'prepared' && (
        <>
          {signed && <Chip tone="ok">{t('report.actions.signed')}</Chip>}
          <Button icon="check" tone={signed ? 'quiet' : 'plain'} onClick={() => onSheet('sign')}>
            {t(signed ? 'report.actions.signAgain' : 'report.actions.sign')}
          </Button>
        </>
      )}
      {amendable && (
        <Button icon="report" onClick={amend}>
          {t('report.actions.amend')}
        </Button>
      )}
      {report && (
        <Button icon="hourglass" onClick={() => onSheet('timeline')}>
          {t('board.timeline.title')}
        </Button>
      )}
      {!sealed && (
        <>
          <Button icon="report" onClick={() => onSheet('paper')}>
            {t('report.actions.paper')}
          </Button>
          <Button onClick={() => onSheet('print_paper')}>{t('print.open')}</Button>
        </>
      )}
      {sealed && <Button onClick={() => onSheet('print')}>{t('print.open')}</Button>}
      {sealed && (
        <Button tone="primary" icon="down" onClick={() => onSheet('save')}>
          {t('report.actions.save')}
        </Button>
      )}
    </div>
  );
}
