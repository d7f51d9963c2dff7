import type { JSX } from 'react';
import './watermark.css';

/**
 * The mark of a rehearsal: a chip that is always readable and faint diagonal words over everything, so that a
 * photograph of any screen shows that it was not the real day. It never takes a touch.
 */
export function Watermark({ word, tone }: { word: string; tone: 'day' | 'night' }): JSX.Element {
  return (
    <div className={`watermark watermark-${tone}`} data-testid="watermark">
      <div className="watermark-field" aria-hidden="true">
        {Array.from({ length: 9 }, (_, i) => (
          <span key={i} data-word={word} />
        ))}
      </div>
    </div>
  );
}

/** The readable half of the mark, placed where a window has room for it. */
export function RehearsalChip({ word }: { word: string }): JSX.Element {
  return <strong className="rehearsal-chip">{word}</strong>;
}
