import type { JSX } from 'react';
import './arrivals.css';
import type { ArrivalSteps } from '../../electron/contract/api-attendance.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatCount, formatTime } from '../ui/format.ts';

/** A time stands under every third bar. */
const LABEL_EVERY = 3;
const BAR_HEIGHT = 100;
/** So that one person is seen beside two hundred. */
const LEAST_HEIGHT = 3;

/** When people came, five minutes a bar: whether the door still needs a second helper, and when the queue was longest. */
export function Arrivals({ arrivals }: { arrivals: ArrivalSteps }): JSX.Element {
  const { t, language } = useTexts();
  const { from, stepMs, counts, later } = arrivals;
  const bars = later > 0 ? [...counts, later] : counts;
  const most = Math.max(...bars);
  const count = (n: number): string => formatCount(n, language);
  const timeOf = (step: number): string => formatTime(from + step * stepMs, language);
  const peak = counts.indexOf(Math.max(...counts));
  if (most === 0) return <p>{t('arrivals.none')}</p>;
  // The words under the last bar need the room of the bars before it.
  const isLabelled = (step: number): boolean =>
    step % LABEL_EVERY === 0 && (later === 0 || step <= counts.length - LABEL_EVERY);
  const spoken = counts.flatMap((n, step) => (n > 0 ? [`${timeOf(step)}: ${count(n)}`] : []));
  if (later > 0) spoken.push(`${t('arrivals.later', { time: timeOf(counts.length) })}: ${count(later)}`);
  return (
    <>
      <p className="board-small">
        {t('arrivals.most', {
          from: timeOf(peak),
          to: timeOf(peak + 1),
          people: count(counts[peak] ?? 0),
          count: counts[peak] ?? 0,
        })}
      </p>
      <p className="visually-hidden">{t('arrivals.spoken', { steps: spoken.join('; ') })}</p>
      <div className="arrivals" aria-hidden="true">
        {bars.map((n, step) => {
          const height = n === 0 ? 0 : Math.max(LEAST_HEIGHT, (n / most) * BAR_HEIGHT);
          const isLater = step === counts.length;
          return (
            <div key={timeOf(step)} className="arrivals-step">
              <span className="arrivals-count">{n > 0 && count(n)}</span>
              <svg viewBox={`0 0 10 ${BAR_HEIGHT}`} preserveAspectRatio="none">
                <rect
                  x="0"
                  y={BAR_HEIGHT - height}
                  width="10"
                  height={height}
                  className={isLater ? 'arrivals-later' : undefined}
                />
              </svg>
              <span className="arrivals-time">
                {isLater ? t('arrivals.later', { time: timeOf(step) }) : isLabelled(step) && timeOf(step)}
              </span>
            </div>
          );
        })}
      </div>
    </>
  );
}
