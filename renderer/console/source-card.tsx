import type { JSX } from 'react';
import type { SourceHealth } from '../../electron/contract/broadcast.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { Tone } from '../ui/card.tsx';
import { Card, Verdict } from '../ui/card.tsx';
import { formatCount, formatTime } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import type { BoardProps } from './board-props.ts';
import { useCodeTexts } from './code-texts.ts';
import { adviseOnSource } from './source-advice.ts';

const TONES: Record<SourceHealth, Tone> = {
  none: 'quiet',
  waiting: 'quiet',
  live: 'ok',
  stale: 'warn',
  unreachable: 'bad',
  ended: 'quiet',
};

/** What comes from the centre, in plain words, and what to do about it. */
export function SourceCard({
  view,
  open,
  clock,
  full = false,
}: Pick<BoardProps, 'view' | 'open' | 'clock'> & { full?: boolean }): JSX.Element {
  const { t, language } = useTexts();
  const now = useNow(clock);
  const { source, interruption } = open;
  const { health, lastAdvanceAt } = source;
  const { failure: failureText } = useCodeTexts();
  // Nothing is good without a moving picture in the hall, and nothing is lost while it moves.
  const tone: Tone = source.seen === 'agrees' ? TONES[health] : source.seen === 'no_picture' ? 'bad' : 'warn';
  const over = view.sitting?.endedAt !== null && view.sitting?.endedBy !== 'ENDLIST';
  const broken = health === 'stale' || health === 'unreachable';
  const { named, nextBy, side } = adviseOnSource(
    tone === 'ok' ? null : source.cause,
    interruption?.cause ?? null,
    broken || source.seen === 'no_picture',
  );
  const next =
    nextBy === 'named' && named
      ? t(`causes.next.${named}`)
      : nextBy === 'side' && interruption
        ? t(`console.source.next.${interruption.cause}`)
        : t(`console.source.${source.seen === 'agrees' ? health : source.seen}Next`);
  const words =
    source.seen !== 'agrees'
      ? t(`console.source.${source.seen}`)
      : health === 'ended' && over
        ? t('console.source.notWatched')
        : health === 'stale' && lastAdvanceAt !== null
          ? t('console.source.stale', {
              seconds: formatCount(Math.max(0, Math.round((now - lastAdvanceAt) / 1000)), language),
            })
          : t(health === 'stale' ? 'console.source.staleShort' : `console.source.${health}`);
  return (
    <Card title={t('console.source.title')} icon="signal" tone={tone}>
      <Verdict tone={tone}>{words}</Verdict>
      <p>
        {named && `${t(`causes.says.${named}`)} `}
        {next}
      </p>
      {interruption && (
        <p className="board-strong">
          {t('console.source.interruptedSince', { time: formatTime(interruption.since, language) })}.
          {side && ` ${t(`console.source.cause.${side}`)}.`}
        </p>
      )}
      {full && (
        <div className="board-small">
          {source.host && <p>{t('console.source.host', { host: source.host })}</p>}
          {source.lastFailure && <p>{t('console.source.lastFailure', { failure: failureText(source.lastFailure) })}</p>}
        </div>
      )}
      {full && source.missing.length > 0 && (
        <p className="board-strong">
          {t('console.source.missingBelow', {
            count: source.missing.length,
            n: formatCount(source.missing.length, language),
          })}
        </p>
      )}
    </Card>
  );
}
