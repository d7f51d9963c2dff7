import { expect, test } from 'vitest';
import { bufferedAfter, nextRangeStart, playableUntil } from '../../../renderer/stage/player/buffer.ts';
import { Counters } from '../../../renderer/stage/player/counters.ts';
import { KnownGaps, plainUrl, segmentKey } from '../../../renderer/stage/player/load-request.ts';
import { FailureHistory, readFailure } from '../../../renderer/stage/player/failure.ts';
import { HoleTolerance } from '../../../renderer/stage/player/hole-tolerance.ts';
import { BACKOFF, backoffMs, hedgeMs, REQUEST_LIMITS, SOURCES } from '../../../renderer/stage/player/policy.ts';
import { RefillLimit } from '../../../renderer/stage/player/refill.ts';
import { SourceChain } from '../../../renderer/stage/player/source-chain.ts';
import { Watchdog, type Observation } from '../../../renderer/stage/player/watchdog.ts';
import { runRestore } from '../../fleet/restore.ts';

test('no two halls wait the same, and none waits longer than the cap', () => {
  const waits = Array.from({ length: 200 }, () => backoffMs(BACKOFF.network, 9, 0));
  expect(new Set(waits).size).toBeGreaterThan(150);
  expect(Math.max(...waits)).toBeLessThanOrEqual(BACKOFF.network.maxMs);
  expect(backoffMs(BACKOFF.network, 1, 0, () => 1)).toBe(BACKOFF.network.firstMs);
});

test('a hall with a long cushion waits longer, but never for more than half of it', () => {
  const longest = (aheadS: number) => backoffMs(BACKOFF.network, 20, aheadS, () => 1);
  expect(longest(70)).toBe(BACKOFF.network.patientMs);
  expect(longest(10)).toBe(5000);
  expect(longest(4)).toBe(BACKOFF.network.maxMs);
  const limits = REQUEST_LIMITS.playlist;
  expect(hedgeMs(limits, 70, () => 1)).toBe(limits.patientHedgeMs);
  expect(hedgeMs(limits, 0, () => 1)).toBe(limits.hedgeAfterMs);
  expect(hedgeMs(limits, 0, () => 0)).toBeLessThan(limits.hedgeAfterMs);
});

test('a broadcast that returns for the whole country is not stormed, and halls without a picture come first', () => {
  const halls = { venues: 4000, cushionS: 75, seed: 3 } as const;
  for (const kind of ['refused', 'silence'] as const) {
    expect(runRestore({ ...halls, kind, outageS: 60 }).peak_share).toBeLessThan(0.22);
    expect(runRestore({ ...halls, kind, outageS: 300 }).all_back_s).toBeLessThan(3);
  }
  expect(runRestore({ ...halls, kind: 'refused', outageS: 60, lockStep: true }).peak_share).toBe(1);
});

test('the relay says whose fault a failure is, and its own status is not taken for the origin', () => {
  const read = (status: number, headers: Record<string, string> = {}) =>
    readFailure(status, (name) => headers[name] ?? null);
  expect(read(502, { 'x-relay-failure': 'dns_unavailable', 'x-relay-whose': 'line' })).toEqual({
    cause: 'dns_unavailable',
    whose: 'line',
  });
  expect(read(504, { 'x-relay-failure': 'no_answer', 'x-relay-whose': 'server' })).toEqual({
    cause: 'no_answer',
    whose: 'server',
  });
  expect(read(502, { 'x-relay-failure': 'something new' }).cause).toBe('no_connection');
  expect(read(502).cause).toBe('server_error');
  expect(read(403, { 'x-relay-cause': 'cookies' }).cause).toBe('cookies');
  expect(read(403).cause).toBe('denied');
  expect(read(404).cause).toBe('missing');
});

test('an interruption is blamed on the line, the centre or this PC by what failed just before it', () => {
  const causes = new FailureHistory();
  expect(causes.explain(0)).toEqual({ word: null, fault: 'this_pc' });
  causes.recordFailure('dns_unavailable', 1000);
  expect(causes.explain(5000)).toEqual({ word: 'dns_unavailable', fault: 'line' });
  // A request that only hangs does not outdo the name of a moment ago.
  causes.recordFailure('no_answer', 5500);
  expect(causes.explain(5600)).toEqual({ word: 'dns_unavailable', fault: 'line' });
  causes.recordFailure('server_error', 6000);
  expect(causes.explain(7000)).toEqual({ word: 'server_error', fault: 'centre' });
  causes.recordSuccess(9000);
  expect(causes.explain(9500).fault).toBe('this_pc');
  causes.recordStale(9500);
  expect(causes.explain(9600)).toEqual({ word: 'stale', fault: 'centre' });
  causes.recordFailure('no_answer', 40_000);
  expect(causes.explain(40_100).fault).toBe('unknown');
  causes.recordFailure('no_answer', 41_000, 'server');
  expect(causes.explain(41_100).fault).toBe('centre');
});

