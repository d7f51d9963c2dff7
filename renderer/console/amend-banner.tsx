import type { JSX } from 'react';
import { useState } from 'react';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount, formatTime, inSentence } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { ChosenSitting } from './chosen-sitting.tsx';
import type { ReportState } from './use-report.ts';

/** What needs a hand: a report the province sent back, or an amendment that is open. */
export function AmendBanner(props: {
  state: ReportState;
  report: ReportView;
  of: ChosenSitting;
  onSeal: () => void;
}): JSX.Element | null {
  const { t, language } = useTexts();
  const { state, report, onSeal } = props;
  const [refused, setRefused] = useState(false);
  const returned = report.revisions.at(-1)?.delivery;
  const { sittingId } = report;
  const run = (path: 'console/report/amend' | 'console/report/amend/cancel'): void => {
    // The pages about people correct this sitting from now on, wherever the hall goes.
    props.of.choose(sittingId);
    void call(path, { sittingId }).then((answer) => {
      setRefused(!answer.ok);
      state.showRevision(null);
      return state.refresh();
    });
  };
  if (report.amendment) {
    const { changes, cancellable, since } = report.amendment;
    return (
      <section className="report-banner report-banner-amend">
        <Icon name="info" className="early-end-icon" />
        <div className="early-end-text">
          <h2>{t('report.amend.title')}</h2>
          <p>{t('report.amend.hint')}</p>
          <p className="board-small">
            {t('report.amend.since', { time: formatTime(since, language) })} ·{' '}
            {changes.length === 0
              ? t('report.amend.none')
              : t('report.amend.count', { count: changes.length, n: formatCount(changes.length, language) })}
          </p>
          {refused && <p role="alert">{t('report.failed.has_changes')}</p>}
        </div>
        {cancellable && <Button onClick={() => run('console/report/amend/cancel')}>{t('report.amend.cancel')}</Button>}
        <Button tone="primary" onClick={onSeal}>
          {t('report.amend.seal')}
        </Button>
      </section>
    );
  }
  if (returned?.state !== 'returned') return null;
  return (
    <section className="report-banner report-banner-returned" data-testid="returned-banner">
      <Icon name="alert" className="early-end-icon" />
      <div className="early-end-text">
        <h2>{t('report.returned.title', { title: inSentence(report.sitting.title, language) })}</h2>
        <p>{t('report.returned.reason', { reason: returned.returnReason ?? '' })}</p>
        {refused && <p role="alert">{t('report.failed.wrong_state')}</p>}
      </div>
      <Button tone="primary" onClick={() => run('console/report/amend')}>
        {t('report.returned.open')}
      </Button>
    </section>
  );
}
