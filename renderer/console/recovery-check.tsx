import type { JSX } from 'react';
import { useState } from 'react';
import type { CheckRecoveryAnswer } from '../../electron/contract/api-keys.ts';
import { unreachable } from '../../electron/shared/result.ts';
import type { Answer } from '../client/call.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Verdict } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** The code is typed back from the paper, so that a slip of the pen is found while the code can still be made again. */
export function RecoveryCheckSheet({ sheet, onClose }: { sheet: string; onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  const [answer, setAnswer] = useState<Answer<'console/keys/check-code'> | null>(null);
  const check = async (): Promise<void> => setAnswer(await call('console/keys/check-code', { code }));
  const says = answer && sayAnswer(answer);
  return (
    <Sheet
      title={t('keys.checkTitle', { sheet })}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common.close')}
          </Button>
          <Button size="large" tone="primary" disabled={code.trim() === ''} onClick={() => void check()}>
            {t('keys.checkDo')}
          </Button>
        </>
      }
    >
      <p>{t('keys.checkHow')}</p>
      <input
        className="board-input recovery-input"
        aria-label={t('keys.checkTitle', { sheet })}
        inputMode="numeric"
        autoComplete="off"
        maxLength={80}
        value={code}
        onChange={(event) => {
          setCode(event.target.value);
          setAnswer(null);
        }}
        onKeyDown={(event) => event.key === 'Enter' && code.trim() !== '' && void check()}
      />
      <output>
        {says && <Verdict tone={answer.ok ? 'ok' : 'bad'}>{t(`keys.check.${says.key}`, says.facts)}</Verdict>}
      </output>
    </Sheet>
  );
}

type Says = 'right' | Exclude<CheckRecoveryAnswer, { ok: true }>['error'] | 'unreachable';

function sayAnswer(answer: Answer<'console/keys/check-code'>): { key: Says; facts: Record<string, number> } {
  if (answer.ok) return { key: 'right', facts: {} };
  switch (answer.error) {
    case 'wrong_length':
      return { key: 'wrong_length', facts: { digits: answer.digits, wanted: answer.wanted } };
    case 'wrong_group':
      return { key: 'wrong_group', facts: { group: answer.group } };
    case 'wrong_check':
    case 'no_file':
    case 'other_code':
      return { key: answer.error, facts: {} };
    case 'invalid_input':
    case 'locked':
    case 'unreachable':
      return { key: 'unreachable', facts: {} };
    default:
      return unreachable(answer);
  }
}
