import type { JSX } from 'react';
import type { ChecksView } from '../../electron/contract/checks.ts';
import { checkTexts } from '../../electron/shared/checks/say-check.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Chip } from '../ui/card.tsx';
import { formatDate, formatTime } from '../ui/format.ts';

const TONES = { ready: 'ok', ready_with_remarks: 'warn', not_ready: 'bad' } as const;

/** Earlier runs, newest first: when, why, and how each ended. */
export function CheckRuns({ runs }: Pick<ChecksView, 'runs'>): JSX.Element {
  const { t, language } = useTexts();
  return (
    <section aria-labelledby="checks-runs">
      <h3 id="checks-runs">{t('checkRuns.title')}</h3>
      <table className="checks-runs">
        <thead>
          <tr>
            <th scope="col">{t('checkRuns.at')}</th>
            <th scope="col">{t('checkRuns.why')}</th>
            <th scope="col">{t('checkRuns.result')}</th>
            <th scope="col">{t('checkRuns.red')}</th>
            <th scope="col">{t('checkRuns.yellow')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ id, occasion, startedAt, verdict, red, yellow }) => (
            <tr key={id}>
              <td>
                {formatDate(startedAt)} {formatTime(startedAt, language)}
              </td>
              <td>{t(`checkRuns.occasion.${occasion}`)}</td>
              <td>
                <Chip tone={TONES[verdict]}>{checkTexts(language).verdict[verdict]}</Chip>
              </td>
              <td>{red}</td>
              <td>{yellow}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
