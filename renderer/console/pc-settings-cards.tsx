import type { JSX } from 'react';
import { useState } from 'react';
import type { ProxyChoice, ProxyAnswer, SettingsAnswer } from '../../electron/contract/api-settings.ts';
import { isCause } from '../../electron/shared/causes.ts';
import { call } from '../client/call.ts';
import { LANGUAGES } from '../i18n/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card, Verdict } from '../ui/card.tsx';
import { useSetting } from './use-setting.tsx';
import { VoiceCard } from './voice-card.tsx';

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
      <VoiceCard readAloud={props.settings.readAloud} onChanged={props.onChanged} />
      <ProxyCard {...props} />
    </>
  );
}

function LanguageCard({ settings, onChanged }: CardProps): JSX.Element {
  const { t } = useTexts();
  const { set, failure } = useSetting(onChanged);
  return (
    <Card title={t('pcSettings.language.title')} icon="screen">
      <p className="board-small">{t('pcSettings.language.hint')}</p>
      <fieldset className="settings-choice" aria-label={t('pcSettings.language.title')}>
        {LANGUAGES.map((language) => (
          <Button
            key={language}
            tone={settings.language === language ? 'primary' : 'plain'}
            aria-pressed={settings.language === language}
            onClick={() => void set(call('console/settings/language', { language }))}
          >
            {t(`language.${language}`)}
          </Button>
        ))}
      </fieldset>
      {failure}
    </Card>
  );
}

function LettersCard({ settings, onChanged }: CardProps): JSX.Element {
  const { t } = useTexts();
  const { set, failure } = useSetting(onChanged);
  const { largeLetters } = settings;
  return (
    <Card title={t('pcSettings.letters.title')} icon="desk">
      <Verdict tone={largeLetters ? 'ok' : 'quiet'}>
        {t(largeLetters ? 'pcSettings.letters.on' : 'pcSettings.letters.off')}
      </Verdict>
      <p className="board-small">{t('pcSettings.letters.hint')}</p>
      <div className="board-action">
        <Button icon="desk" onClick={() => void set(call('console/settings/large-letters', { on: !largeLetters }))}>
          {t(largeLetters ? 'pcSettings.letters.turnOff' : 'pcSettings.letters.turnOn')}
        </Button>
      </div>
      {failure}
    </Card>
  );
}

const USES = ['package', 'none', 'address'] as const;
type Refused = Exclude<ProxyAnswer, { ok: true }> | { ok: false; error: 'unreachable' };
const FIELDS = ['address', 'name', 'password'] as const;
const NO_FIELDS = { address: '', name: '', password: '' };
const SENTENCES = {
  not_an_address: 'pcSettings.proxy.notAnAddress',
  login_in_address: 'pcSettings.proxy.loginInAddress',
  no_key: 'pcSettings.proxy.noKey',
  not_written: 'settings.failed.not_written',
  unreachable: 'settings.failed.unreachable',
} as const;

function isRefused(answer: { ok: false; error: string }): answer is Refused {
  return answer.error === 'does_not_work' || Object.hasOwn(SENTENCES, answer.error);
}

function ProxyCard({ settings, onChanged }: CardProps): JSX.Element {
  const { t } = useTexts();
  const { proxy } = settings;
  const [use, setUse] = useState(proxy.use);
  const [fields, setFields] = useState(NO_FIELDS);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  const save = (choice: ProxyChoice, sure = false): void => {
    setBusy(true);
    setRefused(null);
    void call('console/settings/proxy', { choice, sure }).then((answer) => {
      setBusy(false);
      if (answer.ok) setFields(NO_FIELDS);
      else if (isRefused(answer)) setRefused(answer);
      else setRefused({ ok: false, error: 'unreachable' });
      onChanged();
    });
  };

  return (
    <Card title={t('settings.pc.proxy')} icon="forward">
      <Verdict tone={proxy.used === null ? 'quiet' : 'ok'}>
        {proxy.used === null ? t('pcSettings.proxy.direct') : t('pcSettings.proxy.by', { proxy: proxy.used })}
      </Verdict>
      {proxy.hasLogin && <p className="board-small">{t('pcSettings.proxy.hasLogin')}</p>}
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
        <ProxyFields
          fields={fields}
          busy={busy}
          onChange={(next) => {
            setFields(next);
            setRefused(null);
          }}
          onSave={() => save({ use: 'address', ...fields })}
        />
      )}
      <p className="settings-failure" role="alert">
        {refused && <Refusal refused={refused} />}
      </p>
      {refused?.error === 'does_not_work' && (
        <div className="board-action">
          <Button tone="plain" onClick={() => save({ use: 'address', ...fields }, true)}>
            {t('pcSettings.proxy.saveAnyway')}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** Address, and name and password in fields of their own: neither is shown again. */
function ProxyFields(props: {
  fields: typeof NO_FIELDS;
  busy: boolean;
  onChange: (fields: typeof NO_FIELDS) => void;
  onSave: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const { fields, busy } = props;
  const isEmpty = fields.address.trim() === '';
  return (
    <div className="settings-proxy">
      {FIELDS.map((name) => (
        <label key={name}>
          {t(`pcSettings.proxy.${name}`)}
          <input
            type={name === 'password' ? 'password' : 'text'}
            inputMode={name === 'address' ? 'url' : 'text'}
            autoComplete="off"
            spellCheck={false}
            maxLength={name === 'address' ? 300 : 200}
            placeholder={name === 'address' ? '10.0.0.1:3128' : ''}
            value={fields[name]}
            onChange={(event) => props.onChange({ ...fields, [name]: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !isEmpty && !busy) props.onSave();
            }}
          />
        </label>
      ))}
      <Button icon="check" disabled={busy || isEmpty} onClick={props.onSave}>
        {t(busy ? 'pcSettings.proxy.trying' : 'pcSettings.proxy.save')}
      </Button>
    </div>
  );
}

function Refusal({ refused }: { refused: Refused }): string {
  const { t } = useTexts();
  if (refused.error === 'does_not_work')
    return t('pcSettings.proxy.noWay', { cause: isCause(refused.cause) ? t(`causes.says.${refused.cause}`) : '' });
  return t(SENTENCES[refused.error]);
}
