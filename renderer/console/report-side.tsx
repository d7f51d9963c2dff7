import type { JSX } from 'react';
import type { ReportView, RevisionView } from '../../electron/contract/api-report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Card } from '../ui/card.tsx';
import { formatTime } from '../ui/format.ts';

/** The totals as figures to be read out, big enough for somebody holding a telephone. */
export function PhoneCard({ report }: { report: ReportView }): JSX.Element | null {
  const { t } = useTexts();
  if (report.phoneCode === null) return null;
  return (
    <Card title={t('report.phone.title')} icon="sound">
      <p className="report-code" data-testid="phone-code">
        {report.phoneCode}
      </p>
      <p className="board-small">
        {t('report.phone.hint')}{' '}
        {report.sha256Short && <strong>{t('report.phone.sha', { sha: report.sha256Short })}</strong>}
      </p>
    </Card>
  );
}

/** Every signed revision with its reason and receipt; one of them can be looked at. */
export function RevisionsCard(props: { report: ReportView; onShow: (revision: number) => void }): JSX.Element | null {
  const { t, language } = useTexts();
  const { report, onShow } = props;
  if (report.revisions.length === 0) return null;
  const words = ({ amendment }: RevisionView): string => {
    if (!amendment) return t('report.revisions.first');
    const { cause, reason, by } = amendment;
    return t('report.revisions.by', {
      author: by.name ?? t(`report.revisions.role.${by.role}`),
      reason: [t(`report.revisions.code.${cause}`), reason].filter(Boolean).join(': '),
    });
  };
  return (
    <Card title={t('report.revisions.title')} icon="report">
      <ol className="report-revisions">
        {report.revisions.toReversed().map((revision) => (
          <li key={revision.revision}>
            <button
              type="button"
              aria-pressed={report.revision === revision.revision}
              onClick={() => onShow(revision.revision)}
            >
              <strong>
                {t('report.revisions.revision', { revision: revision.revision })}
                {revision.delivery && ` · ${t(`console.delivery.${revision.delivery.state}`)}`}
              </strong>
              <span>
                {formatTime(revision.sealedAt, language)} · {words(revision)}
              </span>
              <span className="board-small">
                {revision.sha256Short}
                {revision.delivery?.receiptSerial &&
                  ` · ${t('report.revisions.receipt', { serial: revision.delivery.receiptSerial })}`}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Card>
  );
}