test('a segment is the same with and without CMCD, and two byte ranges of a file are two segments', () => {
  expect(plainUrl('http://o/a.ts?CMCD=bl%3D2000&token=7')).toBe('http://o/a.ts?token=7');
  expect(plainUrl('http://o/a.ts?token=7&CMCD=bl%3D2000')).toBe('http://o/a.ts?token=7');
  expect(plainUrl('http://o/a.ts?CMCD=bl%3D2000')).toBe('http://o/a.ts');
  const gaps = new KnownGaps();
  gaps.add(segmentKey('http://o/a.ts', 0, 7));
  expect(gaps.has(segmentKey('http://o/a.ts', 0, 7))).toBe(true);
  expect(gaps.has(segmentKey('http://o/a.ts', 5000, 7))).toBe(false);
  // Listed again under another number, it is asked for again.
  expect(gaps.has(segmentKey('http://o/a.ts', 0, 90))).toBe(false);
  gaps.add(segmentKey('http://o/b.ts', null, 8), -1);
  expect(gaps.has(segmentKey('http://o/b.ts', null, 8))).toBe(false);
});

test('refilling goes at line speed for a while, then at three times real time, and never holds back a hall that runs dry', () => {
  const limit = new RefillLimit();
  const t0 = performance.now();
  for (let i = 0; i < 15; i++) expect(limit.waitMs(2, 40, t0)).toBe(0);
  const wait = limit.waitMs(2, 40, t0);
  expect(wait).toBeGreaterThan(600);
  expect(wait).toBeLessThan(700);
  expect(limit.waitMs(2, 5, t0)).toBe(0);
});

test('the hall goes back to a better source after 60 s of health, and more rarely each time that did not last', () => {
  const a = { id: 'a', url: 'http://a/' };
  const b = { id: 'b', url: 'http://b/' };
  const chain = new SourceChain([a, b]);
  expect(chain.after('a', new Set(['a']))).toEqual(b);
  expect(chain.after('a', new Set(['a', 'b']))).toBeNull();
  const heal = (from: number) => {
    chain.recordProbe('a', true, from);
    for (let t = from; ; t += 1000) if (chain.returnTo('b', t)) return t - from;
  };
  expect(heal(0)).toBe(SOURCES.failbackMs);
  chain.recordReturn(60_000);
  chain.recordLeft(90_000);
  expect(heal(100_000)).toBe(2 * SOURCES.failbackMs);
  chain.recordProbe('a', false, 110_000);
  expect(chain.returnTo('b', 900_000)).toBeNull();
});

test('buffers with holes: what can be played, what comes behind the hole, and how much there is', () => {
  const ranges = [
    { start: 10, end: 20 },
    { start: 22, end: 30 },
  ];
  expect(playableUntil(ranges, 12)).toBe(20);
  expect(nextRangeStart(ranges, 12)).toBe(22);
  expect(nextRangeStart(ranges, 25)).toBeNull();
  expect(bufferedAfter(ranges, 12)).toBe(16);
});

test('a hole that was given up is tolerated until the picture is near it, and forgotten behind it', () => {
  const config = { maxBufferHole: 9 } as { maxBufferHole: number } & ConstructorParameters<typeof HoleTolerance>[0];
  const holes = new HoleTolerance(config);
  expect(config.maxBufferHole).toBe(0.4);
  holes.widen('a', 2);
  holes.widen('a', 2);
  expect(config.maxBufferHole).toBeCloseTo(2.5);
  holes.update(40);
  expect(config.maxBufferHole).toBeCloseTo(2.5);
  holes.update(3);
  expect(config.maxBufferHole).toBe(0.4);
  holes.update(null);
  holes.update(50);
  expect(config.maxBufferHole).toBe(0.4);
});

const STEADY: Observation = {
  now: 0,
  shouldPlay: true,
  time: 0,
  untilHoleS: 60,
  nextRangeStart: null,
  frames: 0,
  countsFrames: true,
  targetDurationS: 2,
  unfetchedS: 2,
  advancedAt: 0,
  lastSegmentAt: 0,
  lastFailureAt: null,
  activeAt: 0,
  ended: false,
};

/** Runs a watchdog for `seconds` over a changing scene and lists what it said, in order. */
function watch(seconds: number, scene: (t: number) => Partial<Observation>): string[] {
  const dog = new Watchdog();
  const said: string[] = [];
  for (let ms = 0; ms <= seconds * 1000; ms += 250) {
    const live = { now: ms, time: ms / 1000, frames: ms / 40, advancedAt: ms, lastSegmentAt: ms, activeAt: ms };
    for (const trouble of dog.observe({ ...STEADY, ...live, ...scene(ms / 1000) }))
      said.push(`${trouble.kind}@${ms / 1000}`);
  }
  return said;
}

test('nothing is said of a picture that plays', () => {
  expect(watch(60, () => ({}))).toEqual([]);
});

