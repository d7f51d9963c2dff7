import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { PlaybackSample } from '../../electron/contract/broadcast.ts';
import { systemClock, type Clock } from '../../electron/core/store/clock.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';

const SILENCE_MS = 61_000;

/** A stand-in for the centre whose playlist moves, or is gone. */
async function withCentre(run: (centre: { url: string; gone: boolean }) => Promise<void>): Promise<void> {
  const centre = { url: '', gone: false };
  let sequence = 1;
  const server = createServer((_request, response) => {
    if (centre.gone) return response.writeHead(404).end();
    sequence += 1;
    const segments = [0, 1, 2, 3].map((i) => `#EXTINF:1.0,\ns${sequence + i}.ts`).join('\n');
    return response.end(`#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:${sequence}\n${segments}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  centre.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live.m3u8`;
  try {
    await run(centre);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The PC's clocks, both `ahead` by as many milliseconds as a test let pass at once. */
function leapingClock(): Clock & { ahead: number } {
  const real = systemClock();
  const clock = {
    ahead: 0,
    now: () => real.now() + clock.ahead,
    stamp: () => {
      const { wallMs, monoMs, bootId } = real.stamp();
      return { wallMs: wallMs + clock.ahead, monoMs: monoMs + clock.ahead, bootId };
    },
  };
  return clock;
}

const sitting = (world: CoreWorld) => world.core.hall.sitting!;

async function saySample(world: CoreWorld, state: PlaybackSample['state'], framesDecoded: number): Promise<void> {
  const json = {
    playerSessionId: 'p1',
    state,
    sourceId: 'chinh',
    programmeTimeMs: null,
    delayS: 6,
    bufferS: 4,
    framesDecoded,
    framesDropped: 0,
    playedMs: framesDecoded * 40,
    rebufferMs: 0,
    rebufferCount: 0,
    startupMs: 800,
    heightPx: 720,
    bitrateKbps: 2_000,
  };
  await world.ask('stage/playback', json);
}

/** Lets time pass while the PC is awake: nothing is counted in one piece that is longer than a few seconds. */
function pass(world: CoreWorld, clock: { ahead: number }, ms: number): void {
  for (let passed = 0; passed < ms; passed += 2_500) {
    clock.ahead += 2_500;
    world.core.hall.conductor.tick();
  }
}

/** Resolves after the conductor has looked at least twice more. */
const looks = () => new Promise((resolve) => setTimeout(resolve, 1_200));

test(
  'a playlist that vanished and a province that says "finished": shown to the end, ended by the province, sealed, not re-opened',
  () =>
    withCentre(async (centre) => {
      const clock = leapingClock();
      const asked: string[] = [];
      const provinceFaults = {
        beforeRequest: async (request: { url?: string | undefined }) => {
          if (request.url?.startsWith('/v1/conferences/')) asked.push(request.url);
          return false;
        },
      };
      const options = {
        people: 6,
        clock,
        random: () => 0,
        sources: [{ id: 'chinh', url: centre.url }],
        provinceFaults,
      };
      await withCore(options, async (world) => {
        const { intake, document } = world;
        const startsAt = sitting(world).startsAt;
        const held = { conferenceId: document.conference.id, sittingId: 'sang', startsAt };
        const health = () => world.core.hall.broadcast.state.health;
        /** The broadcast goes, and is gone for long enough to ask. */
        const vanish = async () => {
          centre.gone = true;
          await world.until('the loss to be noticed', () => health() === 'unreachable', 15_000);
          pass(world, clock, SILENCE_MS);
        };

        // On the air nobody asks, whatever the province would say.
        intake.holdSitting({ ...held, finishedAt: startsAt });
        await world.until('a live broadcast', () => health() === 'live');
        await saySample(world, 'playing', 100);
        await world.until('the first frame noted', () => sitting(world).state === 'live');
        pass(world, clock, 10 * 60_000);
        await looks();
        expect({ asked, state: sitting(world).state }).toEqual({ asked: [], state: 'live' });

        // Gone, but the province says that it goes on.
        intake.holdSitting({ ...held, finishedAt: null });
        await vanish();
        await world.until('a question', () => asked.length === 1);
        await looks();
        expect(sitting(world)).toMatchObject({ state: 'live', endingAt: null, endedBy: null });
        expect(asked).toEqual(['/v1/conferences/hn-2026/sittings/sang']);
        centre.gone = false;
        await world.until('the broadcast back', () => health() === 'live', 15_000);

        // Gone again and finished: what the stage still has is shown, as long as it moves.
        intake.holdSitting({ ...held, finishedAt: startsAt });
        await vanish();
        await world.until('the end to begin', () => sitting(world).endingAt !== null);
        for (let i = 0; i < 6; i += 1) {
          clock.ahead += 5_000;
          await saySample(world, 'playing', 200 + i);
        }
        await looks();
        expect(sitting(world)).toMatchObject({ state: 'live', endedBy: 'province', endedAt: null });
        // Back before that: the end is withdrawn.
        centre.gone = false;
        await world.until('the end withdrawn', () => sitting(world).endingAt === null, 15_000);
        expect(sitting(world)).toMatchObject({ state: 'live', endedBy: null });

        // Gone for good; the core is restarted meanwhile and still knows whose word it was.
        await vanish();
        await world.until('the end to begin again', () => sitting(world).endingAt !== null);
        expect(asked).toHaveLength(3);
        await world.restart();
        expect(sitting(world)).toMatchObject({ state: 'live', endedBy: 'province' });
        pass(world, clock, 120_000);
        await world.until('the report at the province', () => intake.listReports().length === 1);
        await world.until('the receipt', () => sitting(world).state === 'delivered');
        expect(await intake.getOpened(sitting(world).reportId, 1)).toMatchObject({ sitting: { endedBy: 'province' } });

        // The stream is back after the end: nothing happens by itself.
        centre.gone = false;
        pass(world, clock, SILENCE_MS);
        await looks();
        expect(sitting(world)).toMatchObject({ state: 'delivered', endedBy: 'province' });

        // The console takes it back; the province cannot close this sitting again, not even when the stream is lost once more.
        await world.ask('console/unlock', { pin: '123456', role: 'technician' });
        const sittingId = sitting(world).id;
        expect(await world.ask('console/reopen-sitting', { sittingId })).toEqual({
          ok: true,
        });
        await world.until('the broadcast again', () => health() === 'live', 15_000);
        await vanish();
        await looks();
        expect(sitting(world)).toMatchObject({ state: 'live', endingAt: null });
        expect(asked).toHaveLength(3);
      });
    }),
  90_000,
);
