import type { JSX } from 'react';
import { useState } from 'react';
import './lock-screen.css';
import type { ConsoleRole, ConsoleView } from '../../electron/contract/api.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCountdown } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Keypad } from '../ui/keypad.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import { RehearsalChip } from '../ui/watermark.tsx';
import { PinDots } from './pin-dots.tsx';
import { useGiveBack } from './use-give-back.ts';
import { SetPin } from './set-pin.tsx';

const ROLES: readonly ConsoleRole[] = ['technician', 'chair'];

/** The lock: a PIN by touch or keyboard; the first visitor of a venue without one sets it. */
export function LockScreen({ view, clock }: { view: ConsoleView; clock: CoreClock }): JSX.Element {
  const { t } = useTexts();
  useGiveBack();
  return (
    <main className="lock-screen">
      <div className="lock-top">
        {view.rehearsal && <RehearsalChip word={t('common.rehearsal')} />}
        <LanguageSwitch />
      </div>
      <div className="lock-event">
        <Icon name="lock" className="lock-icon" />
        <h1>{t(view.pinMissing ? 'console.lock.setTitle' : 'console.lock.title')}</h1>
        <p>{view.conference}</p>
        <p>{t('common.venue', { venue: view.venue.name })}</p>
        {view.practicePin && <p className="lock-practice">{t('console.lock.practice', { pin: view.practicePin })}</p>}
        {view.hotline && <p>{t('common.hotline', { hotline: view.hotline })}</p>}
        <div className="lock-windows">
          <Button icon="desk" onClick={() => void call('console/show', { role: 'desk' })}>
            {t('console.bar.toDesk')}
          </Button>
          <Button icon="screen" onClick={() => void call('console/show', { role: 'stage' })}>
            {t('console.bar.toStage')}
          </Button>
        </div>
      </div>
      {view.pinMissing ? <SetPin /> : <EnterPin view={view} clock={clock} />}
    </main>
  );
}

type Refusal = { code: 'wrong_pin' | 'locked_out' | 'unreachable' | 'other'; until: number };

function EnterPin({ view, clock }: { view: ConsoleView; clock: CoreClock }): JSX.Element {
  const { t } = useTexts();
  const now = useNow(clock);
  const [role, setRole] = useState<ConsoleRole>('technician');
  const [pin, setPin] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const sent = view.lockedOutForMs > 0 ? view.now + view.lockedOutForMs : 0;
  const until = Math.max(sent, refusal?.until ?? 0);
  const out = until > now;

  const unlock = (): void => {
    if (pin === '' || out) return;
    setPin('');
    void call('console/unlock', { pin, role }).then((answer) => {
      if (answer.ok) setRefusal(null);
      else if (answer.error === 'wrong_pin' || answer.error === 'locked_out')
        setRefusal({ code: answer.error, until: clock.now() + answer.retryAfterMs });
      else setRefusal({ code: answer.error === 'unreachable' ? 'unreachable' : 'other', until: 0 });
    });
  };

  return (
    <div className="lock-entry">
      <fieldset className="lock-roles" aria-label={t('console.lock.role')}>
        {ROLES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={role === each}
            onClick={(event) => {
              setRole(each);
              // Each role waits for itself.
              setRefusal(null);
              // Enter after the digits opens the console; it must not press the role once more.
              event.currentTarget.blur();
            }}
          >
            {t(`console.lock.${each}`)}
          </button>
        ))}
      </fieldset>
      <p className="lock-prompt">{t('console.lock.enterPin')}</p>
      <PinDots length={pin.length} />
      <p className="lock-refusal" role="alert">
        {out
          ? t(refusal?.code === 'wrong_pin' ? 'console.lock.wrongWait' : 'console.lock.lockedOut', {
              left: formatCountdown(until - now),
            })
          : refusal && pin === '' && <RefusalText code={refusal.code} />}
      </p>
      <Keypad
        label={t('console.lock.digits')}
        eraseLabel={t('console.lock.erase')}
        enterLabel={t('console.lock.unlock')}
        disabled={out}
        onDigit={(digit) => setPin((before) => (before + digit).slice(0, 10))}
        onErase={() => setPin((before) => before.slice(0, -1))}
        onEnter={unlock}
      />
    </div>
  );
}

function RefusalText({ code }: { code: Refusal['code'] }): string {
  const { t } = useTexts();
  if (code === 'unreachable') return t('console.failed.unreachable');
  if (code === 'other') return t('console.failed.general');
  return t('console.lock.wrong');
}
