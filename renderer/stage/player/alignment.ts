import type { Deck } from './deck.ts';

/** A place in a list: segment number and seconds into the segment. */
export interface NumberedPlace {
  sn: number;
  intoS: number;
}

export interface AlignmentFacts {
  /** Programme date-times of both pictures, epoch ms; null without dates. */
  programmeMs: { active: number | null; next: number | null };
  places: { active: NumberedPlace | null; next: NumberedPlace | null };
  /** What the segments of both look like, by number. */
  prints: { active: ReadonlyMap<number, string>; next: ReadonlyMap<number, string> };
  /** Seconds from each picture to the edge of the broadcast as it is now. */
  delayS: { active: number; next: number };
  segmentS: number;
}

/** By distance from the edge two decks agree only so well, in segments. */
const AGREE_SEGMENTS = 3;

/**
 * Seconds by which the next picture is ahead of the present one in the programme; null when that is not known. By date, else by
 * segments that both have, else by numbers that agree with the distance from the edge: another source may count
 * from somewhere else.
 */
export function leadS({ programmeMs, places, prints, delayS, segmentS }: AlignmentFacts): number | null {
  if (programmeMs.active !== null && programmeMs.next !== null) return (programmeMs.next - programmeMs.active) / 1000;
  const { active, next } = places;
  if (!active || !next) return null;
  const byNumber = (offset: number) => (next.sn - offset - active.sn) * segmentS + next.intoS - active.intoS;
  const offset = offsetByPrints(prints.active, prints.next);
  if (offset !== null) return byNumber(offset);
  const plain = byNumber(0);
  return Math.abs(plain - (delayS.active - delayS.next)) <= AGREE_SEGMENTS * segmentS ? plain : null;
}

/** What has to be taken from the numbers of `next` to get those of `active`; null when no segment is in both. */
function offsetByPrints(active: ReadonlyMap<number, string>, next: ReadonlyMap<number, string>): number | null {
  const numbers = new Map([...active].map(([sn, print]) => [print, sn]));
  const votes = new Map<number, number>();
  for (const [sn, print] of next) {
    const same = numbers.get(print);
    if (same !== undefined) votes.set(sn - same, (votes.get(sn - same) ?? 0) + 1);
  }
  return [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

export function leadOf(active: Deck, next: Deck): number | null {
  const at = (deck: Deck) => deck.timeline.placeAt(deck.video.currentTime);
  const numbered = ({ sn, intoSegmentS }: ReturnType<typeof at>): NumberedPlace | null =>
    sn === null ? null : { sn, intoS: intoSegmentS };
  const [a, b] = [at(active), at(next)];
  const view = active.view ?? next.view;
  return leadS({
    programmeMs: { active: a.programmeMs, next: b.programmeMs },
    places: { active: numbered(a), next: numbered(b) },
    prints: { active: active.loader.prints, next: next.loader.prints },
    delayS: { active: a.delayS + active.listAgeS, next: b.delayS + next.listAgeS },
    segmentS: view ? view.totalS / view.segments.length : 2,
  });
}
