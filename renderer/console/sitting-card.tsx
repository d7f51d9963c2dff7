import type { JSX } from 'react';
import type { SittingView } from '../../electron/contract/api.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { Tone } from '../ui/card.tsx';
import { Card, Verdict } from '../ui/card.tsx';
import { formatTime } from '../ui/format.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import type { BoardProps } from './board-props.ts';

const TONES: Record<SittingView['state'], Tone> = {
  prepared: 'quiet',
  open: 'ok',
  live: 'ok',
  ended: 'quiet',
  sealed: 'quiet',
  delivered: 'ok',
  amended: 'quiet',
};

/** The sitting now, how it stands, and the one thing to do next. */
export function SittingCard(props: {
  sitting: SittingView | null;
  /** The centre sends a moving picture. */
  sourceIsLive: boolean;
  clock: CoreClock;
  ask: BoardProps['ask'];
}): JSX.Element {
  const { t, language } = useTexts();
  const { sitting } = props;
  if (!sitting)
    return (
      <Card title={t('console.sitting.now')} icon="board">
        <Verdict tone="quiet">{t('console.sitting.none')}</Verdict>
      </Card>
    );
  const tone = TONES[sitting.state];
  return (
    <Card title={t('console.sitting.now')} icon="board" tone={tone} className="sitting-card">
      <div className="sitting-what">
        <p className="sitting-title">
          {keepTogether(sitting.title)}
          <span>
            {t('console.sitting.plan', {
              from: formatTime(sitting.startsAt, language),
              to: formatTime(sitting.endsAt, language),
            })}
          </span>
        </p>
        <State sitting={sitting} tone={tone} clock={props.clock} />
        <Detail sitting={sitting} />
      </div>
      <NextAction {...props} sitting={sitting} />
    </Card>
  );
}

/** A picture before its time does not make the sitting one that is going on. */
function State({ sitting, tone, clock }: { sitting: SittingView; tone: Tone; clock: CoreClock }): JSX.Element {
  const { t } = useTexts();
  const now = useNow(clock);
  const early = sitting.state === 'live' && now < sitting.startsAt;
  return <Verdict tone={tone}>{t(`console.state.${early ? 'early' : sitting.state}`)}</Verdict>;
}

function Detail({ sitting }: { sitting: SittingView }): JSX.Element | null {
  const { t, language } = useTexts();
  if (sitting.endedAt !== null && sitting.endedBy !== null)
    return <p>{t(`console.sitting.endedBy.${sitting.endedBy}`, { time: formatTime(sitting.endedAt, language) })}</p>;
  if (sitting.ending)
    return <p>{t(`console.sitting.${sitting.endedBy === 'province' ? 'endingByProvince' : 'ending'}`)}</p>;
  if (sitting.state === 'prepared')
    return <p>{t('console.sitting.opensBy', { time: formatTime(sitting.opensAt, language) })}</p>;
  return null;
}

const REOPEN_OFFERED_MS = 2 * 60 * 60_000;

function NextAction({
  sitting,
  sourceIsLive,
  clock,
  ask,
}: {
  sitting: SittingView;
  sourceIsLive: boolean;
  clock: CoreClock;
  ask: BoardProps['ask'];
}): JSX.Element | null {
  const { t } = useTexts();
  const now = useNow(clock);
  switch (sitting.state) {
    case 'prepared':
      return (
        <Button tone="primary" size="large" icon="play" onClick={() => ask({ ask: 'open_sitting', sitting })}>
          {t('console.sitting.open')}
        </Button>
      );
    case 'open':
    case 'live': {
      // A sitting ends by itself; the button asks for attention only when it is due and nothing ended it.
      const due = now >= sitting.endsAt && !sourceIsLive;
      return (
        <Button
          tone={due ? 'primary' : 'plain'}
          size="large"
          icon="stop"
          onClick={() => ask({ ask: 'end_sitting', sitting })}
        >
          {t('console.sitting.end')}
        </Button>
      );
    }
    case 'sealed':
    case 'delivered':
      // The way back from an end that came too soon, for as long as the day of the sitting lasts.
      return now < sitting.endsAt + REOPEN_OFFERED_MS ? (
        <Button onClick={() => ask({ ask: 'reopen_sitting', sitting })}>{t('console.sitting.reopen')}</Button>
      ) : null;
    case 'ended':
    case 'amended':
      return null;
    default:
      return unreachable(sitting.state);
  }
}
