import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE } from '../../histories/trace.ts';
import { World } from '../../histories/world.ts';

/** Ends that nobody announced, ends that are taken back, and what is written down of a sitting's life. */
const OPENS = Date.UTC(2026, 1, 7, 0, 0);
const HOUR = 60 * MINUTE;
const plan = (id: string, opensAt: number, length = HOUR) => ({
  id,
  opensAt,
  startsAt: opensAt + 20 * MINUTE,
  endsAt: opensAt + 20 * MINUTE + length,
  toleranceMs: 30 * MINUTE,
  graceMs: 5 * MINUTE,
});
let dir = '';
let world: World;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-ends-'));
});
afterEach(() => {
  world.close();
  rmSync(dir, { recursive: true, force: true });
});

function start(options: { length?: number; broadcast?: 'off' | 'on' | 'ended' } = {}): void {
  const timetable = [plan('sang', OPENS, options.length), plan('chieu', OPENS + 4 * HOUR)];
  const habits = { countsSleep: true, monoSleeps: true, hasDates: true };
  world = new World({ dir, name: 'kiosk', serial: 1, t: OPENS - MINUTE, timetable, habits });
  world.stage = true;
  world.broadcast = options.broadcast ?? 'on';
  world.tick();
  passUntil(OPENS + 30 * MINUTE);
}
function pass(ms: number): void {
  for (let left = ms; left > 0; left -= 5_000) world.pass(Math.min(left, 5_000));
}
function passUntil(t: number): void {
  while (t - world.t > 2 * MINUTE) world.pass(MINUTE);
  pass(t - world.t);
}
const morning = () => world.conductor.list()[0]!;
const life = () => world.store.sittings.getLife(morning().id);

test('a sitting of ten minutes with an ENDLIST left over is neither ended before it began nor by that ENDLIST', () => {
  start({ length: 10 * MINUTE, broadcast: 'ended' });
  expect(morning()).toMatchObject({ state: 'open', endingAt: null });
  expect(world.trace.every((seen) => seen.sittings[0]!.endedBy !== 'ENDLIST')).toBe(true);
  // Its own broadcast comes late, and its ENDLIST is believed.
  world.broadcast = 'on';
  passUntil(OPENS + 31 * MINUTE);
  world.broadcast = 'ended';
  pass(MINUTE);
  expect(morning()).toMatchObject({ endedBy: 'ENDLIST' });
});

test('a broadcast that vanishes for good ends with the timetable and a silence; one that comes back re-opens it', () => {
  start();
  world.broadcast = 'off';
  passUntil(morning().endsAt + 4 * MINUTE);
  expect(morning().state).toBe('live');
  pass(6 * MINUTE);
  expect(morning()).toMatchObject({ state: 'delivered', endedBy: 'schedule' });
  expect(life()).toMatchObject({ endIs: 'decided', endRecordedAt: morning().endedAt });
  world.broadcast = 'on';
  pass(10_000);
  expect(morning()).toMatchObject({ state: 'live', endedAt: null, endedBy: null });
  expect(life()).toMatchObject({ endIs: null, endRecordedAt: null, reopenings: [{ by: 'broadcast', reason: null }] });
});

test('a waking PC begins the silence again', () => {
  start();
  world.broadcast = 'off';
  passUntil(morning().endsAt);
  world.sleep(HOUR);
  world.wake();
  pass(4 * MINUTE);
  expect(morning().state).toBe('live');
  pass(2 * MINUTE);
  expect(morning()).toMatchObject({ state: 'delivered', endedBy: 'schedule' });
});

test('an end by hand is taken back by hand, with who and why, and nothing that still stands ends it again', () => {
  start();
  world.broadcast = 'ended';
  world.byHand('end', (c) => expect(c.end(morning().id, 'chair')).toEqual({ ok: true }));
  expect(world.conductor.end(morning().id, 'chair')).toEqual({ ok: false, error: 'wrong_state' });
  expect(morning()).toMatchObject({ endedBy: 'chair' });
  world.byHand('reopen', (c) => expect(c.reopen(morning().id, 'chair', 'kết thúc nhầm')).toEqual({ ok: true }));
  expect(world.conductor.reopen(morning().id, 'chair')).toEqual({ ok: false, error: 'wrong_state' });
  expect(life().reopenings).toEqual([{ at: expect.any(Number), by: 'chair', reason: 'kết thúc nhầm' }]);
  passUntil(morning().endsAt + 2 * MINUTE);
  expect(morning()).toMatchObject({ state: 'live', endingAt: null });
  const other = world.conductor.list()[1]!;
  expect(world.conductor.open(other.id)).toEqual({ ok: false, error: 'other_running' });
  expect(world.conductor.open('no/such')).toEqual({ ok: false, error: 'wrong_state' });
});

