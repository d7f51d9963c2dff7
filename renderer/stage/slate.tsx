import type { JSX, ReactNode } from 'react';
import type { StageView } from '../../electron/contract/api.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatDay, formatTime } from '../ui/format.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import { Countdown } from './countdown.tsx';
import { SlateFrame } from './slate-frame.tsx';
import type { Layer } from './layer.ts';

const DAY_MS = 24 * 3_600_000;

interface Props {
  layer: Exclude<Layer, { layer: 'picture' }>;
  view: StageView | null;
  clock: CoreClock;
}

/** What the hall sees when no picture moves: which conference, where, the time, and what is happening in plain words. */
export function Slate({ layer, view, clock }: Props): JSX.Element {
  const { t, language } = useTexts(view?.address);
  const now = useNow(clock);
  return (
    <SlateFrame
      organiser={view?.organiser ?? null}
      conference={view?.conference ?? null}
      venue={view ? t('common.venue', { venue: view.venue.name }) : null}
      time={view ? formatTime(now, language) : null}
      day={view ? formatDay(now, language) : null}
      clockNote={view?.clockWrong ? t('stage.clockNote') : null}
    >
      <Happening layer={layer} view={view} now={now} />
    </SlateFrame>
  );
}

function Happening({ layer, view, now }: { layer: Props['layer']; view: StageView | null; now: number }): ReactNode {
  const { t, all: you, language } = useTexts(view?.address);
  switch (layer.layer) {
    case 'starting':
      return <Says title={t('common.starting')} />;
    case 'countdown':
      // By a clock that is days off nothing can be counted down.
      if (view?.clockWrong && Math.abs(layer.startsAt - now) > DAY_MS)
        return <Says over={layer.title} title={t('stage.startsAt', { time: formatTime(layer.startsAt, language) })} />;
      return now < layer.startsAt ? (
        <Countdown
          label={t('stage.startsIn')}
          title={layer.title}
          at={t('stage.startsAt', { time: formatTime(layer.startsAt, language) })}
          remainingMs={layer.startsAt - now}
        />
      ) : (
        <Says over={layer.title} title={t('stage.startingNow')} hint={t('stage.startingNowHint', { you })} />
      );
    case 'waiting':
      return layer.reason === 'no_source' ? (
        <Says over={view?.sitting?.title} title={t('stage.noSourceTitle', { you })} hint={t('stage.noSourceHint')} />
      ) : (
        <Says over={view?.sitting?.title} title={t('stage.waitingTitle')} hint={t('stage.waitingHint')} />
      );
    case 'held':
      return (
        <Says
          over={view?.topic ?? view?.sitting?.title}
          title={t('stage.heldTitle')}
          hint={layer.cause === 'centre' ? t('stage.heldCentre') : t('stage.heldHint', { you })}
        />
      );
    case 'ended':
      return (
        <Says over={view?.sitting?.title} title={t('stage.endingTitle')} hint={t('stage.closingThanks', { you })} />
      );
    case 'break':
      return layer.next && now < layer.next.startsAt ? (
        <Countdown
          heading={t('stage.breakTitle')}
          label={t('stage.breakIn')}
          title={`${t('stage.breakNext')}: ${layer.next.title}`}
          at={t('stage.startsAt', { time: formatTime(layer.next.startsAt, language) })}
          remainingMs={layer.next.startsAt - now}
        />
      ) : (
        <Says title={t('stage.breakTitle')} hint={layer.next ? layer.next.title : undefined} />
      );
    case 'closing':
      return <Says title={t('stage.closingTitle')} hint={t('stage.closingThanks', { you })} />;
    default:
      return unreachable(layer);
  }
}

function Says(props: { over?: string | undefined; title: string; hint?: string | undefined }): JSX.Element {
  return (
    <>
      {props.over && <p className="slate-over">{keepTogether(props.over)}</p>}
      <p className="slate-title">{keepTogether(props.title)}</p>
      {props.hint && <p className="slate-hint">{keepTogether(props.hint)}</p>}
    </>
  );
}
