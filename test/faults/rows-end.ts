import type { Origin } from './origin.ts';
import type { MediaList } from './playlists.ts';
import type { Row, RowFacts } from './row.ts';

const NONE = { stallS: 0, skippedS: 0 };
/** From the beginning of the fault to the real end of the programme, seconds. */
const END_S = 40;

/** Rows 117-119: ENDLIST that is not the end. */
export function buildEndRows(origin: () => Origin): Row[] {
  const endsForAWhile = (list: MediaList, t: number): void => {
    if (t < 2 || t >= 8) return;
    const last = origin().contentAt(2);
    list.segments = list.segments.filter((segment) => segment.content < last);
    list.ended = true;
  };
  return [
    {
      row: 117,
      name: 'ENDLIST for 6 s, taken back; the real end 34 s later',
      faultS: END_S,
      ends: true,
      stream: { endListAtT: END_S, shape: (list, { t }) => endsForAWhile(list, t) },
      bar: NONE,
      check: shownToTheEnd,
    },
    {
      row: 118,
      name: 'ENDLIST on one rendition while the other goes on',
      faultS: 60,
      ladder: true,
      stream: {
        shape: (list, { t, variant }) => {
          if (t < 2 || variant !== '720') return;
          const last = origin().contentAt(2);
          list.segments = list.segments.filter((segment) => segment.content < last);
          list.ended = true;
        },
      },
      bar: NONE,
      check: ({ events }) =>
        events.some((event) => event.type === 'last_frame_shown')
          ? ['the end was told although one rendition goes on']
          : [],
    },
    {
      row: 119,
      name: 'ENDLIST in turn on one rendition and the other, then the real end',
      faultS: END_S,
      ends: true,
      ladder: true,
      stream: {
        endListAtT: END_S,
        shape: (list, { t, variant }) => {
          if (t < 2 || t >= 26 || (variant === '720') !== t < 14) return;
          const last = origin().contentAt(t < 14 ? 2 : 14);
          list.segments = list.segments.filter((segment) => segment.content < last);
          list.ended = true;
        },
      },
      bar: NONE,
      check: shownToTheEnd,
    },
  ];
}

/** The one frame that was called the last is the last of the programme. */
function shownToTheEnd({ events, origin }: RowFacts): string[] {
  const told = events.filter((event) => event.type === 'last_frame_shown');
  const endMs = origin.dateOf(origin.edge()) + 2000;
  const wrongs = told.length === 1 ? [] : [`the last frame was told ${told.length} times`];
  const at = told.at(-1)?.programmeTimeMs;
  if (at === undefined || Math.abs(at - endMs) > 1000)
    wrongs.push(`it lies ${((at ?? 0) - endMs) / 1000} s from the end`);
  return wrongs;
}
