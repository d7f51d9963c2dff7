import type { JSX } from 'react';
import { useState } from 'react';
import type { ReportChange, ReportView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';
import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { Button } from '../ui/button.tsx';
import { Verdict } from '../ui/card.tsx';
import { formatCount, formatTime } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';

/** Everything the next revision will say differently, why, and who answers for it; then it is signed. */
export function AmendSheet(props: { report: ReportView; onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  const { report } = props;
  const [reason, setReason] = useState('');
  const [author, setAuthor] = useState(report.chair?.name ?? '');
  const [remarks, setRemarks] = useState(report.remarks ?? '');
  const [noted, setNoted] = useState<readonly ReportChange[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [sealed, setSealed] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const changes = noted ?? report.amendment?.changes ?? [];
  const { sittingId } = report;

  const note = async (): Promise<void> => {
    setBusy(true);
    await call('console/report/remarks', { sittingId, text: remarks });
    const answer = await call('console/report/amend', { sittingId });
    setBusy(false);
    if (answer.ok) setNoted(answer.amendment.changes);
  };
  const seal = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('console/report/amend/seal', { sittingId, reason, author });
    setBusy(false);
    if (answer.ok) return setSealed(answer.revision);
    if (answer.error === 'nothing_changed' || answer.error === 'wrong_state')
      return setRefusal(t(`report.failed.${answer.error}`));
    return setRefusal(t(answer.error === 'unreachable' ? 'console.failed.unreachable' : 'console.failed.general'));
  };
  return (
    <Sheet
      wide
      title={t('report.actions.amend')}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" disabled={busy} onClick={props.onClose}>
            {t('common.close')}
          </Button>
          {sealed === null && (
            <Button
              size="large"
              tone="primary"
              disabled={busy || reason.trim() === '' || author.trim() === ''}
              onClick={() => void seal()}
            >
              {t('report.amend.seal')}
            </Button>
          )}
        </>
      }
    >
      {sealed === null ? (
        <>
          <Changes changes={changes} />
          <div className="report-form">
            <div className="report-form-wide report-form-row">
              <label>
                {t('report.amend.remarks')}
                <input
                  className="board-input"
                  value={remarks}
                  maxLength={5000}
                  onChange={(e) => setRemarks(e.target.value)}
                />
              </label>
              <Button disabled={busy || remarks === (report.remarks ?? '')} onClick={() => void note()}>
                {t('report.amend.remarksSave')}
              </Button>
            </div>
            <label>
              {t('report.amend.reason')}
              <input
                className="board-input"
                value={reason}
                maxLength={1000}
                placeholder={t('report.amend.reasonHint')}
                onChange={(e) => setReason(e.target.value)}
              />
            </label>
            <label>
              {t('report.amend.author')}
              <input
                className="board-input"
                value={author}
                maxLength={200}
                onChange={(e) => setAuthor(e.target.value)}
              />
            </label>
          </div>
          <p role="alert" className="save-failed">
            {refusal}
          </p>
        </>
      ) : (
        <Verdict tone="ok">{t('report.amend.done', { revision: sealed })}</Verdict>
      )}
    </Sheet>
  );
}

function Changes({ changes }: { changes: readonly ReportChange[] }): JSX.Element {
  const { t } = useTexts();
  const words = useChangeWords();
  if (changes.length === 0) return <p>{t('report.amend.none')}</p>;
  return (
    <section className="unit-table change-table" aria-label={t('report.amend.what')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('report.amend.what')}</th>
            <th scope="col">{t('report.amend.who')}</th>
            <th scope="col">{t('report.amend.before')}</th>
            <th scope="col">{t('report.amend.after')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={`${change.code} ${change.person?.id ?? ''}`}>
              <th scope="row">{words.code(change.code)}</th>
              <td>{change.person?.name ?? ''}</td>
              <td>{words.cell(change, change.before)}</td>
              <td>{words.cell(change, change.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const words = vi.report.amend;

/** Words for codes and values of a change; one newer than this window is shown as it is rather than hidden. */
function useChangeWords(): {
  code: (code: ReportChange['code']) => string;
  cell: (change: ReportChange, value: ReportChange['before']) => string;
} {
  const { t, language } = useTexts();
  return {
    code: (code) => {
      const key = code.replace('.', '_');
      return hasText(words.change, key) ? t(`report.amend.change.${key}`) : code;
    },
    cell: (change, value) => {
      if (value === null || value === '') return t('report.amend.nothing');
      if (typeof value === 'number') return formatCount(value, language);
      if (/^(person\.(status|added|removed))$/u.test(change.code) && hasText(words.status, value))
        return t(`report.amend.status.${value}`);
      if (change.code === 'person.kind' && hasText(words.kind, value)) return t(`report.amend.kind.${value}`);
      if (change.code === 'signOff.role' && (value === 'chair' || value === 'technician'))
        return t(`console.lock.${value}`);
      if (change.code.endsWith('At')) return formatTime(Date.parse(value), language);
      return value;
    },
  };
}
