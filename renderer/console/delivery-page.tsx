import type { JSX } from 'react';
import { useState } from 'react';
import './report.css';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/card.tsx';
import { formatTime, inSentence } from '../ui/format.ts';
import { AmendBanner } from './amend-banner.tsx';
import { AmendSheet } from './amend-sheet.tsx';
import type { SittingProps } from './board-props.ts';
import { useHoldSitting } from './chosen-sitting.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { ProvinceCard } from './province-card.tsx';
import { ReportReview } from './report-review.tsx';
import { RetentionCard } from './retention-card.tsx';
import { PhoneCard, RevisionsCard } from './report-side.tsx';
import { SaveSheet } from './save-sheet.tsx';
import { SignSheet } from './sign-sheet.tsx';
import type { ReportState } from './use-report.ts';
import { useReport } from './use-report.ts';

type Sheet = 'save' | 'paper' | 'sign' | 'amend';

/** The report of a sitting: looked at, signed, saved, amended, and where it stands with the province. */
export function DeliveryPage(props: SittingProps): JSX.Element {
  const { t } = useTexts();
  const { chosen } = props;
  const state = useReport(props.open, chosen.id);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  // What is read here stays: a report signed with one click must be the one that was read.
  useHoldSitting(chosen);
  const { report } = state;
  const { provenance, logHead } = props.open;
  if (!report) {
    const newestFirst = [...props.open.delivery].reverse();
    return (
      <>
        <Actions {...props} state={state} report={null} onSheet={setSheet} />
        <div className="board-cards">
          {newestFirst.length === 0 && <DeliveryCard {...props} status={null} />}
          {newestFirst.map((status) => (
            <DeliveryCard key={`${status.reportId}/${status.revision}`} {...props} status={status} />
          ))}
        </div>
        {sheet === 'paper' && (
          <SaveSheet sittingId={chosen.id} revision={null} open={props.open} onClose={() => setSheet(null)} />
        )}
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
      <Actions {...props} state={state} report={report} onSheet={setSheet} />
      <div className="report-page">
        <ReportReview report={report} />
        <div className="report-side">
          <DeliveryCard
            {...props}
            status={status ?? props.open.delivery.findLast((s) => s.reportId === report.reportId) ?? null}
          />
          <PhoneCard report={report} />
          <RetentionCard />
          <ProvinceCard report={report} />
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
          open={props.open}
          onClose={close}
        />
      )}
      {sheet === 'sign' && <SignSheet report={report} clock={props.clock} onClose={close} />}
      {sheet === 'amend' && <AmendSheet report={report} onClose={close} />}
    </>
  );
}

function Actions(
  props: SittingProps & { state: ReportState; report: ReportView | null; onSheet: (sheet: Sheet) => void },
): JSX.Element {
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
            <strong>{t('report.of', { title: inSentence(report.sitting.title) })}</strong>
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
      {!sealed && (
        <Button icon="report" onClick={() => onSheet('paper')}>
          {t('report.actions.paper')}
        </Button>
      )}
      {sealed && (
        <Button tone="primary" icon="down" onClick={() => onSheet('save')}>
          {t('report.actions.save')}
        </Button>
      )}
    </div>
  );
}
