import { fmp4Unavailable, getFmp4 } from './fmp4.ts';
import { getSegment } from './media.ts';
import { encrypt, KEY, rangeOf, tenSegments } from './packagers.ts';
import { soundOnly, withoutSound } from './spoil.ts';
import { during, type Row } from './row.ts';
import type { Origin } from './origin.ts';

const NONE = { stallS: 0, skippedS: 0 };

/** Row 45 and, from 101 on, what the matrix does not list: other encoders' habits, small windows, two faults at once. */
export function buildEncoderRows(origin: () => Origin): Row[] {
  const reset = during(20, () => ({ kind: 'reset' }) as const);
  let restart = Infinity;
  return [
    {
      row: 45,
      name: 'fMP4 instead of TS; connections reset for 20 s',
      faultS: 20,
      stream: {
        list: { single: true, map: true, extension: 'm4s', encode: (variant, content) => getFmp4(variant, content) },
        fault: reset,
      },
      bar: NONE,
      bare: 'dead',
      unavailable: fmp4Unavailable,
    },
    {
      row: 101,
      name: 'byte ranges; connections reset for 20 s',
      faultS: 20,
      stream: {
        list: {
          single: true,
          ranges: (variant, content) => rangeOf(variant, content),
          encode: (variant, content) => tenSegments(variant, content ?? 0),
        },
        fault: reset,
      },
      bar: NONE,
    },
    {
      row: 102,
      name: 'sound as a rendition of its own; connections reset for 20 s',
      faultS: 20,
      stream: {
        list: {
          single: true,
          audio: true,
          encode: (variant, content) =>
            variant === 'audio'
              ? soundOnly(Buffer.from(getSegment('360', content ?? 0)))
              : withoutSound(Buffer.from(getSegment(variant, content ?? 0))),
        },
        fault: reset,
      },
      bar: NONE,
    },
    {
      row: 103,
      name: 'AES-128; key and segments reset for 20 s',
      faultS: 20,
      stream: {
        list: {
          single: true,
          key: KEY,
          encode: (variant, content, sn) => encrypt(getSegment(variant, content ?? 0), sn),
        },
        fault: reset,
      },
      bar: NONE,
    },
    {
      row: 104,
      name: 'byte order mark, CRLF, whole addresses with queries, CMCD in the query; 503 for 20 s',
      faultS: 20,
      cmcd: 'query',
      stream: {
        list: { single: true, crlf: true, byteOrderMark: true, absolute: 'SELF' },
        fault: during(20, () => ({ kind: 'status', status: 503 })),
      },
      bar: NONE,
    },
    {
      row: 105,
      name: 'no programme date-time; encoder restart',
      faultS: 10,
      stream: {
        list: { single: true, noDates: true },
        sequenceZero: (t) => (t < 0 ? 0 : (restart = Math.min(restart, origin().contentAt(0)))),
        stampZero: (content) => (content >= restart ? restart : 0),
      },
      bar: { stallS: 0.6, skippedS: 2.5 },
    },
    {
      row: 106,
      name: 'window of 16 s; 503 for 6 s',
      faultS: 6,
      cushionS: 0,
      stream: { windowS: 16, fault: during(6, () => ({ kind: 'status', status: 503 })) },
      afterS: 30,
      bar: { stallS: 0, skippedS: 0, firstFrameS: 4 },
    },
    {
      row: 107,
      name: 'target duration changes 2 s to 4 s and back',
      faultS: 30,
      stream: {
        shape: (list, { t }) => {
          if (t >= 0 && t < 15) list.targetDurationS = 4;
        },
      },
      bar: NONE,
    },
    {
      row: 108,
      name: 'two at once: black hole for 30 s and an encoder restart in it',
      faultS: 30,
      stream: {
        sequenceZero: (t) => (t < 10 ? 0 : (restart = Math.min(restart, origin().contentAt(10)))),
        stampZero: (content) => (content >= restart ? restart : 0),
        fault: during(30, () => ({ kind: 'silence' })),
      },
      bar: { stallS: 0.6, skippedS: 14 },
    },
    {
      row: 109,
      name: 'two at once: captive portal for 20 s, then a truncated segment at a packet border',
      faultS: 24,
      stream: {
        fault: during(20, () => ({ kind: 'body', type: 'text/html', body: '<html>Wi-Fi</html>' })),
        bytes: (body, ask) =>
          ask.t >= 20 && ask.content === origin().contentAt(10) ? body.subarray(0, 188 * 100) : body,
      },
      // The picture stands while the sound goes on: the stump of the segment has some of its sound.
      bar: { stallS: 2, skippedS: 2.4 },
    },
    {
      row: 110,
      name: 'in step: black hole for 100 s, then back to the usual delay',
      faultS: 100,
      afterS: 40,
      afterOutage: 'in_step',
      stream: { windowS: 300, fault: during(100, () => ({ kind: 'silence' })) },
      bar: { stallS: 30, skippedS: 40, recoveredS: 4 },
    },
    {
      row: 111,
      name: 'first source dies for 30 s and comes back: hall returns after 60 s healthy',
      faultS: 30,
      afterS: 110,
      backup: true,
      stream: { fault: during(30, ({ host }) => (host === 'a' ? { kind: 'status', status: 503 } : null)) },
      bar: { stallS: 0.5, skippedS: 0.8 },
      check: ({ sourceId, events }) => {
        const changes = events.filter((e) => e.type === 'source_changed').length;
        return sourceId === 'a' && changes === 2 ? [] : [`on ${sourceId} after ${changes} changes`];
      },
    },
    {
      row: 112,
      name: 'segment that decodes to nothing (sound and picture stamps 5 h off)',
      faultS: 6,
      stream: {
        bytes: (body, ask) =>
          ask.t >= 0 && ask.content === origin().contentAt(4)
            ? getSegment('360', ask.content, ask.content - 9000)
            : body,
      },
      // Nothing reports it: the watchdog on decoded frames waits 4 s before it acts.
      bar: { stallS: 4.5, skippedS: 4.5 },
    },
  ];
}
