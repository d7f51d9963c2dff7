import type { JSX } from 'react';
import { useState } from 'react';
import type { RollCallView } from '../../electron/contract/api-attendance.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatCount, formatTime } from '../ui/format.ts';
import type { ChosenSitting } from './chosen-sitting.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { CancelRollCallSheet, CloseRollCallSheet } from './roll-call-sheets.tsx';

type Asked = { ask: 'close'; thenOpen: string | null } | { ask: 'cancel'; rollCall: RollCallView };

/** Roll calls after the first: opened, closed after a look at who is missing, and taken back. */
export function RollCallCard({ of, running }: { of: ChosenSitting; running: boolean }): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { rollCalls } = of.hall;
  const sittingId = of.id;
  const now = rollCalls.find((each) => each.closedAt === null);
  const changeable = running || of.sitting.state === 'ended' || of.sitting.state === 'amended';
  const open = (title: string): void => {
    // Opening one closes the one that runs, so that is asked first.
    if (now) return setAsked({ ask: 'close', thenOpen: title });
    void call('console/people/roll-call/open', { sittingId, title }).then((answer) =>
      setSaid(answer.ok ? null : texts.fault(answer)),
    );
    return undefined;
  };
  return (
    <Card title={t('people.roll.title')} icon="board" tone={now ? 'ok' : 'quiet'}>
      <ol className="people-calls">
        <li>{t('people.roll.first')}</li>
        {rollCalls.map((each) => (
          <li key={each.id} className={each.closedAt === null ? 'people-call-now' : undefined}>
            <strong>{each.title}</strong>
            <span>
              {each.closedAt === null
                ? t('people.roll.running', { time: formatTime(each.openedAt, language) })
                : t('people.roll.over', {
                    from: formatTime(each.openedAt, language),
                    to: formatTime(each.closedAt, language),
                  })}
            </span>
            <span>
              {each.cancelled
                ? t('people.roll.cancelled', { reason: each.cancelled.reason })
                : t('people.roll.confirmed', { n: formatCount(each.confirmed, language) })}
            </span>
            {changeable && !each.cancelled && (
              <Button
                tone="quiet"
                aria-label={t('people.roll.cancelOf', { title: each.title })}
                onClick={() => setAsked({ ask: 'cancel', rollCall: each })}
              >
                {t('people.roll.cancel')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {running && (
        <div className="people-acts">
          {now && (
            <Button tone="primary" size="large" icon="stop" onClick={() => setAsked({ ask: 'close', thenOpen: null })}>
              {t('people.roll.close')}
            </Button>
          )}
          {now?.title !== t('people.roll.mid') && (
            <Button
              tone={now ? 'plain' : 'primary'}
              size="large"
              icon="play"
              onClick={() => open(t('people.roll.mid'))}
            >
              {t('people.roll.openMid')}
            </Button>
          )}
          {now?.title !== t('people.roll.end') && (
            <Button size="large" icon="play" onClick={() => open(t('people.roll.end'))}>
              {t('people.roll.openEnd')}
            </Button>
          )}
        </div>
      )}
      <p className="board-small">{t('people.roll.hint')}</p>
      <p role="alert" className="people-said">
        {said}
      </p>
      {asked?.ask === 'close' && (
        <CloseRollCallSheet of={of} thenOpen={asked.thenOpen} onClose={() => setAsked(null)} />
      )}
      {asked?.ask === 'cancel' && (
        <CancelRollCallSheet of={of} rollCall={asked.rollCall} onClose={() => setAsked(null)} />
      )}
    </Card>
  );
}