test('a clock that stands on a full buffer is nudged, then given up', () => {
  const said = watch(20, (t) => ({ time: Math.min(t, 10) }));
  expect(said[0]).toBe('frozen_nudge@11.75');
  expect(said[1]).toBe('frozen@15.25');
});

test('a clock that stands on an empty buffer is an outage and no freeze', () => {
  expect(watch(30, (t) => ({ time: Math.min(t, 10), untilHoleS: 0 }))).toEqual([]);
});

test('a decoder that gives no frames while the clock runs is seen within 5 s', () => {
  const said = watch(16, (t) => ({ frames: Math.min(t, 10) * 25 }));
  expect(said).toEqual(['no_frames@14.25']);
});

test('a hole is jumped before the picture stands', () => {
  const said = watch(3, (t) => ({ untilHoleS: Math.max(0, 2.2 - t), nextRangeStart: 4.2 }));
  expect(said[0]).toBe('hole@2');
});

test('a loader that fetches nothing of a fresh list is seen, one that fails or has nothing to fetch is not', () => {
  expect(watch(30, (t) => ({ unfetchedS: t, lastSegmentAt: 0 }))).toContain('loader_stalled@10.25');
  expect(watch(30, (t) => ({ unfetchedS: t, lastSegmentAt: 0, lastFailureAt: t * 1000 }))).toEqual([]);
  expect(watch(30, () => ({ unfetchedS: 2, lastSegmentAt: 0 }))).toEqual([]);
});

test('a loader that asks for nothing at all is dead, even without any error', () => {
  const said = watch(40, () => ({ activeAt: 0, advancedAt: 0, lastSegmentAt: 0 }));
  expect(said.find((s) => s.startsWith('loader_stalled'))).toBe('loader_stalled@13.25');
});

test('a playlist that stands still is stale after 12 s, and that is repeated', () => {
  expect(watch(30, () => ({ advancedAt: 0, lastSegmentAt: 0 })).filter((s) => s.startsWith('stale'))).toEqual([
    'stale@12.25',
    'stale@24.25',
  ]);
});

test('a process that slept is no stall', () => {
  const dog = new Watchdog();
  dog.observe({ ...STEADY, now: 0 });
  expect(dog.observe({ ...STEADY, now: 60_000 })).toEqual([{ kind: 'slept', ms: 60_000 }]);
  expect(
    dog.observe({ ...STEADY, now: 60_250, time: 0.2, advancedAt: 60_000, lastSegmentAt: 60_000, activeAt: 60_000 }),
  ).toEqual([]);
});

test('counters: a stall counts from 250 ms, playing time and skips add up, nothing goes down', () => {
  const counters = new Counters();
  const deck = {};
  counters.recordIntent(0);
  expect(counters.recordFirstFrame(800)).toBe(800);
  const changes: string[] = [];
  let time = 0;
  for (let now = 0; now <= 20_000; now += 250) {
    const stands = now > 10_000 && now <= 13_000;
    if (now > 0 && !stands) time += 0.25;
    if (now === 15_000) time += 2;
    for (const change of counters.observe({ now, deck, time, shouldPlay: true, firstFrameSeen: true }))
      changes.push(`${change.began ? 'began' : 'ended'}@${change.at}`);
  }
  expect(changes).toEqual(['began@10000', 'ended@13250']);
  expect(counters.rebufferCount).toBe(1);
  expect(counters.rebufferMs).toBe(3000);
  expect(counters.playedMs).toBe(17_000);
  expect(counters.skippedMs).toBeCloseTo(2000);
});

test('counters: sleep of the PC is an interruption that is over when it is seen', () => {
  const counters = new Counters();
  const deck = {};
  const see = (now: number, time: number) =>
    counters.observe({ now, deck, time, shouldPlay: true, firstFrameSeen: true });
  see(0, 0);
  see(250, 0.25);
  expect(see(60_250, 0.5)).toEqual([
    { began: true, at: 250 },
    { began: false, at: 60_250 },
  ]);
  expect(counters.rebufferMs).toBeGreaterThan(59_000);
  expect(see(60_500, 0.75)).toEqual([]);
});

test('counters: another element is no jump, a wanted jump is no skip, frames of a gone element stay counted', () => {
  const counters = new Counters();
  const first = {};
  const second = {};
  const see = (now: number, deck: unknown, time: number) =>
    counters.observe({ now, deck, time, shouldPlay: true, firstFrameSeen: true });
  see(0, first, 100);
  see(250, first, 100.25);
  counters.retire({ totalVideoFrames: 500, droppedVideoFrames: 3 });
  see(500, second, 7);
  see(750, second, 7.25);
  counters.forgiveJump();
  see(1000, second, 60);
  see(1250, second, 60.25);
  expect(counters.skippedMs).toBe(0);
  expect(counters.frames({ totalVideoFrames: 10, droppedVideoFrames: 1 })).toEqual({ decoded: 510, dropped: 4 });
});
