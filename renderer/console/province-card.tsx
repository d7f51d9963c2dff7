import type { JSX } from 'react';
import { useState } from 'react';
import type { ProvinceReach, ReportView } from '../../electron/contract/api-report.ts';
import { isCause } from '../../electron/shared/causes.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { Tone } from '../ui/card.tsx';
import { Card, Verdict } from '../ui/card.tsx';
import { formatDecimal } from '../ui/format.ts';

/** Two questions to the province that need not wait for the next planned try: was it returned, and is the way open. */
export function ProvinceCard({ report }: { report: ReportView }): JSX.Element {
  const { t, language } = useTexts();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ tone: Tone; text: string } | null>(null);
  const reach = (code: ProvinceReach): string => t(`report.province.reach.${code}`);

  const ask = async (): Promise<void> => {
    const answer = await call('console/report/ask-province', { sittingId: report.sittingId });
    if (answer.ok)
      setSaid(
        answer.returned
          ? { tone: 'bad', text: t('report.province.returned', { reason: answer.returned.reason }) }
          : { tone: 'ok', text: t('report.province.nothing') },
      );
    else if (answer.error === 'no_such_report' || answer.error === 'not_delivered' || answer.error === 'data_destroyed')
      setSaid({ tone: 'quiet', text: t(`report.province.${answer.error}`) });
    else if (answer.error === 'unreachable' || answer.error === 'locked' || answer.error === 'invalid_input')
      setSaid({ tone: 'warn', text: t('console.failed.unreachable') });
    else setSaid({ tone: 'warn', text: reach(answer.error) });
  };
  const check = async (): Promise<void> => {
    const answer = await call('console/report/check-province', {});
    if (!answer.ok) return setSaid({ tone: 'warn', text: t('console.failed.unreachable') });
    const { host, viaProxy, tookMs, cause } = answer.check;
    const known = answer.check.reach !== 'ok' && cause !== null && isCause(cause) ? cause : null;
    const sentence = t('report.province.took', {
      sentence: known ? t(`causes.says.${known}`).replace(/\.$/u, '') : reach(answer.check.reach),
      host: viaProxy ? `${host}, ${t('report.province.proxy')}` : host,
      seconds: formatDecimal(tookMs / 1000, language),
    });
    return setSaid({
      tone: answer.check.reach === 'ok' ? 'ok' : 'warn',
      text: known ? `${sentence} ${t(`causes.next.${known}`)}` : sentence,
    });
  };
  const run = (work: () => Promise<void>): void => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  };
  return (
    <Card title={t('report.province.title')} icon="signal">
      <div className="report-buttons">
        <Button disabled={busy} onClick={() => run(ask)}>
          {t('report.actions.ask')}
        </Button>
        <Button disabled={busy} onClick={() => run(check)}>
          {t('report.actions.check')}
        </Button>
      </div>
      <div aria-live="polite" data-testid="province-said">
        {said && <Verdict tone={said.tone}>{said.text}</Verdict>}
      </div>
    </Card>
  );
}
