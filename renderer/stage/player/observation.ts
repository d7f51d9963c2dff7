import type { Deck } from './deck.ts';
import type { Observation } from './watchdog.ts';

/** Collects what the watchdog needs to know of a deck at one tick. */
export function observeDeck(deck: Deck, now: number, released: boolean, lastFailureAt: number | null): Observation {
  return {
    now,
    shouldPlay: released && deck.frames > 0 && !deck.video.ended,
    time: deck.video.currentTime,
    untilHoleS: deck.untilHoleS,
    nextRangeStart: deck.nextRangeStart,
    frames: deck.frames,
    countsFrames: document.visibilityState === 'visible' && deck.video.videoWidth > 0,
    targetDurationS: deck.view?.targetDurationS ?? 4,
    unfetchedS: deck.unfetchedS,
    // A rendition whose list never came stands still as well.
    advancedAt: deck.loader.guard.newest()?.advancedAt ?? (deck.loader.answered ? deck.startedAt : null),
    lastSegmentAt: deck.lastSegmentAt,
    lastFailureAt,
    activeAt: deck.loader.activeAt,
    ended: deck.endListSeen,
  };
}
