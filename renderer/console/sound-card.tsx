import type { JSX } from 'react';
import { useEffect, useId, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatTimeWithSeconds } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import type { BoardProps } from './board-props.ts';

interface Output {
  id: string;
  label: string;
}

/** The hall's loudspeaker: chosen by name, tried with a tone, its level shown. */
export function SoundCard({ open, commands, clock }: Pick<BoardProps, 'open' | 'commands' | 'clock'>): JSX.Element {
  const { t } = useTexts();
  const outputs = useOutputs();
  const selectId = useId();
  const [picked, setPicked] = useState<string | null>(null);
  const [testedAt, setTestedAt] = useState<number | null>(null);
  const { audioLevel } = open.stage;
  const remembered = outputs.find((output) => output.label !== '' && output.label === open.sound?.deviceLabel)?.id;
  const current = picked ?? remembered ?? open.sound?.deviceId ?? '';

  const choose = (id: string): void => {
    setPicked(id);
    const label = outputs.find((output) => output.id === id)?.label ?? '';
    void commands.run('console/sound', { deviceId: id, label });
  };

  return (
    <Card title={t('console.sound.title')} icon="sound">
      <label htmlFor={selectId}>{t('console.sound.choose')}</label>
      <select id={selectId} className="board-input" value={current} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('console.sound.standard')}</option>
        {outputs.map((output, i) => (
          <option key={output.id} value={output.id}>
            {output.label || t('console.sound.unnamed', { n: i + 1 })}
          </option>
        ))}
      </select>
      <p className="board-small">
        {t('console.sound.level')}
        {audioLevel === null && `: ${t('console.sound.noLevel')}`}
      </p>
      {audioLevel !== null && <Meter part={audioLevel} whole={1} label={t('console.sound.level')} />}
      <div className="board-action">
        <Button
          icon="sound"
          onClick={() =>
            void commands.run('console/test-tone', {}).then((done) => setTestedAt(done ? clock.now() : null))
          }
        >
          {t('console.sound.test')}
        </Button>
        <p aria-live="polite">
          {testedAt !== null && t('console.sound.tested', { time: formatTimeWithSeconds(testedAt) })}
        </p>
      </div>
    </Card>
  );
}

/** Sound outputs of this PC, kept up to date; the browser's own aliases for the standard one are left out. */
function useOutputs(): Output[] {
  const [outputs, setOutputs] = useState<Output[]>([]);
  useEffect(() => {
    let wanted = true;
    const listDevices = (): void => {
      void navigator.mediaDevices.enumerateDevices().then((devices) => {
        if (!wanted) return;
        setOutputs(
          devices
            .filter(
              (device) => device.kind === 'audiooutput' && !['', 'default', 'communications'].includes(device.deviceId),
            )
            .map((device) => ({ id: device.deviceId, label: device.label })),
        );
      });
    };
    listDevices();
    navigator.mediaDevices.addEventListener('devicechange', listDevices);
    return () => {
      wanted = false;
      navigator.mediaDevices.removeEventListener('devicechange', listDevices);
    };
  }, []);
  return outputs;
}
