import type { JSX } from 'react';
import { useState } from 'react';
import type { CheckOutcome } from '../../electron/contract/checks.ts';
import { checkTexts, sayCheck } from '../../electron/shared/checks/say-check.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { useScanner } from '../ui/use-scanner.ts';
import type { Commands } from './use-command.ts';

interface Item {
  outcome: CheckOutcome;
  commands: Commands;
}

/** A check that needs a hand: what is so, the next step, and for loudspeaker and scanner the question itself. */
export function CheckTodo({ outcome, commands }: Item): JSX.Element {
  const { language } = useTexts();
  const { title, says, next } = sayCheck(outcome, language);
  const isRed = outcome.state === 'red';
  return (
    <li className={`check-todo check-todo-${outcome.state}`} data-check={outcome.check} data-word={outcome.word}>
      <Icon name="alert" />
      <div className="check-text">
        <h4>
          {title}
          <Chip tone={isRed ? 'bad' : 'warn'}>{checkTexts(language).state[outcome.state]}</Chip>
        </h4>
        <p>{says}</p>
        {next !== null && <p className="check-next">{next}</p>}
        {outcome.check === 'sound' && <SoundQuestion commands={commands} />}
        {outcome.check === 'scanner' && <ScannerQuestion commands={commands} />}
        {outcome.check === 'autostart' && outcome.word !== 'unknown' && <AutostartSwitch commands={commands} />}
      </div>
    </li>
  );
}

/** What could not be seen here, or is not for now: said with its next step, and calm. */
export function CheckAside({ outcome }: Pick<Item, 'outcome'>): JSX.Element {
  const { language } = useTexts();
  const { title, says, next } = sayCheck(outcome, language);
  return (
    <li className="check-good check-aside" data-check={outcome.check} data-word={outcome.word}>
      <Icon name="info" />
      <div className="check-text">
        <h4>{title}</h4>
        <p>
          {says} {next}
        </p>
      </div>
    </li>
  );
}

/** A check with nothing to do. */
export function CheckGood({ outcome }: Pick<Item, 'outcome'>): JSX.Element {
  const { language } = useTexts();
  const { title, says } = sayCheck(outcome, language);
  return (
    <li className="check-good" data-check={outcome.check} data-word={outcome.word}>
      <Icon name="check" />
      <div className="check-text">
        <h4>{title}</h4>
        <p>{says}</p>
      </div>
    </li>
  );
}

/** A tone in the hall, then yes or no. */
function SoundQuestion({ commands }: Pick<Item, 'commands'>): JSX.Element {
  const { t } = useTexts();
  const [played, setPlayed] = useState(false);
  const play = (): void => void commands.run('console/test-tone', {}).then(setPlayed);
  const answer = (heard: boolean): void => void commands.run('console/checks/answer', { check: 'sound', heard });
  return (
    <div className="check-question">
      {played && <p aria-live="polite">{t('checks.listen')}</p>}
      <div className="check-buttons">
        <Button icon="sound" onClick={play}>
          {t(played ? 'checks.toneAgain' : 'checks.tone')}
        </Button>
        {played && (
          <>
            <Button tone="primary" icon="check" onClick={() => answer(true)}>
              {t('checks.heard')}
            </Button>
            <Button onClick={() => answer(false)}>{t('checks.notHeard')}</Button>
          </>
        )}
      </div>
    </div>
  );
}

/** The next step at once; afterwards only the machine itself says whether it was taken. */
function AutostartSwitch({ commands }: Pick<Item, 'commands'>): JSX.Element {
  const { t } = useTexts();
  const turnOn = async (): Promise<void> => {
    if (await commands.run('console/settings/autostart', { on: true })) await commands.run('console/checks/run', {});
  };
  return (
    <div className="check-question">
      <div className="check-buttons">
        <Button icon="power" onClick={() => void turnOn()}>
          {t('settings.autostart.turnOn')}
        </Button>
      </div>
    </div>
  );
}

/** Listens to the scanner while it is shown; what is read is only looked at. */
function ScannerQuestion({ commands }: Pick<Item, 'commands'>): JSX.Element {
  const { t } = useTexts();
  useScanner(
    (raw) => void call('console/people/scanner-test', { raw }),
    () => undefined,
  );
  return (
    <div className="check-question">
      <p>{t('checks.scan')}</p>
      <div className="check-buttons">
        <Button onClick={() => void commands.run('console/checks/answer', { check: 'scanner', result: 'none_here' })}>
          {t('checks.noScanner')}
        </Button>
      </div>
    </div>
  );
}
