import type { JSX, ReactNode } from 'react';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Card } from '../ui/card.tsx';
import { formatCount, formatCountdown, formatShare, formatTime } from '../ui/format.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';

/** Counted apart from the summoned; a nought among these is not worth a place. */
const NOT_SUMMONED = ['walkIns', 'guests', 'substitutes', 'supervisors'] as const;

/** What the chair checks before signing: totals, units, interruptions, head-count and remarks, as the report has them. */
export function ReportReview({ report }: { report: ReportView }): JSX.Element {
  const { t, language } = useTexts();
  const { totals } = report;
  const running = isRunning(report);
  const count = (n: number): string => formatCount(n, language);
  const small: [string, number][] = [
    [t('console.totals.onTime'), totals.onTime],
    [t('console.totals.late'), totals.late],
    [t('console.totals.leftEarly'), totals.leftEarly],
    [t('report.review.absentExcused'), totals.absentExcused],
    // While the sitting goes on, who is not here may still come.
    [t(running ? 'report.review.awaited' : 'report.review.absentUnexcused'), totals.absentUnexcused],
    ...(totals.substituted > 0 ? [[t('report.review.substituted'), totals.substituted] as [string, number]] : []),
    ...NOT_SUMMONED.filter((key) => totals[key] > 0).map((key): [string, number] => [
      t(`console.totals.${key}`, { count: totals[key] }),
      totals[key],
    ]),
    [t('console.totals.inHall'), totals.inHall],
  ];
  return (
    <Card title={t('report.review.title')} icon="report" className="report-review">
      <div className="totals-main">
        <p className="totals-big" data-testid="report-present">
          <strong>{count(totals.present)}</strong>
          <span>{t('console.totals.ofSummoned', { summoned: count(totals.summoned) })}</span>
        </p>
        <p className="totals-share">{formatShare(totals.present, totals.summoned, language)}</p>
      </div>
      <ul className="totals-small">
        {small.map(([name, value]) => (
          <li key={name}>
            <strong>{count(value)}</strong> {name}
          </li>
        ))}
      </ul>
      <dl className="report-facts">
        <Interruptions report={report} />
        <HeadCount report={report} />
        <Remarks report={report} />
        <SignOff report={report} />
      </dl>
      <Units report={report} />
    </Card>
  );
}

/** A draft of a sitting that is not over. */
function isRunning({ revision, state }: ReportView): boolean {
  return revision === null && (state === 'open' || state === 'live');
}

function Fact({ name, children }: { name: string; children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Interruptions({ report }: { report: ReportView }): JSX.Element {
  const { t, language } = useTexts();
  // What would be signed now takes this moment for the end.
  const running = report.state === 'open' || report.state === 'live';
  const lines = report.interruptions.map(({ from, to, whose }) => {
    const began = Date.parse(from);
    const ended = to === null ? null : Date.parse(to);
    const when = t('report.review.interruption', {
      from: formatTime(began, language),
      to: ended === null ? t('report.review.stillRunning') : formatTime(ended, language),
      length: ended === null ? '…' : formatCountdown(ended - began),
    });
    return `${when}, ${t(`report.review.cause.${whose}`)}`;
  });
  const minutes = Math.round(report.minutesShown);
  return (
    <Fact name={t('report.review.interruptions')}>
      {!running && `${t('report.review.ended', { time: formatTime(Date.parse(report.sitting.endedAt), language) })}. `}
      {t('report.review.shown', { count: minutes, minutes: formatCount(minutes, language) })}.{' '}
      {lines.length === 0 ? t('report.review.noInterruptions') : lines.join('; ')}
    </Fact>
  );
}

function HeadCount({ report: { headCount } }: { report: ReportView }): JSX.Element {
  const { t, language } = useTexts();
  // A role is a code; whatever else stands there is a name.
  const by = (who: string): string => (who === 'technician' || who === 'chair' ? t(`people.actor.${who}`) : who);
  return (
    <Fact name={t('report.review.headCount')}>
      {headCount
        ? t('report.review.headCountBy', {
            count: headCount.counted,
            counted: formatCount(headCount.counted, language),
            by: by(headCount.by),
          })
        : t('report.review.headCountNone')}
      {headCount?.reason && `. ${t('report.review.headCountReason', { reason: headCount.reason })}`}
    </Fact>
  );
}

function Remarks({ report }: { report: ReportView }): JSX.Element {
  const { t } = useTexts();
  return (
    <Fact name={t('report.review.remarks')}>
      {report.remarks ?? t('report.review.remarksNone')}
      {report.pending.remarks !== null && (
        <span className="report-pending">
          {report.pending.remarks} ({t('report.review.pending')})
        </span>
      )}
    </Fact>
  );
}

function SignOff({ report }: { report: ReportView }): JSX.Element {
  const { t, language } = useTexts();
  const words = (signed: NonNullable<ReportView['signOff']>): string =>
    t('report.review.signedBy', {
      name: [signed.name, signed.position].filter(Boolean).join(', '),
      time: formatTime(signed.at, language),
    });
  const { signOff, pending } = report;
  return (
    <Fact name={t('report.review.signOff')}>
      {signOff ? words(signOff) : pending.signOff ? null : t('report.review.signOffNone')}
      {pending.signOff && (
        <span className="report-pending">
          {words(pending.signOff)} ({t('report.review.pending')})
        </span>
      )}
    </Fact>
  );
}

function Units({ report }: { report: ReportView }): JSX.Element {
  const { t, language } = useTexts();
  const { units } = report;
  if (units.length === 0) return <p>{t('report.review.noUnits')}</p>;
  const count = (n: number): string => formatCount(n, language);
  return (
    <section className="unit-table" aria-label={t('report.review.units')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('console.totals.unit')}</th>
            <th scope="col">{t('console.totals.summoned')}</th>
            <th scope="col">{t('console.totals.present')}</th>
            <th scope="col">{t('console.totals.late')}</th>
            <th scope="col">{t('console.totals.leftEarly')}</th>
            <th scope="col">{t('report.review.absentExcused')}</th>
            <th scope="col">{t(isRunning(report) ? 'report.review.awaited' : 'report.review.absentUnexcused')}</th>
            <th scope="col">{t('report.review.rate')}</th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.unitId ?? ''}>
              <th scope="row">{keepTogether(unit.unitName ?? t('console.totals.noUnit'))}</th>
              <td>{count(unit.summoned)}</td>
              <td>{count(unit.present)}</td>
              <td>{count(unit.late)}</td>
              <td>{count(unit.leftEarly)}</td>
              <td>{count(unit.absentExcused)}</td>
              <td>{count(unit.absentUnexcused)}</td>
              <td>{formatShare(unit.present, unit.summoned, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
