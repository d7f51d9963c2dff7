import type { JSX } from 'react';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatCount } from '../ui/format.ts';
import { AddPersonSheet, type Prefill } from './add-person-sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { RollCallCard } from './roll-call-card.tsx';

/** Roll calls after the first, the head-count, and the supervisors expected. */
export function HallPart({ of }: { of: ChosenSitting }): JSX.Element {
  const { state } = of.sitting;
  const running = state === 'open' || state === 'live';
  return (
    <div className="people-hall">
      <RollCallCard of={of} running={running} />
      <div className="people-hall-side">
        <HeadCountCard of={of} />
        {of.hall.supervisors.length > 0 && <SupervisorsCard of={of} running={running} />}
      </div>
    </div>
  );
}

function HeadCountCard({ of }: { of: ChosenSitting }): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const [counted, setCounted] = useState('');
  const [reason, setReason] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  useHoldSitting(of, counted !== '' || reason !== '');
  const count = /^\d{1,5}$/u.test(counted) ? Number(counted) : null;
  const { headCount, totals } = of.hall;
  const differs = count !== null && count !== totals.inHall;
  const save = async (): Promise<void> => {
    if (count === null) return;
    const answer = await call('console/people/head-count', {
      sittingId: of.id,
      counted: count,
      ...(differs && reason.trim() !== '' ? { reason } : {}),
    });
    setSaid(answer.ok ? null : texts.fault(answer));
    if (!answer.ok) return;
    setCounted('');
    setReason('');
  };
  return (
    <Card title={t('people.count.title')} icon="desk">
      <p>{t('people.count.inHall', { count: totals.inHall, n: formatCount(totals.inHall, language) })}</p>
      {headCount && (
        <p className="board-strong">
          {t(headCount.counted === totals.inHall ? 'people.count.lastSame' : 'people.count.lastDiffers', {
            count: headCount.counted,
            counted: formatCount(headCount.counted, language),
            n: formatCount(Math.abs(headCount.counted - totals.inHall), language),
          })}{' '}
          {headCount.reason && t('people.count.lastReason', { reason: headCount.reason })}
        </p>
      )}
      <label className="people-field">
        <span>{t('people.count.counted')}</span>
        <input
          className="board-input people-time"
          inputMode="numeric"
          value={counted}
          onChange={(event) => setCounted(event.target.value.replace(/\D/gu, ''))}
        />
      </label>
      {differs && (
        <label className="people-field">
          <span>{t('people.count.reason')}</span>
          <input className="board-input" value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />
        </label>
      )}
      <div>
        <Button
          tone="primary"
          disabled={count === null || (differs && reason.trim() === '')}
          onClick={() => void save()}
        >
          {t('people.count.save')}
        </Button>
      </div>
      <p role="alert" className="people-said">
        {said}
      </p>
    </Card>
  );
}

function SupervisorsCard(props: { of: ChosenSitting; running: boolean }): JSX.Element {
  const { t } = useTexts();
  const [adding, setAdding] = useState<Prefill | null>(null);
  return (
    <Card title={t('people.supervisors.title')} icon="info">
      <ul className="people-calls">
        {props.of.hall.supervisors.map(({ name, position, unit, personId }) => (
          <li key={name}>
            <strong>{name}</strong>
            <span>{[position, unit].filter(Boolean).join(' · ')}</span>
            {personId !== null && (
              <span className="people-status people-status-present">{t('people.supervisors.here')}</span>
            )}
            {personId === null && props.running && (
              <Button
                onClick={() => setAdding({ kind: 'supervisor', name, position: position ?? '', unit: unit ?? '' })}
              >
                {t('people.supervisors.add')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <AddPersonSheet of={props.of} prefill={adding} onDone={() => undefined} onClose={() => setAdding(null)} />
      )}
    </Card>
  );
}
