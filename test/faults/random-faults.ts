import type { Action } from './answer.ts';
import type { Origin, StreamSpec } from './origin.ts';
import type { Dice } from './random-dice.ts';
import type { Habit } from './random-habits.ts';
import { during } from './row.ts';

/** One fault of a generated row: where it sits in the origin, and what it costs at least. */
export interface Piece {
  name: string;
  fromS: number;
  toS: number;
  /** Nothing useful can be fetched in that time. */
  outage?: boolean;
  /** Fetching goes on, more slowly: the player may be a segment or two behind the edge. */
  hinders?: boolean;
  /** Segments that nobody will ever see. */
  destroyed?: number;
  /** Seconds that a picture may stand for it. */
  standsS?: number;
  /** Moment of an encoder restart. */
  restartS?: number;
  /** Programme dates jump. */
  datesLie?: boolean;
  fault?: NonNullable<StreamSpec['fault']>;
  bytes?: NonNullable<StreamSpec['bytes']>;
  lagS?: NonNullable<StreamSpec['lagS']>;
  dateShiftMs?: NonNullable<StreamSpec['dateShiftMs']>;
}

export interface Maker {
  kind: string;
  /** Whether a stream of this habit can have the fault. */
  suits?: (habit: Habit) => boolean;
  make: (dice: Dice, moment: { fromS: number; forS: number }, origin: () => Origin) => Piece;
}

const HTML = '<!DOCTYPE html><html><head><title>Wi-Fi</title></head><body>Sign in</body></html>';
const status = (code: number): Action => ({ kind: 'status', status: code });

/** Everything is out for a while. */
const OUTAGES: [string, Action][] = [
  ['connections reset', { kind: 'reset' }],
  ['503', status(503)],
  ['404 on everything', status(404)],
  ['403 on everything', status(403)],
  ['black hole', { kind: 'silence' }],
  ['bodies trickle', { kind: 'slow', bytesPerSecond: 300, of: 'proper' }],
  ['captive portal', { kind: 'body', type: 'text/html', body: HTML }],
];

const playlistBody = (body: string): Action => ({ kind: 'body', type: 'application/vnd.apple.mpegurl', body });
const PLAYLISTS: [string, Action][] = [
  ['empty playlists', playlistBody('')],
  ['compressed playlists that nobody announced', playlistBody('\u001F\uFFFD\u0008\u0000\u0000\uFFFDm\uFFFDA\u000E')],
];

function outage(kind: string, action: Action, wanted: (ask: { kind: string }) => boolean = () => true): Maker {
  return {
    kind,
    make: (_dice, { fromS, forS }) => ({
      name: `${kind} from ${fromS} s for ${forS} s`,
      fromS,
      toS: fromS + forS,
      outage: true,
      fault: between(fromS, forS, (ask) => (wanted(ask) ? action : null)),
    }),
  };
}

/** As `during`, from another moment than the row's beginning. */
function between(
  fromS: number,
  forS: number,
  fault: NonNullable<StreamSpec['fault']>,
): NonNullable<StreamSpec['fault']> {
  const shown = during(forS, fault);
  return (ask) => shown({ ...ask, t: ask.t - fromS });
}

/** Faults of the line, the servers and the playlists. */
export const LINE_MAKERS: readonly Maker[] = [
  ...OUTAGES.map(([kind, action]) => outage(kind, action)),
  ...PLAYLISTS.map(([kind, action]) => outage(kind, action, (ask) => ask.kind === 'media')),
  {
    kind: 'playlist frozen',
    make: (_dice, { fromS, forS }) => ({
      name: `playlist frozen from ${fromS} s for ${forS} s`,
      fromS,
      toS: fromS + forS,
      outage: true,
      lagS: ({ t }) => (t >= fromS && t < fromS + forS ? t - fromS : 0),
    }),
  },
  {
    kind: 'edge servers out of step',
    make: (dice, { fromS, forS }) => {
      const oldS = dice.whole(2, 5) * 2;
      return {
        name: `every third playlist ${oldS} s old from ${fromS} s for ${forS} s`,
        fromS,
        toS: fromS + forS,
        hinders: true,
        lagS: ({ t }) => (t >= fromS && t < fromS + forS && dice.next() < 0.35 ? oldS : 0),
      };
    },
  },
  {
    kind: 'playlist cut',
    make: (dice, { fromS, forS }) => ({
      name: `half of the playlists cut in a line from ${fromS} s for ${forS} s`,
      fromS,
      toS: fromS + forS,
      hinders: true,
      // Most often near the end, where a cut address still looks like one.
      fault: between(fromS, forS, (ask) =>
        ask.kind === 'media' && dice.next() < 0.5
          ? { kind: 'part', share: 1 - 0.3 * dice.next() ** 3, of: 'proper' }
          : null,
      ),
    }),
  },
  {
    kind: 'segments late',
    make: (_dice, { fromS, forS }) => {
      const asked = new Map<string, number>();
      return {
        name: `segments appear 5 s after being listed from ${fromS} s for ${forS} s`,
        fromS,
        toS: fromS + forS,
        hinders: true,
        fault: between(fromS, forS, (ask) => {
          if (ask.kind !== 'segment' || ask.content < 0) return null;
          const key = `${ask.variant} ${ask.content}`;
          asked.set(key, asked.get(key) ?? ask.t);
          return ask.t - asked.get(key)! < 5 ? status(404) : null;
        }),
      };
    },
  },
  {
    kind: 'random resets',
    make: (dice, { fromS, forS }) => ({
      name: `25 % reset from ${fromS} s for ${forS} s`,
      fromS,
      toS: fromS + forS,
      hinders: true,
      fault: between(fromS, forS, () => (dice.next() < 0.25 ? { kind: 'reset' } : null)),
    }),
  },
  {
    kind: 'late',
    make: (dice, { fromS, forS }) => ({
      name: `answers up to 2.5 s late from ${fromS} s for ${forS} s`,
      fromS,
      toS: fromS + forS,
      hinders: true,
      fault: between(fromS, forS, () => ({ kind: 'late', ms: dice.next() * 2500, of: 'proper' })),
    }),
  },
  {
    kind: 'redirect',
    make: (_dice, { fromS, forS }, origin) => ({
      name: `302 to another host from ${fromS} s for ${forS} s`,
      fromS,
      toS: fromS + forS,
      fault: between(fromS, forS, (ask) =>
        ask.host === 'a' ? { kind: 'redirect', to: origin().base('b') + ask.url } : null,
      ),
    }),
  },
  {
    kind: 'no key',
    suits: (habit) => habit.encrypted === true,
    make: (_dice, { fromS, forS }) => ({
      name: `key 404 from ${fromS} s for ${forS} s`,
      fromS,
      toS: fromS + forS,
      outage: true,
      fault: between(fromS, forS, (ask) => (ask.kind === 'key' ? status(404) : null)),
    }),
  },
];
