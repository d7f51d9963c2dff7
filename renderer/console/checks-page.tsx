import type { JSX } from 'react';
import { Fragment, useState } from 'react';
import type { CheckOutcome } from '../../electron/contract/checks.ts';
import { CHECKS } from '../../electron/contract/checks.ts';
import { checkTexts } from '../../electron/shared/checks/say-check.ts';
import { CHECK_GROUPS, groupOf, type CheckGroup } from '../../electron/shared/checks/verdict.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Meter } from '../ui/meter.tsx';
import type { BoardProps } from './board-props.ts';
import { CheckRuns } from './check-runs.tsx';
import { CheckAside, CheckGood, CheckTodo } from './checks-items.tsx';
import './checks.css';
import { PrintSheet } from './print-sheet.tsx';
import { SaveSheet } from './save-sheet.tsx';
import { useChecks } from './use-checks.ts';

const PRINTED = ['checks'] as const;
const TONES = { ready: 'ok', ready_with_remarks: 'warn', not_ready: 'bad' } as const;

/** Checks before the hour: one word on top, then what needs a hand, then what is good. */
export function ChecksPage({ view: { sitting }, open, commands }: BoardProps): JSX.Element {
  const [sheet, setSheet] = useState<'save' | 'print' | null>(null);
  const { t, language } = useTexts();
  const view = useChecks(open.checks);
  const { running = null, verdict = null, finishedAt = null } = open.checks ?? {};
  const outcomes = view?.outcomes ?? [];
  const of = (...groups: CheckGroup[]) => outcomes.filter((outcome) => groups.includes(groupOf(outcome)));
  const todo = of('red', 'yellow').toSorted(byUrgency);
  const aside = of('aside');
  const good = of('green');
  const word = running
    ? t('checks.running')
    : verdict === null
      ? t('checks.never')
      : checkTexts(language).verdict[verdict];
  const tone = running || verdict === null ? 'quiet' : TONES[verdict];
  const listFigures = (): string[] => [
    ...CHECK_GROUPS.map((group) => ({ group, count: of(group).length }))
      .filter(({ count }) => count > 0)
      .map(({ group, count }) => t(`checks.counts.${group}`, { count })),
    ...(finishedAt === null ? [] : [t('checks.at', { time: formatTime(finishedAt, language) })]),
  ];
  const run = (): void => void commands.run('console/checks/run', {});
  return (
    <div className="checks-page">
      <section className={`checks-head checks-head-${tone}`} aria-label={t('checks.title')}>
        <div className="checks-word" aria-live="polite">
          <Icon name={tone === 'ok' ? 'check' : tone === 'quiet' ? 'hourglass' : 'alert'} />
          <div>
            <h2 data-testid="checks-word">{word}</h2>
            {running ? (
              <p>{t('checks.progress', running)}</p>
            ) : verdict === null ? (
              <p>{t('checks.neverHint', { count: Object.keys(CHECKS).length })}</p>
            ) : (
              <p>
                {listFigures().map((figure, i) => (
                  <Fragment key={figure}>
                    {i > 0 && ' · '}
                    <span>{figure}</span>
                  </Fragment>
                ))}
              </p>
            )}
          </div>
        </div>
        <div className="checks-buttons">
          {verdict !== null && view?.outcomes.length !== 0 && sitting && (
            <>
              <Button size="large" icon="report" disabled={running !== null} onClick={() => setSheet('save')}>
                {t('checks.save')}
              </Button>
              <Button size="large" disabled={running !== null} onClick={() => setSheet('print')}>
                {t('print.open')}
              </Button>
            </>
          )}
          <Button tone="primary" size="large" disabled={running !== null} onClick={run}>
            {t(verdict === null ? 'checks.start' : 'checks.again')}
          </Button>
        </div>
        {running && <Meter part={running.done} whole={running.total} label={t('checks.running')} />}
      </section>
      {view?.nextAt !== null && view?.nextAt !== undefined && (
        <p className="checks-next">{t('checks.next', { time: formatTime(view.nextAt, language) })}</p>
      )}
      {todo.length > 0 && (
        <section aria-labelledby="checks-todo">
          <h3 id="checks-todo">{t('checks.todo')}</h3>
          <ul className="checks-todo">
            {todo.map((outcome) => (
              <CheckTodo key={outcome.check} outcome={outcome} commands={commands} />
            ))}
          </ul>
        </section>
      )}
      {aside.length > 0 && (
        <section aria-labelledby="checks-aside">
          <h3 id="checks-aside">{t('checks.aside')}</h3>
          <ul className="checks-good">
            {aside.map((outcome) => (
              <CheckAside key={outcome.check} outcome={outcome} />
            ))}
          </ul>
        </section>
      )}
      {good.length > 0 && (
        <section aria-labelledby="checks-good">
          <h3 id="checks-good">{t('checks.good')}</h3>
          <ul className="checks-good">
            {good.map((outcome) => (
              <CheckGood key={outcome.check} outcome={outcome} />
            ))}
          </ul>
        </section>
      )}
      {view && view.runs.length > 0 && <CheckRuns runs={view.runs} />}
      {sheet === 'save' && sitting && (
        <SaveSheet sittingId={sitting.id} revision={null} only={PRINTED} open={open} onClose={() => setSheet(null)} />
      )}
      {sheet === 'print' && sitting && (
        <PrintSheet sittingId={sitting.id} kinds={PRINTED} onClose={() => setSheet(null)} />
      )}
    </div>
  );
}

/** What endangers the sitting first; else in the order of the list. */
function byUrgency(a: CheckOutcome, b: CheckOutcome): number {
  return Number(a.state !== 'red') - Number(b.state !== 'red');
}
