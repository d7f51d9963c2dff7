import type { JSX } from 'react';
import './stage-cards.css';
import { useTexts } from '../i18n/use-texts.ts';
import { Card } from '../ui/card.tsx';
import type { BoardProps } from './board-props.ts';

/** With a delay longer than this, seconds, what the hall sees next is on disk already. */
const LATE_S = 120;

/** Which source plays, and another one put first by hand; automatic again with one touch. */
export function StageSourceChoice({ view, open, commands }: BoardProps): JSX.Element | null {
  const { t } = useTexts();
  const { sources, chosen } = open.hallSettings;
  if (sources.length === 0) return null;
  const playing = open.stage.state === 'playing' ? open.stage.sourceId : null;
  const choose = (sourceId: string | null): void => {
    if (view.sitting) void commands.run('console/source', { sittingId: view.sitting.id, sourceId });
  };
  return (
    <Card title={t('hall.sources')} icon="signal">
      <fieldset className="stage-sources" aria-label={t('hall.sources')}>
        {sources.length > 1 && (
          <label className="stage-source">
            <input type="radio" name="source" checked={chosen === null} onChange={() => choose(null)} />
            <span>{t('hall.automatic')}</span>
          </label>
        )}
        {sources.map(({ id, host }, i) => (
          <label key={id} className="stage-source">
            {sources.length > 1 && (
              <input type="radio" name="source" checked={chosen === id} onChange={() => choose(id)} />
            )}
            <span>{t('hall.source', { n: i + 1, host })}</span>
            {playing === id && <strong>{t('hall.playing')}</strong>}
          </label>
        ))}
      </fieldset>
      {sources.length > 1 && (open.stage.delayS ?? 0) > LATE_S && (
        <p className="board-small">{t('hall.sourceLater')}</p>
      )}
      <p className="board-small">{t(sources.length > 1 ? 'hall.sourcesHint' : 'hall.oneSource')}</p>
    </Card>
  );
}
