import type { JSX } from 'react';
import { useState } from 'react';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount, formatCountdown, formatDate, inSentence } from '../ui/format.ts';
import { Keypad } from '../ui/keypad.tsx';
import { Sheet } from '../ui/sheet.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { PinDots } from './pin-dots.tsx';
import { proposesRevision } from './proposes-revision.ts';
import { useSay } from './toasts.tsx';
import './lock-screen.css';

const LONGEST = 10;

/** The chair's name, position and remarks, then the PIN. What it goes into is said before. */
export function SignSheet(props: {
  report: ReportView;
  clock: CoreClock;
  /** Begins with the PIN where the name is known; the way back leads to name and remarks. */
  atPin: boolean;
  onClose: () => void;
  onSigned: () => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const say = useSay();
  const { report } = props;
  const { totals } = report;
  const count = (n: number): string => formatCount(n, language);
  const running = report.state === 'open' || report.state === 'live';
  const figures = t(running ? 'report.sign.figuresOpen' : 'report.sign.figures', {
    title: inSentence(report.sitting.title, language),
    day: formatDate(Date.parse(report.sitting.startsAt)),
    present: count(totals.present),
    summoned: count(totals.summoned),
    excused: count(totals.absentExcused),
    unexcused: count(totals.absentUnexcused),
  });
  const sealed = report.state === 'sealed' || report.state === 'delivered';
  const [name, setName] = useState(report.signOff?.name ?? report.chair?.name ?? '');
  const [position, setPosition] = useState(report.signOff?.position ?? report.chair?.position ?? '');
  const [remarks, setRemarks] = useState(report.pending.remarks ?? report.remarks ?? '');
  const [chosen, setChosen] = useState<boolean | null>(null);
  const another = chosen ?? proposesRevision(report, { name, position, remarks });
  const [step, setStep] = useState<'form' | 'pin'>(props.atPin && name.trim() !== '' ? 'pin' : 'form');
  const [pin, setPin] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const sign = async (): Promise<void> => {
    if (pin === '' || busy) return;
    setBusy(true);
    const makeRevision = sealed && another;
    const answer = await call('console/report/sign-off', {
      sittingId: report.sittingId,
      name,
      position,
      remarks,
      pin,
      makeRevision,
    });
    setBusy(false);
    setPin('');
    if (answer.ok) {
      const { revision } = answer;
      if (revision === null) say(t(sealed ? 'report.sign.saidLater' : 'report.sign.saidPending'));
      else say(t(makeRevision ? 'report.sign.saidRevision' : 'report.sign.saidAlready', { revision }));
      return props.onSigned();
    }
    if (answer.error === 'wrong_pin' && answer.retryAfterMs === 0) setRefusal(t('report.failed.wrong_pin'));
    else if (answer.error === 'wrong_pin' || answer.error === 'locked_out')
      setRefusal(t('report.failed.locked_out', { left: formatCountdown(answer.retryAfterMs) }));
    else if (answer.error === 'unreachable') setRefusal(t('console.failed.unreachable'));
    else setRefusal(t('console.failed.general'));
    return undefined;
  };

  if (step === 'form')
    return (
      <Sheet
        wide
        title={t('report.sign.title')}
        onClose={props.onClose}
        actions={
          <>
            <Button size="large" onClick={props.onClose}>
              {t('common.cancel')}
            </Button>
            <Button size="large" tone="primary" disabled={name.trim() === ''} onClick={() => setStep('pin')}>
              {t('report.sign.next')}
            </Button>
          </>
        }
      >
        <p className="sign-figures">{figures}</p>
        <div className="report-form">
          <label>
            {t('report.sign.name')}
            <input className="board-input" value={name} maxLength={200} onChange={(e) => setName(e.target.value)} />
          </label>
          <label>
            {t('report.sign.position')}
            <input
              className="board-input"
              value={position}
              maxLength={200}
              onChange={(e) => setPosition(e.target.value)}
            />
          </label>
          <label className="report-form-wide">
            {t('report.sign.remarks')}
            <textarea
              className="board-input"
              rows={3}
              value={remarks}
              maxLength={5000}
              onChange={(e) => setRemarks(e.target.value)}
            />
          </label>
          {sealed ? (
            <label className="choice report-form-wide">
              <input type="checkbox" checked={another} onChange={(e) => setChosen(e.target.checked)} />
              <span>
                {t('report.sign.makeRevision')}
                <small>{t('report.sign.afterSeal')}</small>
              </span>
            </label>
          ) : (
            <p className="report-form-wide">
              {t(report.state === 'amended' ? 'report.sign.inAmendment' : 'report.sign.beforeSeal')}
            </p>
          )}
        </div>
      </Sheet>
    );
  return (
    <Sheet
      wide
      title={t('report.sign.title')}
      onClose={props.onClose}
      actions={
        <Button size="large" disabled={busy} onClick={() => setStep('form')}>
          {t('common.back')}
        </Button>
      }
    >
      <div className="sign-pin">
        <div>
          <p className="sign-figures">{figures}</p>
          <p>
            <strong>{[name, position].filter(Boolean).join(', ')}</strong>
          </p>
          <p>{t(`report.sign.pin.${report.signOffPin}`)}</p>
          <PinDots length={pin.length} />
          <p className="lock-refusal" role="alert">
            {pin === '' && refusal}
          </p>
        </div>
        <Keypad
          label={t('console.lock.digits')}
          eraseLabel={t('console.lock.erase')}
          enterLabel={t('report.sign.done')}
          disabled={busy}
          onDigit={(digit) => setPin((before) => (before + digit).slice(0, LONGEST))}
          onErase={() => setPin((before) => before.slice(0, -1))}
          onEnter={() => void sign()}
        />
      </div>
    </Sheet>
  );
}
