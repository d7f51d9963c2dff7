import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { LobbyView, PreviewPackageAnswer } from '../../electron/contract/api-lobby.ts';
import type { AnswerOf } from '../../electron/contract/endpoints.ts';
import type { Answer } from '../client/call.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Verdict } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ChangeList } from './change-list.tsx';
import { PackageFactsTable } from './package-facts.tsx';

type Preview = Extract<PreviewPackageAnswer, { ok: true }>;
type Failure = Exclude<Answer<'lobby/load'> | Answer<'lobby/preview'>, { ok: true }>;

const SHORTEST_PIN = 6;

/** What a package is and what loading it would change; one button does it. */
export function PackageSheet(props: { id: string; view: LobbyView; onClose: () => void }): JSX.Element {
  const { id, view, onClose } = props;
  const { t } = useTexts();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [allow, setAllow] = useState('');
  const [newPin, setNewPin] = useState('');
  const [isLoading, setLoading] = useState(false);
  useEffect(() => {
    let isShown = true;
    void call('lobby/preview', { id }).then((answer) => {
      if (!isShown) return;
      if (answer.ok) setPreview(answer);
      else setFailure(answer);
    });
    return () => {
      isShown = false;
    };
  }, [id]);

  const mustAllow = (preview?.package.questions.length ?? 0) > 0;
  const isShort = newPin !== '' && newPin.length < SHORTEST_PIN;
  const load = (): void => {
    setLoading(true);
    setFailure(null);
    void call('lobby/load', {
      id,
      ...(mustAllow ? { allow } : {}),
      ...(newPin === '' ? {} : { newPin }),
    }).then((answer: Answer<'lobby/load'> | AnswerOf<'lobby/load'>) => {
      if (answer.ok) return;
      setLoading(false);
      setFailure(answer);
    });
  };

  return (
    <Sheet
      wide
      title={t('lobby.sheet.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            icon="check"
            disabled={
              preview === null ||
              preview.package.fault !== null ||
              isLoading ||
              isShort ||
              (mustAllow && allow.trim() === '')
            }
            onClick={load}
          >
            {t(isLoading ? 'lobby.sheet.loading' : 'lobby.sheet.load')}
          </Button>
        </>
      }
    >
      {!preview && !failure && <p>{t('lobby.sheet.reading')}</p>}
      {preview && (
        <div className="lobby-sheet">
          <PackageFactsTable found={preview.package} />
          <div className="lobby-sheet-side">
            {preview.package.fault ? (
              <Verdict tone="bad">{t(`lobby.fault.${preview.package.fault.code}`)}</Verdict>
            ) : (
              <ChangeList change={preview.change} />
            )}
            {mustAllow && (
              <fieldset className="lobby-allow">
                <legend>{t('lobby.allow.title')}</legend>
                {preview.package.questions.map((question) => (
                  <Verdict key={question} tone="warn">
                    {t(`lobby.question.${question}`)}
                  </Verdict>
                ))}
                <p>{t('lobby.allow.compare', { code: preview.package.facts?.code ?? '' })}</p>
                <label>
                  {t(view.hasPin ? 'lobby.allow.pin' : 'lobby.allow.lastGroup')}
                  <input
                    type={view.hasPin ? 'password' : 'text'}
                    inputMode={view.hasPin ? 'numeric' : 'text'}
                    autoComplete="off"
                    spellCheck={false}
                    value={allow}
                    onChange={(event) => setAllow(event.currentTarget.value)}
                  />
                </label>
                <p className="lobby-key">{t('lobby.allow.stands')}</p>
              </fieldset>
            )}
            {preview.needsPin && (
              <fieldset className="lobby-allow lobby-pin">
                <legend>{t('lobby.pin.title')}</legend>
                <label>
                  {t('lobby.pin.label')}
                  <input
                    type="text"
                    inputMode="numeric"
                    autoComplete="off"
                    maxLength={10}
                    value={newPin}
                    onChange={(event) => setNewPin(event.currentTarget.value.replaceAll(/\D/gu, ''))}
                  />
                </label>
                <p className="lobby-key">{t('lobby.pin.hint')}</p>
              </fieldset>
            )}
          </div>
        </div>
      )}
      <p className="lobby-failure" role="alert">
        {failure && <FailureText failure={failure} />}
      </p>
    </Sheet>
  );
}

function FailureText({ failure }: { failure: Failure }): string {
  const { t, language } = useTexts();
  switch (failure.error) {
    case 'refused':
      return failure.words[language];
    case 'wrong_pin':
    case 'locked_out':
      return failure.retryAfterMs > 0
        ? t('lobby.failed.wait', { seconds: Math.ceil(failure.retryAfterMs / 1000) })
        : t('lobby.failed.wrong_pin');
    case 'invalid_input':
      return t('lobby.failed.wrong_code');
    case 'file_gone':
    case 'wrong_code':
    case 'busy':
    case 'unreachable':
      return t(`lobby.failed.${failure.error}`);
  }
}
