import type { JSX } from 'react';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { Tone } from '../ui/card.tsx';
import { Card, Facts, Verdict } from '../ui/card.tsx';
import { formatDecimal } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useCodeTexts } from './code-texts.ts';
import type { BoardProps } from './board-props.ts';

/** What is wrong with picture and sound now, by codes that have words. */
function listAlarms({ alarms, muted, state }: ConsoleOpenView['stage']): string[] {
  return muted && state === 'playing' ? ['muted', ...alarms] : alarms;
}

function toneOf(stage: ConsoleOpenView['stage'], displays: number): Tone {
  if (!stage.connected || stage.state === 'failed') return 'bad';
  if (listAlarms(stage).length > 0 || stage.state === 'stalled') return 'warn';
  // With one display the console lies over the picture: the hall may see nothing of it.
  if (stage.state === 'playing' && displays < 2) return 'warn';
  return stage.state === 'playing' ? 'ok' : 'quiet';
}

/** The hall's screen as this PC knows it: alive, how far behind, what is wrong. */
export function StageCard({ view, open, commands, full = false }: BoardProps & { full?: boolean }): JSX.Element {
  const { t, language } = useTexts();
  const { alarm: alarmText } = useCodeTexts();
  const { stage } = open;
  const tone = toneOf(stage, open.displays);
  const seconds = (n: number | null): string =>
    n === null ? '–' : t('console.stage.seconds', { n: formatDecimal(n, language) });
  const words = !stage.connected
    ? t('console.stage.gone')
    : stage.state
      ? stage.state === 'playing' && open.displays < 2
        ? t('console.stage.playingBehind')
        : t(`console.stage.player.${stage.state}`)
      : t('console.stage.connected');
  const goToLive = (): void => {
    if (view.sitting) void commands.run('console/back-to-live', { sittingId: view.sitting.id });
  };
  return (
    <Card title={t('console.stage.title')} icon="screen" tone={tone}>
      <Verdict tone={tone}>{words}</Verdict>
      {!stage.connected && <p>{t('console.stage.goneNext')}</p>}
      {listAlarms(stage).map((alarm) => (
        <p key={alarm} className="board-alarm" role="alert">
          <Icon name="alert" /> {alarmText(alarm)}
        </p>
      ))}
      {stage.connected && (
        <Facts
          facts={[
            // A picture that stands has no delay worth a number.
            [t('console.stage.delay'), seconds(stage.state === 'playing' ? stage.delayS : null)],
            [t('console.stage.buffer'), seconds(stage.bufferS)],
            ...(full
              ? ([
                  [
                    t('console.stage.height'),
                    stage.heightPx === null ? '–' : t('console.stage.lines', { n: stage.heightPx }),
                  ],
                  [t('console.stage.displays'), String(open.displays)],
                  ...(open.evidence
                    ? ([
                        [
                          t('console.stage.minutesShown'),
                          t('console.stage.minutes', { n: formatDecimal(open.evidence.minutesShown, language) }),
                        ],
                        [t('console.stage.interruptions'), String(open.evidence.interruptions.length)],
                      ] as const)
                    : []),
                ] as const)
              : []),
          ]}
        />
      )}
      {full && open.displays === 1 && <p className="board-small">{t('console.stage.oneDisplay')}</p>}
      {full && (
        <div className="board-action">
          <Button icon="live" disabled={!stage.connected} onClick={goToLive}>
            {t('console.stage.backToLive')}
          </Button>
          <p className="board-small">{t('console.stage.backToLiveHint')}</p>
        </div>
      )}
    </Card>
  );
}
