import type { Action } from './answer.ts';
import type { Ask, Origin } from './origin.ts';
import type { Maker, Piece } from './random-faults.ts';
import { corrupt, soundOnly, withoutSound } from './spoil.ts';

const PACKET_BYTES = 188;

/** True for the `count` segments from the one produced at `fromS` on, in every rendition. */
function segmentsAt(origin: () => Origin, fromS: number, count: number) {
  return (ask: Ask): boolean => {
    if (ask.kind !== 'segment' || ask.t < 0 || ask.content < 0) return false;
    const n = ask.content - origin().contentAt(fromS);
    return n >= 0 && n < count;
  };
}

function lost(kind: string, count: number, action: Action): Maker {
  return {
    kind,
    make: (_dice, { fromS }, origin) => {
      const which = segmentsAt(origin, fromS, count);
      return { ...destroyed(kind, fromS, count), fault: (ask) => (which(ask) ? action : null) };
    },
  };
}

function spoilt(kind: string, change: (body: Buffer) => Buffer, more: Partial<Piece> = {}): Maker {
  return {
    kind,
    suits: (habit) => !habit.without?.includes('bytes'),
    make: (_dice, { fromS }, origin) => {
      const which = segmentsAt(origin, fromS, 1);
      return { ...destroyed(kind, fromS, 1), ...more, bytes: (body, ask) => (which(ask) ? change(body) : body) };
    },
  };
}

function destroyed(kind: string, fromS: number, count: number): Piece {
  return { name: `${kind} at ${fromS} s`, fromS, toS: fromS + 2 * count + 4, destroyed: count, standsS: 0.6 };
}

const cutAt = (share: number, grain: number) => (body: Buffer) =>
  body.subarray(0, Math.floor((body.length * share) / grain) * grain + (grain === 1 ? 37 : 0));

/** Faults of segments and of what is in them, and of the encoder. */
export const MEDIA_MAKERS: readonly Maker[] = [
  lost('a segment 404', 1, { kind: 'status', status: 404 }),
  lost('three segments 404', 3, { kind: 'status', status: 404 }),
  lost('a web page in place of a segment', 1, {
    kind: 'body',
    type: 'text/html',
    body: '<!DOCTYPE html><html></html>',
  }),
  lost('a segment of no bytes', 1, { kind: 'body', type: 'video/mp2t', body: '' }),
  spoilt('a segment cut off', cutAt(0.6, 1)),
  // The stump has some of its sound: the clock goes on under a standing picture.
  spoilt('a segment cut off at a packet border', cutAt(0.6, PACKET_BYTES), { standsS: 2 }),
  spoilt('2 % of a segment wrong', corrupt, { standsS: 1 }),
  {
    ...spoilt('a segment without sound', withoutSound, { destroyed: 0, standsS: 0 }),
    suits: (habit) => !habit.without?.includes('sound'),
  },
  {
    ...spoilt('a segment without picture', soundOnly, { standsS: 2.2 }),
    suits: (habit) => !habit.without?.includes('sound'),
  },
  {
    kind: 'encoder restart',
    suits: (habit) => !habit.without?.includes('restart'),
    // The numbering itself is the row's affair: stamps and lists must agree on it.
    make: (_dice, { fromS }) => ({
      name: `encoder restart at ${fromS} s`,
      fromS,
      toS: fromS + 6,
      restartS: fromS,
      standsS: 0.6,
    }),
  },
  {
    kind: 'dates jump',
    make: (dice, { fromS, forS }, origin) => {
      const byS = dice.pick([-3600, -90, -20, 20, 90, 600, 25_200]);
      return {
        name: `dates jump by ${byS} s from ${fromS} s for ${forS} s`,
        fromS,
        toS: fromS + forS,
        datesLie: true,
        dateShiftMs: (content) =>
          origin().t() >= 0 && content >= origin().contentAt(fromS) && content < origin().contentAt(fromS + forS)
            ? byS * 1000
            : 0,
      };
    },
  },
];
