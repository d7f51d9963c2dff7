import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card, Verdict } from '../ui/card.tsx';
import { browserSynthesis, createSpeaker, watchVoice } from '../ui/speech.ts';
import { useSetting } from './use-setting.tsx';

/** Reading outcomes aloud at the desk. Without a Vietnamese voice on this PC it cannot be switched on, and the card says why. */
export function VoiceCard({ readAloud, onChanged }: { readAloud: boolean; onChanged: () => void }): JSX.Element {
  const { t } = useTexts();
  const { set, failure } = useSetting(onChanged);
  const [hasVoice, setHasVoice] = useState<boolean | null>(null);
  const [speaker] = useState(() => createSpeaker(browserSynthesis()));
  useEffect(() => watchVoice(browserSynthesis(), setHasVoice), []);
  useEffect(() => () => speaker.stop(), [speaker]);
  const isHeard = readAloud && hasVoice === true;
  const state = hasVoice === false ? (readAloud ? 'onWithoutVoice' : 'noVoice') : readAloud ? 'on' : 'off';
  return (
    <Card title={t('voice.title')} icon="sound">
      <Verdict tone={isHeard ? 'ok' : readAloud && hasVoice === false ? 'warn' : 'quiet'}>
        {t(`voice.${state}`)}
      </Verdict>
      <p className="board-small">{t(hasVoice === false ? 'voice.howToGetOne' : 'voice.hint')}</p>
      <div className="board-action">
        {(readAloud || hasVoice === true) && (
          <Button icon="sound" onClick={() => void set(call('console/settings/read-aloud', { on: !readAloud }))}>
            {t(readAloud ? 'voice.turnOff' : 'voice.turnOn')}
          </Button>
        )}
        {hasVoice === true && (
          <Button tone="plain" onClick={() => speaker.say(t('voice.sample'))}>
            {t('voice.try')}
          </Button>
        )}
      </div>
      {failure}
    </Card>
  );
}
