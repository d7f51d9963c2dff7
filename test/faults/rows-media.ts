import { during, type Row } from './row.ts';
import { corrupt, withoutSound } from './spoil.ts';
import type { Ask } from './origin.ts';

const NONE = { stallS: 0, skippedS: 0 };

/** The n-th segment (0 = first) that is produced after the fault began, for every rendition alike. */
function nth(from: number, count: number) {
  const first = new Map<string, number>();
  return (ask: Ask): boolean => {
    if (ask.kind !== 'segment' || ask.t < 0 || ask.content < 0) return false;
    if (!first.has('all')) first.set('all', ask.content + 2);
    const n = ask.content - first.get('all')! - from;
    return n >= 0 && n < count;
  };
}

/** Rows 15-30, 40-42: segments and what is in them. */
export function buildMediaRows(): Row[] {
  const lag = new Map<string, number>();
  return [
    {
      row: 16,
      name: 'one segment 404',
      faultS: 6,
      stream: { fault: only(nth(0, 1), () => ({ kind: 'status', status: 404 })) },
      bar: { stallS: 0.6, skippedS: 2.2 },
    },
    {
      row: 17,
      name: 'five segments in a row 404',
      faultS: 14,
      stream: { fault: only(nth(0, 5), () => ({ kind: 'status', status: 404 })) },
      bar: { stallS: 1, skippedS: 10.4 },
      bare: 'hurt',
    },
    {
      row: 18,
      name: 'segments appear 6 s after being listed, for 40 s',
      faultS: 40,
      stream: {
        fault: during(40, (ask) => {
          if (ask.kind !== 'segment') return null;
          // Late are the newest ones: older ones have long reached the edge servers.
          const firstAsked = lag.get(ask.url) ?? ask.t;
          lag.set(ask.url, firstAsked);
          return ask.t - firstAsked < 4 ? { kind: 'status', status: 404 } : null;
        }),
      },
      bar: NONE,
      bare: 'hurt',
    },
    {
      row: 19,
      name: 'segment truncated, length consistent',
      faultS: 6,
      stream: { bytes: spoil(nth(0, 1), (body) => body.subarray(0, Math.floor(body.length * 0.6) + 37)) },
      bar: { stallS: 0.6, skippedS: 2.2 },
    },
    {
      row: 20,
      name: 'connection cut in the middle of a segment',
      faultS: 6,
      stream: { fault: once(nth(0, 3), () => ({ kind: 'cut', of: 'proper' })) },
      bar: NONE,
    },
    {
      row: 21,
      name: '2 % of the bytes wrong in three segments',
      faultS: 10,
      stream: { bytes: spoil(nth(0, 3), corrupt) },
      bar: { stallS: 1, skippedS: 6.4 },
      bare: 'dead',
    },
    {
      row: 22,
      name: 'web page instead of a segment',
      faultS: 6,
      stream: {
        fault: only(nth(0, 1), () => ({
          kind: 'body',
          type: 'text/html',
          body: '<!DOCTYPE html><html><body>Error</body></html>',
        })),
      },
      bar: { stallS: 0.6, skippedS: 2.2 },
    },
    {
      row: 23,
      name: 'captive portal: 200 with a web page for 20 s',
      faultS: 20,
      stream: {
        fault: during(20, () => ({
          kind: 'body',
          type: 'text/html',
          body: '<html><head><title>Wi-Fi</title></head></html>',
        })),
      },
      bar: NONE,
      bare: 'dead',
    },
    {
      row: 24,
      name: 'empty playlist with 200 for 10 s',
      faultS: 10,
      stream: {
        fault: during(10, (ask) =>
          ask.kind === 'media' ? { kind: 'body', type: 'application/vnd.apple.mpegurl', body: '' } : null,
        ),
      },
      bar: NONE,
      bare: 'dead',
    },
    {
      row: 25,
      name: 'line slower than the top rendition for 40 s (220 kbit/s)',
      faultS: 40,
      ladder: true,
      stream: {
        fault: during(40, (ask) =>
          ask.kind === 'segment' ? { kind: 'slow', bytesPerSecond: 27_500, of: 'proper' } : null,
        ),
      },
      bar: NONE,
      check: backOnTop,
    },
    {
      row: 26,
      name: 'line slower than the lowest rendition for 40 s (110 kbit/s)',
      faultS: 40,
      ladder: true,
      stream: {
        fault: during(40, (ask) =>
          ask.kind === 'segment' ? { kind: 'slow', bytesPerSecond: 13_750, of: 'proper' } : null,
        ),
      },
      bar: NONE,
      bare: 'hurt',
    },
    {
      row: 27,
      name: 'loss and jitter for 60 s (25 % reset, up to 2.5 s late)',
      faultS: 60,
      ladder: true,
      stream: {
        fault: during(60, () =>
          Math.random() < 0.25 ? { kind: 'reset' } : { kind: 'late', ms: Math.random() * 2500, of: 'proper' },
        ),
      },
      bar: NONE,
      check: backOnTop,
    },
    {
      row: 40,
      name: 'sound missing for 12 s (muxed)',
      faultS: 14,
      stream: { bytes: spoil(nth(0, 6), withoutSound) },
      bar: { stallS: 2, skippedS: 2 },
      bare: 'hurt',
    },
    {
      row: 41,
      name: 'one segment without sound',
      faultS: 6,
      stream: { bytes: spoil(nth(0, 1), withoutSound) },
      bar: NONE,
    },
    {
      row: 42,
      name: 'EXT-X-GAP on three segments',
      faultS: 10,
      stream: {
        shape: (list, ask) => {
          if (ask.t < 0) return;
          const first = lag.get('gap') ?? list.segments.at(-1)!.content + 2;
          lag.set('gap', first);
          for (const segment of list.segments) segment.gap = segment.content >= first && segment.content < first + 3;
        },
        fault: (ask) => {
          const first = lag.get('gap') ?? Infinity;
          return ask.kind === 'segment' && ask.content >= first && ask.content < first + 3
            ? { kind: 'status', status: 404 }
            : null;
        },
      },
      bar: { stallS: 0.5, skippedS: 6.4 },
    },
  ];
}

function only(which: (ask: Ask) => boolean, action: () => ReturnType<NonNullable<Row['stream']>['fault'] & {}>) {
  return (ask: Ask) => (which(ask) ? action() : null);
}

/** Only the first request for each such segment. */
function once(which: (ask: Ask) => boolean, action: () => ReturnType<NonNullable<Row['stream']>['fault'] & {}>) {
  const seen = new Set<string>();
  return (ask: Ask) => {
    if (!which(ask) || seen.has(ask.url)) return null;
    seen.add(ask.url);
    return action();
  };
}

function spoil(which: (ask: Ask) => boolean, change: (body: Buffer) => Buffer) {
  return (body: Buffer, ask: Ask) => (which(ask) ? change(body) : body);
}

function backOnTop({ heightPx }: { heightPx: number | null }): string[] {
  return heightPx === 720 ? [] : [`still at ${heightPx} lines at the end`];
}
