import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../electron/core/store/clock.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';
import type { CaseResult, Gate } from './gate.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** How far the PC's clock is off at the start; a function of the true time, ms. */
const STARTS: readonly [string, (now: number) => number][] = [
  ['right', () => 0],
  ['in 1970', (now) => -now + 60 * SECOND],
  ['in 2009', (now) => Date.UTC(2009, 0, 1) - now],
  ['a day ahead', () => DAY],
  ['a day behind', () => -DAY],
  ['a year ahead', () => 365 * DAY],
  ['a year behind', () => -365 * DAY],
  ['seven hours ahead, as a wrong zone', () => 7 * HOUR],
  ['ten minutes behind', () => -10 * 60 * SECOND],
];
/** What happens to it while the sitting runs. */
const JUMPS: readonly [string, number[]][] = [
  ['stays', [0]],
  ['one second', [SECOND]],
  ['a second back', [-SECOND]],
  ['an hour ahead', [HOUR]],
  ['six hours ahead', [6 * HOUR]],
  ['six hours back', [-6 * HOUR]],
  ['six hours ahead and back again', [6 * HOUR, -6 * HOUR]],
];
const STREAMS = [true, false] as const;

export const clocks: Gate = {
  name: 'clocks',
  what: 'a wrong clock is named, opens, ends, seals and loses nothing, and makes nobody late',
  cases: STARTS.length * JUMPS.length * STREAMS.length,
  short: 5,
  open: async ({ control }) => {
    const server = await serveList();
    return {
      tryCase: (number) => {
        const start = STARTS[number % STARTS.length]!;
        const jump = JUMPS[Math.floor(number / STARTS.length) % JUMPS.length]!;
        const withStream = STREAMS[Math.floor(number / STARTS.length / JUMPS.length) % STREAMS.length]!;
        return tryClock({ start, jump, url: withStream ? server.url : null, control });
      },
      close: async () => {
        server.server.closeAllConnections();
        await new Promise((resolve) => server.server.close(resolve));
      },
    };
  },
};

