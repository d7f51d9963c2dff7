import type { Origin } from './origin.ts';
import { during, type Row } from './row.ts';

const NONE = { stallS: 0, skippedS: 0 };

/** Rows 120 and on: how playlists are written and where they lie. Played through the core's own relay. */
export function buildListRows(origin: () => Origin): Row[] {
  const reset = during(20, () => ({ kind: 'reset' }) as const);
  return [
    {
      row: 120,
      name: 'negative sequence numbers; connections reset for 20 s (relay)',
      faultS: 20,
      relay: true,
      stream: { list: { single: true, sequenceShift: -1_031_974_141 }, fault: reset },
      bar: NONE,
      bare: 'dead',
    },
    {
      row: 121,
      name: 'negative sequence numbers pass zero (relay)',
      faultS: 60,
      relay: true,
      stream: { list: { single: true, sequenceShift: -(300 + 300 - 1 + 30) } },
      bar: NONE,
    },
    {
      row: 122,
      name: 'addresses by variables, imported from the master; connections reset for 20 s (relay)',
      faultS: 20,
      relay: true,
      stream: { list: { single: true, variables: true }, fault: reset },
      bar: NONE,
      bare: 'dead',
      check: ({ origin: o }) =>
        o.log.some((line) => line.url.includes('%24') || line.url.includes('{'))
          ? ['a variable was asked for as it is written']
          : [],
    },
    {
      row: 123,
      name: 'EXTINF:0 on every tenth segment (relay)',
      faultS: 40,
      relay: true,
      stream: { list: { single: true, lengthOf: (content) => (content % 10 === 0 ? '0' : '2.000') } },
      bar: NONE,
    },
    {
      row: 124,
      name: 'CODECS that no browser knows on all variants (relay)',
      faultS: 20,
      relay: true,
      stream: { list: { codecs: 'h264,aac' }, fault: reset },
      bar: NONE,
      bare: 'dead',
    },
    {
      row: 125,
      name: '301 of everything to another host, then the old one is switched off (relay)',
      faultS: 60,
      relay: true,
      stream: {
        fault: during(Infinity, ({ host, url, t }) => {
          if (host !== 'a') return null;
          return t < 20 ? { kind: 'redirect', to: origin().base('b') + url, permanent: true } : { kind: 'reset' };
        }),
      },
      bar: NONE,
      bare: 'dead',
    },
    {
      row: 126,
      name: 'the lists of the master move to other addresses, the old ones are gone (relay)',
      faultS: 60,
      relay: true,
      act: ({ origin: o }) => {
        o.spec.list.listQuery = '?moved=1';
        return Promise.resolve();
      },
      stream: {
        fault: during(Infinity, ({ kind, url }) =>
          kind === 'media' && !url.includes('moved') ? { kind: 'status', status: 404 } : null,
        ),
      },
      bar: NONE,
    },
    {
      row: 127,
      name: 'first answer to each third segment cut at a packet border (relay)',
      faultS: 40,
      relay: true,
      stream: { bytes: shortOnce(origin) },
      bar: NONE,
    },
  ];
}

/** 60 % of the packets, with a length that agrees; whole when asked again. */
function shortOnce(origin: () => Origin) {
  const cut = new Set<number>();
  return (body: Buffer, { t, content }: { t: number; content: number }): Buffer => {
    if (t < 0 || content % 3 !== 0 || content < origin().contentAt(0) || cut.has(content)) return body;
    cut.add(content);
    return body.subarray(0, Math.floor((body.length * 0.6) / 188) * 188);
  };
}
