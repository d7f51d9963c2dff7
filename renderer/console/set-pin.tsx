import type { JSX } from 'react';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Keypad } from '../ui/keypad.tsx';
import { PinDots } from './pin-dots.tsx';

/** Choosing the first PIN: twice the same, 6 to 10 digits. */
type Step =
  | { step: 'choose'; pin: string; note: 'differ' | 'failed' | null }
  | { step: 'repeat'; chosen: string; pin: string };

const SHORTEST = 6;
const LONGEST = 10;

/** Sets the technician's PIN at a venue that has none, then opens the console with it. */
export function SetPin(): JSX.Element {
  const { t } = useTexts();
  const [step, setStep] = useState<Step>({ step: 'choose', pin: '', note: null });
  const { pin } = step;

  const enter = (): void => {
    if (pin.length < SHORTEST) return;
    if (step.step === 'choose') setStep({ step: 'repeat', chosen: pin, pin: '' });
    else if (step.chosen !== pin) setStep({ step: 'choose', pin: '', note: 'differ' });
    else
      void call('console/set-pin', { pin, role: 'technician' }).then(async (set) => {
        if (set.ok) await call('console/unlock', { pin, role: 'technician' });
        else setStep({ step: 'choose', pin: '', note: 'failed' });
      });
  };

  const note = step.step === 'choose' ? step.note : null;
  return (
    <div className="lock-entry">
      <p className="lock-prompt">{t(step.step === 'choose' ? 'console.lock.setFirst' : 'console.lock.setAgain')}</p>
      <PinDots length={pin.length} />
      <p className="lock-refusal" role="alert">
        {note === 'differ' && t('console.lock.setDiffer')}
        {note === 'failed' && t('console.failed.unreachable')}
      </p>
      <Keypad
        label={t('console.lock.digits')}
        eraseLabel={t('console.lock.erase')}
        enterLabel={t(step.step === 'choose' ? 'console.lock.next' : 'console.lock.save')}
        disabled={false}
        onDigit={(digit) => setStep({ ...step, pin: (pin + digit).slice(0, LONGEST) })}
        onErase={() => setStep({ ...step, pin: pin.slice(0, -1) })}
        onEnter={enter}
      />
    </div>
  );
}
