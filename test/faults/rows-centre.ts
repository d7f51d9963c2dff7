import { during, type Row } from './row.ts';
import type { Origin } from './origin.ts';

const NONE = { stallS: 0, skippedS: 0 };

/** Rows 113 and on: what centres do that looks like something else. Found by generated rows (`--random`). */
export function buildCentreRows(origin: () => Origin): Row[] {
  let restart = Infinity;
  const firstAsked = new Map<string, number>();
  return [
    {
      row: 113,
      name: 'content steering moves all venues to another host, then the first one dies',
      faultS: 40,
      stream: {
        list: { single: true, redundant: true, steered: true },
        pathwayFirst: (t) => (t >= 0 ? 'B' : 'A'),
        fault: ({ host, t, kind }) =>
          host === 'a' && t >= 20 && kind !== 'other' ? { kind: 'status', status: 503 } : null,
      },
      bar: NONE,
      check: ({ origin: o }) => {
        const wrongs = [];
        if (!o.log.some((line) => line.url.startsWith('/steering.json'))) wrongs.push('the manifest was not asked for');
        const late = o.log.filter((line) => line.host === 'a' && line.kind === 'segment' && line.t > 20);
        if (late.length > 0) wrongs.push(`still on host a ${Math.round(late.at(-1)!.t)} s after it was left`);
        return wrongs;
      },
    },
    {
      row: 114,
      name: 'encoder restart, and each new segment is there only 5 s after it is asked for',
      faultS: 40,
      cushionS: 68,
      stream: {
        sequenceZero: (t) => (t < 8 ? 0 : (restart = Math.min(restart, origin().contentAt(8)))),
        stampZero: (content) => (content >= restart ? restart : 0),
        fault: during(40, ({ kind, url, t }) => {
          if (kind !== 'segment' || t < 8) return null;
          const first = firstAsked.get(url) ?? t;
          firstAsked.set(url, first);
          return t - first < 5 ? { kind: 'status', status: 404 } : null;
        }),
      },
      bar: { stallS: 0.6, skippedS: 2.5 },
    },
    {
      row: 115,
      name: '404 on everything, playlists too, for 30 s',
      faultS: 30,
      beforeS: 12,
      stream: { fault: during(30, () => ({ kind: 'status', status: 404 })) },
      bar: NONE,
      bare: 'dead',
    },
    {
      row: 116,
      name: 'every other playlist cut in the middle of its last address',
      faultS: 40,
      stream: {
        fault: during(40, ({ kind, t }) =>
          kind === 'media' && Math.floor(t / 2) % 2 === 0 ? { kind: 'part', share: 0.9995, of: 'proper' } : null,
        ),
      },
      bar: NONE,
      check: ({ events }) => events.filter((e) => e.type === 'player_recreated').map((e) => `new player: ${e.detail}`),
    },
  ];
}