test('an end by the province after a silence; taken back, the province ends it no more', () => {
  start();
  world.provinceFinished = true;
  pass(2 * MINUTE);
  expect(morning().endingAt).toBeNull();
  world.broadcast = 'off';
  pass(4 * MINUTE);
  expect(morning()).toMatchObject({ state: 'delivered', endedBy: 'province' });
  world.byHand('reopen', (c) => c.reopen(morning().id, 'technician'));
  world.broadcast = 'on';
  pass(MINUTE);
  world.broadcast = 'off';
  pass(4 * MINUTE);
  expect(morning()).toMatchObject({ state: 'live', endingAt: null });
  // The console's word outlives a restart.
  world.restart(5_000, true);
  pass(4 * MINUTE);
  expect(morning()).toMatchObject({ state: 'live', endingAt: null });
});

test('a sitting that a dead PC left open ends with the last sign of life, not with the next start; both are stored', () => {
  start();
  const diedAt = world.wall;
  world.broadcast = 'off';
  world.stage = false;
  world.restart(7 * 24 * HOUR, true);
  world.tick();
  const startedAt = world.wall;
  pass(6 * MINUTE);
  expect(morning().state).toBe('delivered');
  expect(diedAt - morning().endedAt!).toBeGreaterThanOrEqual(0);
  expect(diedAt - morning().endedAt!).toBeLessThanOrEqual(MINUTE * 10);
  expect(life()).toMatchObject({ starts: 2, endIs: 'last_sign_of_life', lastSignOfLifeAt: morning().endedAt });
  expect(life().endRecordedAt).toBeGreaterThan(startedAt);
});

test('a sitting that was left open and is used again after the start ends when it ends', () => {
  start();
  world.restart(2 * HOUR, true);
  world.broadcast = 'on';
  pass(MINUTE);
  const before = world.wall;
  world.byHand('end', (c) => c.end(morning().id, 'technician'));
  expect(morning().endedAt).toBe(before);
  expect(life().endIs).toBe('decided');
});

test('a sign of life is written at least each minute, and each start is counted', () => {
  start();
  for (let i = 0; i < 30; i += 1) {
    pass(10_000);
    const { lastSignOfLifeAt } = life();
    expect(world.wall - lastSignOfLifeAt!).toBeLessThanOrEqual(MINUTE);
  }
  world.restart(2_000, false);
  world.tick();
  world.restart(2_000, true);
  world.tick();
  expect(life().starts).toBe(3);
});

test('a step of the clock while the core was away in the same boot is written down too', () => {
  start();
  world.step(-HOUR);
  world.restart(2_000, false);
  world.tick();
  expect(life().clockJumps).toEqual([{ at: world.wall, byMs: -HOUR }]);
  // What happens in another boot is no step that anybody saw.
  world.step(HOUR);
  world.restart(MINUTE, true);
  world.tick();
  expect(life().clockJumps).toHaveLength(1);
});

test('a tick that fails says so, and the next one goes on', () => {
  start();
  const { sittings } = world.store;
  const record = sittings.recordClockJump.bind(sittings);
  sittings.recordClockJump = () => {
    throw new Error('disk full');
  };
  world.step(HOUR);
  world.broadcast = 'ended';
  pass(10_000);
  expect(world.faults).toEqual(['a tick failed: Error: disk full']);
  sittings.recordClockJump = record;
  // What could not be written down did not keep the question from being asked.
  expect(world.conductor.endQuestion()).toMatchObject({ reason: 'endlist' });
});

test('an end that was answered is taken back while the last frames are still shown', () => {
  start();
  world.broadcast = 'ended';
  pass(2_000);
  expect(world.conductor.endQuestion()).toMatchObject({ reason: 'endlist' });
  world.conductor.answerEnd(true);
  expect(morning()).toMatchObject({ state: 'live', endedBy: 'ENDLIST', endingAt: expect.any(Number) });
  expect(world.conductor.reopen(morning().id, 'technician')).toEqual({ ok: true });
  expect(morning()).toMatchObject({ state: 'live', endedBy: null, endingAt: null });
  // The ENDLIST still stands, and asks and ends nothing any more.
  pass(10 * MINUTE);
  expect(world.conductor.endQuestion()).toBeNull();
  expect(morning()).toMatchObject({ state: 'live', endingAt: null });
  expect(life().reopenings).toEqual([]);
});

test('after it was stopped a conductor moves nothing and asks nobody', () => {
  start();
  world.broadcast = 'ended';
  world.conductor.stop();
  world.conductor.tick();
  passUntil(OPENS + 3 * HOUR);
  expect(morning()).toMatchObject({ state: 'live', endingAt: null });
});