async function tryClock(options: {
  start: (typeof STARTS)[number];
  jump: (typeof JUMPS)[number];
  url: string | null;
  control: boolean;
}): Promise<CaseResult> {
  const [startName, offsetAt] = options.start;
  const [jumpName, jumps] = options.jump;
  const name = `${startName}, ${jumpName}, ${options.url ? 'with' : 'without'} a stream`;
  let offset = offsetAt(Date.now());
  const began = performance.now();
  const clock: Clock = {
    now: () => Date.now() + offset,
    stamp: () => ({
      wallMs: Date.now() + offset,
      monoMs: Math.round(performance.now() - began) + 1_000,
      bootId: 'boot',
    }),
    sinceBootMs: () => Math.round(performance.now() - began) + 1_000,
  };
  const faults: string[] = [];
  let named: readonly string[] = [];
  await withCore(
    {
      people: 6,
      clock,
      sources: options.url ? [{ id: 'chinh', url: options.url }] : [],
      package: (document) => ({
        ...document,
        sittings: [
          ...document.sittings,
          {
            ...document.sittings[0]!,
            id: 'chieu',
            title: 'Buổi chiều',
            opensAt: at(5),
            startsAt: at(6),
            endsAt: at(9),
          },
        ],
      }),
    },
    async (world) => {
      // As before, when nothing compared the clock with what hosts say.
      if (options.control) world.core.hall.clockWatch.note = () => undefined;
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      const morning = 'hn-2026-thu/sang';
      const state = (id: string) => world.store.sittings.getSitting(id)?.state;
      if (state(morning) === 'prepared') await world.ask('console/open-sitting', { sittingId: morning });
      if (options.url) await world.until('the list', () => world.core.hall.broadcast.state.health === 'live', 20_000);
      const people = world.document.roster!.map((person) => person.id);
      const others = () => world.store.sittings.listSittings('hn-2026-thu').filter((s) => s.id !== morning);
      const before = others()
        .map((s) => s.state)
        .join();
      let signedIn = 0;
      const signIn = async () => {
        const answer = await world.ask('desk/sign-in', {
          sittingId: morning,
          personId: people[signedIn]!,
          method: 'list',
        });
        if (answer.ok) signedIn += 1;
        else faults.push(`sign-in refused: ${answer.error}`);
      };
      await signIn();
      named = await nameOf(world, offset, options.url !== null);
      for (const jump of jumps) {
        offset += jump;
        await pause(700);
        world.core.hall.conductor.tick();
        await signIn();
        if (!['open', 'live'].includes(state(morning) ?? '')) faults.push(`the sitting is ${state(morning)}`);
        if (
          others()
            .map((s) => s.state)
            .join() !== before
        )
          faults.push('another sitting moved');
      }
      if (isWrong(offset) && options.url !== null) named = await nameOf(world, offset, true);
      // Once two hosts agree, screens and lateness are by true time, whatever the PC's clock says.
      const isKnown = () => world.core.hall.clockWatch.agreed !== null;
      if (options.url !== null && isWrong(offset))
        await world.until('two hosts agree', isKnown, 10_000).catch(() => undefined);
      if (isKnown()) {
        for (const { arrivedAt } of world.core.hall.register(morning).listStatuses().values())
          if (arrivedAt !== null && Math.abs(arrivedAt - Date.now()) > 90 * SECOND)
            faults.push(`an arrival is ${Math.round((arrivedAt - Date.now()) / SECOND)} s off`);
        if (world.core.hall.register(morning).getTotals().late > 0) faults.push('somebody counts as late');
        if (Math.abs(world.core.hall.shownNow() - Date.now()) > 61 * SECOND) faults.push('screens show another time');
      } else if (options.url !== null && isWrong(offset)) faults.push('no two hosts agreed');
      const events = world.store.attendance.listEvents(morning);
      const order = events.map((event) => event.personId).join();
      if (order !== people.slice(0, signedIn).join()) faults.push(`the log has ${order}`);
      if (world.core.hall.register(morning).getTotals().came !== signedIn) faults.push('somebody is lost');
      if (world.store.reports.getLastRevision(world.store.sittings.getSitting(morning)!.reportId) !== 0)
        faults.push('a report was sealed');
      const wantsName = offset < Date.UTC(2025, 0, 1) - Date.now() || (isWrong(offset) && options.url !== null);
      if (wantsName && named.length === 0) faults.push('nothing is named');
      if (!isWrong(offsetAt(Date.now())) && jumps.every((jump) => !isWrong(jump)) && named.length > 0)
        faults.push(`named without a cause: ${named.join()}`);
    },
  );
  return {
    outcome: faults.length === 0 ? `nothing moved, named: ${named.join(', ') || 'nothing'}` : faults[0]!,
    wrong: faults.length === 0 ? null : `${name}: ${faults.join('; ')}`,
  };
}

const isWrong = (offset: number) => Math.abs(offset) > 60 * SECOND;
const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the console says of the clock; waited for a while when it ought to say something. */
async function nameOf(world: CoreWorld, offset: number, hasStream: boolean): Promise<readonly string[]> {
  const alarms = () => world.core.pc.alarms.filter((code) => code.startsWith('clock_'));
  if (isWrong(offset) && hasStream)
    for (let tries = 0; tries < 60 && alarms().length === 0; tries += 1) await pause(100);
  return alarms();
}

/** A live list whose server knows the time. */
async function serveList(): Promise<{ server: Server; url: string }> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/vnd.apple.mpegurl');
    const sequence = Math.floor(Date.now() / 1_000);
    const segments = [0, 1, 2, 3].map((i) => `#EXTINF:1,\ns${sequence + i}.ts\n`).join('');
    response.end(`#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:${sequence}\n${segments}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.m3u8` };
}
