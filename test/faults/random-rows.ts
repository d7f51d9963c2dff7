import type { Origin, StreamSpec } from './origin.ts';
import { Dice } from './random-dice.ts';
import { LINE_MAKERS, type Maker, type Piece } from './random-faults.ts';
import { HABITS, type Habit } from './random-habits.ts';
import { MEDIA_MAKERS } from './random-media-faults.ts';
import type { Bar, Row } from './row.ts';

const FIRST_ROW = 1001;
const SEGMENT_S = 2;
/** The cushion is 75 s: what is out for no longer than this must not be seen. */
const LONGEST_OUTAGE_S = 60;
/** What a busy machine does to a moving picture is no miss. */
const SMALL_S = 0.5;
/** What was not fetched is fetched this long after an outage at the latest. */
const REFILL_S = 8;

/** Rows 1001 and on: one encoder's habit and two or three faults at random moments; the same seed gives the same rows. */
export function buildRandomRows(origin: () => Origin, seed: number, count: number): Row[] {
  return Array.from({ length: count }, (_, i) => buildRow(origin, seed, FIRST_ROW + i));
}

function buildRow(origin: () => Origin, seed: number, row: number): Row {
  const dice = new Dice(seed, row);
  // In turn, so that a night has all of them; from another one on with each seed.
  const habit = HABITS[(row - FIRST_ROW + seed * 5) % HABITS.length]!;
  const pieces = drawPieces(habit, dice, origin);
  return {
    row,
    name: `seed ${seed}: ${habit.name}; ${pieces.map((piece) => piece.name).join('; ')}`,
    faultS: Math.max(...pieces.map((piece) => piece.toS)),
    beforeS: 24,
    cushionS: cushionS(habit, pieces),
    ...habit.row,
    stream: compose(habit, pieces, origin),
    bar: barOf(pieces),
    datesLie: pieces.some((piece) => piece.datesLie),
  };
}

function drawPieces(habit: Habit, dice: Dice, origin: () => Origin): Piece[] {
  const longestS = habit.outageS ?? LONGEST_OUTAGE_S;
  const makers = [...LINE_MAKERS, ...MEDIA_MAKERS].filter((maker) => maker.suits?.(habit) ?? true);
  for (;;) {
    const chosen = new Set<Maker>();
    const wanted = dice.whole(2, 3);
    while (chosen.size < wanted) chosen.add(dice.pick(makers));
    const pieces = [...chosen].map((maker) => {
      const moment = { fromS: dice.whole(1, 22), forS: dice.whole(4, Math.round(longestS * 0.6)) };
      return maker.make(dice, moment, origin);
    });
    if (outS(pieces) <= longestS) return pieces;
  }
}

/** Times in which nothing could be fetched; two with less between them than refilling takes are one. */
function outagesOf(pieces: Piece[]): { fromS: number; toS: number }[] {
  const merged: { fromS: number; toS: number }[] = [];
  for (const { fromS, toS } of pieces.filter((piece) => piece.outage).sort((a, b) => a.fromS - b.fromS)) {
    const last = merged.at(-1);
    if (last && fromS <= last.toS + REFILL_S) last.toS = Math.max(last.toS, toS);
    else merged.push({ fromS, toS });
  }
  return merged;
}

/** What must be in the buffer before it begins. After a restart nothing of before can be fetched any more: then the whole cushion. */
function cushionS(habit: Habit, pieces: Piece[]): number {
  const restarts = pieces.some((piece) => piece.restartS !== undefined);
  return (restarts ? (habit.outageS ?? LONGEST_OUTAGE_S) : outS(pieces)) + REFILL_S;
}

function outS(pieces: Piece[]): number {
  return outagesOf(pieces).reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
}

/** Segments that were destroyed may be missing, one more for each restart, and what the old encoder took with it. */
function barOf(pieces: Piece[]): Bar {
  let stallS = SMALL_S;
  let skippedS = SMALL_S;
  for (const piece of pieces) {
    stallS += piece.standsS ?? 0;
    if (piece.destroyed) skippedS += piece.destroyed * SEGMENT_S + 0.4;
    if (piece.restartS !== undefined) skippedS += SEGMENT_S + 0.5 + unfetchedS(pieces, piece.restartS);
  }
  return { stallS, skippedS };
}

/** Seconds of the old numbering that could not be fetched before a restart at `atS`. */
function unfetchedS(pieces: Piece[], atS: number): number {
  const out = outagesOf(pieces).find(({ fromS, toS }) => fromS <= atS && atS <= toS + REFILL_S);
  const hindered = pieces.some(({ hinders, fromS, toS }) => hinders && fromS <= atS && atS <= toS + REFILL_S);
  return (out ? atS - out.fromS + SEGMENT_S : 0) + (hindered ? 3 * SEGMENT_S : 0);
}

function compose(habit: Habit, pieces: Piece[], origin: () => Origin): Partial<StreamSpec> {
  const restartS = pieces.find((piece) => piece.restartS !== undefined)?.restartS ?? Infinity;
  const restartAt = () => (origin().t() < restartS ? Infinity : origin().contentAt(restartS));
  const zeroOf = (content: number) => {
    const zero = habit.zeroOf?.(content) ?? 0;
    return content >= restartAt() ? Math.max(zero, restartAt()) : zero;
  };
  // What is lost for ever comes before what only delays.
  const faults = pieces.toSorted((a, b) => rank(a) - rank(b)).flatMap(({ fault }) => (fault ? [fault] : []));
  return {
    ...habit.stream(zeroOf),
    stampZero: zeroOf,
    sequenceZero: (t) => (t < restartS ? 0 : origin().contentAt(restartS)),
    fault: (ask) => {
      for (const fault of faults) {
        const action = fault(ask);
        if (action) return action;
      }
      return null;
    },
    bytes: (body, ask) => pieces.reduce((changed, piece) => piece.bytes?.(changed, ask) ?? changed, body),
    lagS: (ask) => Math.max(0, ...pieces.map((piece) => piece.lagS?.(ask) ?? 0)),
    dateShiftMs: (content) => pieces.reduce((sum, piece) => sum + (piece.dateShiftMs?.(content) ?? 0), 0),
  };
}

function rank(piece: Piece): number {
  if (piece.destroyed) return 0;
  return piece.outage ? 1 : 2;
}
