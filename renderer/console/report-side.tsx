import type { JSX } from 'react';
import type { ReportView, RevisionView } from '../../electron/contract/api-report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
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

type KnownReason = keyof typeof vi.report.revisions.code;

function isKnownReason(code: string): code is KnownReason {
  return Object.hasOwn(vi.report.revisions.code, code);
}

/** Every signed revision with its reason and receipt; one of them can be looked at. */
export function RevisionsCard(props: { report: ReportView; onShow: (revision: number) => void }): JSX.Element | null {
  const { t, language } = useTexts();
  const { report, onShow } = props;
  if (report.revisions.length === 0) return null;
  const words = ({ reason, author }: RevisionView): string =>
    reason === null
      ? t('report.revisions.first')
      : t('report.revisions.by', {
          author: author ?? '',
          reason: isKnownReason(reason) ? t(`report.revisions.code.${reason}`) : reason,
        });
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
