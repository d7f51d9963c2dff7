import type { JSX } from 'react';
import { useState } from 'react';
import type { ProxyChoice, ProxyAnswer, SettingsAnswer } from '../../electron/contract/api-settings.ts';
import { isCause } from '../../electron/shared/causes.ts';
import { call } from '../client/call.ts';
import { LANGUAGES } from '../i18n/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card, Verdict } from '../ui/card.tsx';

interface CardProps {
  settings: SettingsAnswer;
  /** Something was set. */
  onChanged: () => void;
}

/** How this PC speaks, how large the desk writes, and by which proxy it goes out. */
export function PcCards(props: CardProps): JSX.Element {
  return (
    <>
      <LanguageCard {...props} />
      <LettersCard {...props} />
      <ProxyCard {...props} />
    </>
  );
}

function LanguageCard({ settings, onChanged }: CardProps): JSX.Element {
  const { t } = useTexts();
  const [failed, setFailed] = useState(false);
  return (
    <Card title={t('pcSettings.language.title')} icon="screen">
      <p className="board-small">{t('pcSettings.language.hint')}</p>
      <fieldset className="settings-choice" aria-label={t('pcSettings.language.title')}>
        {LANGUAGES.map((language) => (
          <Button
            key={language}
            tone={settings.language === language ? 'primary' : 'plain'}
            aria-pressed={settings.language === language}
            onClick={() =>
              void call('console/settings/language', { language }).then((answer) => {
                setFailed(!answer.ok);
                onChanged();
              })
            }
          >
            {t(`language.${language}`)}
          </Button>
        ))}
      </fieldset>
      <p className="settings-failure" role="alert">
        {failed && t('settings.failed.not_written')}
      </p>
    </Card>
  );
}

function LettersCard({ settings, onChanged }: CardProps): JSX.Element {
  const { t } = useTexts();
  const [failed, setFailed] = useState(false);
  const { largeLetters } = settings;
  return (
    <Card title={t('pcSettings.letters.title')} icon="desk">
      <Verdict tone={largeLetters ? 'ok' : 'quiet'}>
        {t(largeLetters ? 'pcSettings.letters.on' : 'pcSettings.letters.off')}
      </Verdict>
      <p className="board-small">{t('pcSettings.letters.hint')}</p>
      <div className="board-action">
        <Button
          icon="desk"
          onClick={() =>
            void call('console/settings/large-letters', { on: !largeLetters }).then((answer) => {
              setFailed(!answer.ok);
              onChanged();
            })
          }
        >
          {t(largeLetters ? 'pcSettings.letters.turnOff' : 'pcSettings.letters.turnOn')}
        </Button>
      </div>
      <p className="settings-failure" role="alert">
        {failed && t('settings.failed.not_written')}
      </p>
    </Card>
  );
}

const USES = ['package', 'none', 'address'] as const;
type Refused = Exclude<ProxyAnswer, { ok: true }> | { ok: false; error: 'unreachable' };

function ProxyCard({ settings, onChanged }: CardProps): JSX.Element {
  const { t } = useTexts();
  const { proxy } = settings;
  const [use, setUse] = useState(proxy.use);
  const [address, setAddress] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  const save = (choice: ProxyChoice, sure = false): void => {
    setBusy(true);
    setRefused(null);
    void call('console/settings/proxy', { choice, sure }).then((answer) => {
      setBusy(false);
      if (answer.ok) setAddress('');
      else if (answer.error === 'does_not_work' || answer.error === 'not_an_address' || answer.error === 'not_written')
        setRefused(answer);
      else setRefused({ ok: false, error: 'unreachable' });
      onChanged();
    });
  };

  return (
    <Card title={t('settings.pc.proxy')} icon="forward">
      <Verdict tone={proxy.used === null ? 'quiet' : 'ok'}>
        {proxy.used === null ? t('pcSettings.proxy.direct') : t('pcSettings.proxy.by', { proxy: proxy.used })}
      </Verdict>
      <p className="board-small">
        {t('pcSettings.proxy.hint', { ofPackage: proxy.ofPackage ?? t('settings.pc.noProxy') })}
      </p>
      <fieldset className="settings-choice" aria-label={t('settings.pc.proxy')}>
        {USES.map((each) => (
          <Button
            key={each}
            tone={use === each ? 'primary' : 'plain'}
            aria-pressed={use === each}
            disabled={busy}
            onClick={() => {
              setUse(each);
              setRefused(null);
              if (each !== 'address') save({ use: each });
            }}
          >
            {t(`pcSettings.proxy.use.${each}`)}
          </Button>
        ))}
      </fieldset>
      {use === 'address' && (
        <form
          className="settings-proxy"
          onSubmit={(event) => {
            event.preventDefault();
            if (address.trim() !== '' && !busy) save({ use: 'address', address });
          }}
        >
          <label>
            {t('pcSettings.proxy.address')}
            <input
              type="text"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              maxLength={300}
              placeholder="10.0.0.1:3128"
              value={address}
              onChange={(event) => {
                setAddress(event.target.value);
                setRefused(null);
              }}
            />
          </label>
          <Button
            icon="check"
            disabled={busy || address.trim() === ''}
            onClick={() => save({ use: 'address', address })}
          >
            {t(busy ? 'pcSettings.proxy.trying' : 'pcSettings.proxy.save')}
          </Button>
        </form>
      )}
      <p className="settings-failure" role="alert">
        {refused && <Refusal refused={refused} />}
      </p>
      {refused?.error === 'does_not_work' && (
        <div className="board-action">
          <Button tone="plain" onClick={() => save({ use: 'address', address }, true)}>
            {t('pcSettings.proxy.saveAnyway')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Refusal({ refused }: { refused: Refused }): string {
  const { t } = useTexts();
  if (refused.error === 'does_not_work')
    return t('pcSettings.proxy.noWay', { cause: isCause(refused.cause) ? t(`causes.says.${refused.cause}`) : '' });
  if (refused.error === 'not_an_address') return t('pcSettings.proxy.notAnAddress');
  return t(`settings.failed.${refused.error}`);
}
