import type { Origin } from './origin.ts';
import { during, type Row } from './row.ts';
import { TICKS_PER_SECOND, TICK_WRAP } from '../../electron/core/rehearsal/hls-packets.ts';
import { children, signalAll } from './processes.ts';

const NONE = { stallS: 0, skippedS: 0 };

/** Rows 28-39, 43-47, 50: encoders, sources, the PC itself. `origin` gives each row the origin it will run on. */
export function buildSourceRows(origin: () => Origin): Row[] {
  let restart = Infinity;
  return [
    {
      row: 28,
      name: 'DISCONTINUITY with time stamps from nothing, and back',
      faultS: 20,
      stream: {
        stampZero: (content) =>
          content >= origin().contentAt(0) + 1 && content < origin().contentAt(10) + 1 ? origin().contentAt(0) + 1 : 0,
        shape: (list, ask) => {
          if (ask.t < 0) return;
          for (const segment of list.segments)
            segment.discontinuity =
              segment.content === origin().contentAt(0) + 1 || segment.content === origin().contentAt(10) + 1;
        },
      },
      bar: NONE,
    },
    {
      row: 29,
      name: 'encoder restart: MEDIA-SEQUENCE and time stamps from nothing',
      faultS: 10,
      stream: {
        sequenceZero: (t) => (t < 0 ? 0 : (restart = Math.min(restart, origin().contentAt(0)))),
        stampZero: (content) => (content >= restart ? restart : 0),
      },
      // The newest old segment may never have been listed: at most one is lost at the origin.
      bar: { stallS: 0.6, skippedS: 2.2 },
      bare: 'hurt',
    },
    {
      row: 30,
      name: 'other resolution inside one rendition',
      faultS: 10,
      stream: {
        pictureOf: (_variant, content) => (content > origin().contentAt(0) && origin().t() >= 0 ? '720' : '360'),
        shape: (list, ask) => {
          if (ask.t < 0) return;
          for (const segment of list.segments) segment.discontinuity = segment.content === origin().contentAt(0) + 1;
        },
      },
      bar: NONE,
    },
    {
      row: 31,
      name: 'first host dies, the same renditions on another host',
      faultS: 60,
      stream: {
        list: { redundant: true, single: true },
        fault: during(Infinity, ({ host }) => (host === 'a' ? { kind: 'status', status: 503 } : null)),
      },
      bar: NONE,
    },
    {
      row: 32,
      name: 'first source dies, a backup source is in the package',
      faultS: 60,
      backup: true,
      stream: { fault: during(Infinity, ({ host }) => (host === 'a' ? { kind: 'reset' } : null)) },
      bar: { stallS: 0.5, skippedS: 0.5 },
      bare: 'dead',
      check: ({ origin: o, sourceId }) => {
        const first = o.log.find((line) => line.host === 'b');
        const wrongs = sourceId === 'b' ? [] : [`still on ${sourceId}`];
        if (!first || first.t > 15) wrongs.push(`backup asked after ${first?.t ?? 'never'} s`);
        return wrongs;
      },
    },
    {
      row: 33,
      name: '302 to another host in mid-session',
      faultS: 30,
      stream: {
        fault: during(Infinity, (ask) =>
          ask.host === 'a' ? { kind: 'redirect', to: origin().base('b') + ask.url } : null,
        ),
      },
      bar: NONE,
    },
    {
      row: 34,
      name: '403: token expired',
      faultS: 30,
      refresh: true,
      stream: {
        fault: during(30, (ask) =>
          ask.url.includes('pass=2') || ask.kind === 'other' ? null : { kind: 'status', status: 403 },
        ),
      },
      bar: NONE,
      bare: 'dead',
      check: ({ origin: o }) => {
        const refused = o.log.filter((line) => line.outcome === '403').length;
        const fresh = o.log.find((line) => line.url.startsWith('/fresh'));
        const wrongs = refused > 30 ? [`${refused} refused requests in 30 s`] : [];
        if (!fresh || fresh.t > 5) wrongs.push(`fresh address asked at ${fresh?.t ?? 'never'} s`);
        return wrongs;
      },
    },
    {
      row: 35,
      name: 'wrong content type',
      faultS: 30,
      stream: { fault: during(30, () => ({ kind: 'type', type: 'text/plain', of: 'proper' })) },
      bar: NONE,
    },
    {
      row: 36,
      name: 'programme date-time jumps 10 minutes',
      faultS: 20,
      stream: {
        dateShiftMs: (content) =>
          origin().t() >= 0 && content >= origin().contentAt(0) && content < origin().contentAt(10) ? 600_000 : 0,
      },
      bar: NONE,
    },
    {
      row: 37,
      name: 'the PC sleeps for 60 s (all processes of the browser stopped)',
      faultS: 60,
      alone: true,
      act: ({ browserPid }) => signalAll(children(browserPid), 'SIGSTOP'),
      undo: ({ browserPid }) => signalAll(children(browserPid), 'SIGCONT'),
      bar: { stallS: 63, skippedS: 0.5, recoveredS: 3 },
    },
    {
      row: 38,
      name: 'GPU process crashes',
      faultS: 10,
      alone: true,
      act: async ({ page }) => {
        const session = await page.browser().target().createCDPSession();
        await session.send('Browser.crashGpuProcess').catch(() => undefined);
        await session.detach().catch(() => undefined);
      },
      bar: { stallS: 2, skippedS: 0.5 },
    },
    {
      row: 39,
      name: 'renderer crashes, the shell reloads the window',
      faultS: 3,
      alone: true,
      afterS: 40,
      act: async ({ page, reopen }) => {
        const session = await page.createCDPSession();
        void session.send('Page.crash').catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await reopen();
      },
      bar: { stallS: 5, skippedS: 0.5, recoveredS: 5 },
    },
    {
      row: 43,
      name: 'joined 10 s after the start of an EVENT playlist; connections reset for 60 s later on',
      faultS: 60,
      beforeS: 105,
      holdS: 90,
      stream: { list: { event: true, single: true }, ageS: 10, fault: during(60, () => ({ kind: 'reset' })) },
      bar: NONE,
      bare: 'dead',
    },
    {
      row: 44,
      name: '404 before the start, 40 s',
      faultS: 40,
      beforeS: 0,
      afterS: 20,
      stream: { fault: during(40, () => ({ kind: 'status', status: 404 })) },
      bar: { stallS: 0, skippedS: 0, recoveredS: 4 },
      bare: 'dead',
      check: ({ origin: o }) => {
        const asked = o.log.filter((line) => line.t >= 0 && line.t < 40).length;
        return asked <= 17 ? [] : [`asked ${asked} times in 40 s`];
      },
    },
    {
      row: 46,
      name: 'low-latency parts offered that are not there',
      faultS: 10,
      stream: { list: { parts: true, single: true } },
      bar: NONE,
      check: ({ origin: o }) =>
        o.log.some((line) => /_HLS_|part-/.test(line.url)) ? ['parts or blocking reloads were asked for'] : [],
    },
    {
      row: 47,
      name: 'time stamps pass 33 bits',
      faultS: 30,
      // The content of second 20 after the fault's beginning is where the stamps wrap.
      stream: { ageS: 600, shiftTicks: TICK_WRAP - (600 + 600 + 45) * TICKS_PER_SECOND },
      bar: NONE,
    },
    {
      row: 50,
      name: "the PC's clock is moved by an hour, and back",
      faultS: 20,
      act: ({ page }) => moveClock(page, 3_600_000),
      undo: ({ page }) => moveClock(page, -3_600_000),
      bar: NONE,
    },
  ];
}

function moveClock(
  page: { evaluate: (f: (by: number) => void, by: number) => Promise<void> },
  by: number,
): Promise<void> {
  return page.evaluate((ms) => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + ms;
  }, by);
}
