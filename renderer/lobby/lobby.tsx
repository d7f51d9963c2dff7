import type { JSX } from 'react';
import { useState } from 'react';
import './lobby.css';
import type { LobbyView } from '../../electron/contract/api-lobby.ts';
import { call } from '../client/call.ts';
import { useView } from '../client/use-view.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { hasText } from '../i18n/has-text.ts';
import { useLanguageOfPc } from '../i18n/use-language-of-pc.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { PlainMessage } from '../ui/plain-message.tsx';
import { Reconnecting } from '../ui/reconnecting.tsx';
import { AddressSheet } from './address-sheet.tsx';
import { LocalSheet } from './local-sheet.tsx';
import { PackageList } from './package-list.tsx';
import { PackageSheet } from './package-sheet.tsx';
import { QuitSheet } from './quit-sheet.tsx';
import { StoredList } from './stored-list.tsx';

const { alarms } = vi.console.stage;

/** The start screen: load a session, rehearse, or go on with one that is stored. One click to choose, one to confirm. */
export function Lobby({ stream }: { stream: ViewStream<'lobby'> }): JSX.Element {
  const { view, lost } = useView(stream);
  useLanguageOfPc(view?.language);
  if (!view) return <PlainMessage text="starting" />;
  return (
    <>
      <StartScreen view={view} />
      <Reconnecting lost={lost && !view.opening} />
    </>
  );
}

function StartScreen({ view }: { view: LobbyView }): JSX.Element {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isFetching, setFetching] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const [isStarting, setStarting] = useState(false);
  const rehearse = (): void => {
    setStarting(true);
    void call('lobby/rehearse', {}).then((answer) => !answer.ok && setStarting(false));
  };
  if (view.opening || isStarting) return <Opening />;
  return (
    <main className="lobby">
      <header className="lobby-head">
        <div>
          <h1>{t('lobby.title')}</h1>
          <p>{t('lobby.subtitle')}</p>
        </div>
        <LanguageSwitch />
        <Button icon="power" onClick={() => setLeaving(true)}>
          {t('lobby.quit')}
        </Button>
      </header>
      <Notices view={view} />
      <div className="lobby-ways">
        <section className="lobby-load" aria-labelledby="lobby-load">
          <div className="lobby-load-head">
            <h2 id="lobby-load">
              <Icon name="report" />
              {t('lobby.load.title')}
            </h2>
            <Button icon="signal" onClick={() => setFetching(true)}>
              {t('lobby.address.open')}
            </Button>
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list is scrolled by keys */}
          <div className="lobby-scroll" tabIndex={0}>
            <PackageList view={view} onChoose={setChosen} />
            <StoredList sessions={view.stored} />
          </div>
        </section>
        <section className="lobby-aside" aria-labelledby="lobby-rehearse">
          <h2 id="lobby-rehearse">
            <Icon name="play" />
            {t('lobby.rehearse.title')}
          </h2>
          <p>{t('lobby.rehearse.hint')}</p>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- one key starts the rehearsal */}
          <Button tone="primary" size="large" icon="play" autoFocus onClick={rehearse}>
            {t('lobby.rehearse.start')}
          </Button>
          <p className="lobby-key">{t('lobby.rehearse.key')}</p>
          <hr />
          <h2>
            <Icon name="board" />
            {t('lobby.local.open')}
          </h2>
          <p>{t('lobby.local.about')}</p>
          <Button onClick={() => setMaking(true)}>{t('lobby.local.start')}</Button>
        </section>
      </div>
      {chosen !== null && <PackageSheet id={chosen} view={view} onClose={() => setChosen(null)} />}
      {isFetching && (
        <AddressSheet
          onFetched={(id) => {
            setFetching(false);
            setChosen(id);
          }}
          onClose={() => setFetching(false)}
        />
      )}
      {isMaking && (
        <LocalSheet
          sessions={view.stored}
          onMade={(id) => {
            setMaking(false);
            setChosen(id);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {isLeaving && <QuitSheet hasPin={view.hasPin} onClose={() => setLeaving(false)} />}
    </main>
  );
}

/** What went wrong before, and what is still owed. */
function Notices({ view }: { view: LobbyView }): JSX.Element | null {
  const { t, language } = useTexts();
  const notices = [
    ...(view.refusal ? [{ tone: 'bad', text: view.refusal[language] }] : []),
    ...view.alarms.map((code) => ({
      tone: 'warn',
      text: hasText(alarms, code) ? t(`console.stage.alarms.${code}`) : t('lobby.alarms', { codes: code }),
    })),
    ...(view.owed > 0 ? [{ tone: 'warn', text: t('lobby.owed', { count: view.owed }) }] : []),
  ];
  if (notices.length === 0) return null;
  return (
    <ul className="lobby-notices" aria-live="polite">
      {notices.map(({ tone, text }) => (
        <li key={text} className={`lobby-notice lobby-notice-${tone}`}>
          <Icon name={tone === 'bad' ? 'alert' : 'info'} />
          {text}
        </li>
      ))}
    </ul>
  );
}

/** The windows of the session come in a moment, in front of this one. */
function Opening(): JSX.Element {
  const { t } = useTexts();
  return (
    <main className="lobby-opening" aria-live="polite">
      <span className="lobby-spinner" aria-hidden="true" />
      <h1>{t('lobby.opening.title')}</h1>
      <p>{t('lobby.opening.hint')}</p>
    </main>
  );
}
