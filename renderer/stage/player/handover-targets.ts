import type { Deck } from './deck.ts';
import type { Source } from './deck-options.ts';
import type { StartTarget } from './start-position.ts';

/** Where the picture of `deck` will be in `byS` seconds, for the deck that carries on. */
export function aheadOf(deck: Deck, byS: number): StartTarget {
  if (deck.frames === 0) return deck.target;
  const place = deck.timeline.placeAt(deck.video.currentTime + byS);
  return { at: 'place', fallback: 'delay', ...place, delayS: place.delayS + deck.listAgeS };
}

/** The end of what `deck` has buffered, and so many segments further on. */
export function afterBuffer(deck: Deck, skips: number): StartTarget {
  if (deck.frames === 0) return deck.target;
  const { programmeMs, sn, ...place } = deck.drainPlace;
  const skippedMs = skips * (deck.view?.targetDurationS ?? 2) * 1000;
  return {
    at: 'place',
    fallback: 'delay',
    ...place,
    delayS: place.delayS + deck.listAgeS,
    programmeMs: programmeMs === null ? null : programmeMs + skippedMs,
    sn: sn === null ? null : sn + skips,
  };
}

/** The same place for a deck on `source`, which may number its segments otherwise than that of `active`. */
export function onSource(source: Source, active: Deck, target: StartTarget): StartTarget {
  return target.at === 'place' && source.id !== active.source.id ? { ...target, otherSource: true } : target;
}
