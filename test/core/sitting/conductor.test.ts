import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE, type Habits } from '../../histories/trace.ts';
import { World } from '../../histories/world.ts';

/**
 * The real conductor on a real store, with clocks that are moved by hand. The morning opens at 0:00 of the test's time,
 * begins at 0:20 and ends at 2:20; the afternoon opens at 3:00, begins at 3:20 and ends at 5:20.
 */
const OPENS = Date.UTC(2026, 1, 7, 0, 0);
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const plan = (id: string, opensAt: number) => ({
  id,
  opensAt,
  startsAt: opensAt + 20 * MINUTE,
  endsAt: opensAt + 140 * MINUTE,
  toleranceMs: 30 * MINUTE,
  graceMs: 20 * MINUTE,
});
let dir = '';
let world: World;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-conductor-'));
});
afterEach(() => {
  world.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A kiosk that was started five minutes before the morning opens. */
function start(options: { habits?: Partial<Habits>; errorMs?: number; gapMs?: number } = {}): World {
  const habits = { countsSleep: true, monoSleeps: true, hasDates: true, ...options.habits };
  const timetable = [plan('sang', OPENS), plan('chieu', OPENS + (options.gapMs ?? 3 * HOUR))];
  world = new World({ dir, name: 'kiosk', serial: 1, t: OPENS - 5 * MINUTE, timetable, habits });
  world.errorMs = options.errorMs ?? 0;
  world.restart(0, true);
  world.stage = true;
  world.tick();
  return world;
}

/** Awake time, in ticks of five seconds. */
function pass(ms: number): void {
  for (let left = ms; left > 0; left -= 5_000) world.pass(Math.min(left, 5_000));
}
/** Up to a moment in few ticks, of which each counts five seconds; the last minute as it is. */
function passUntil(t: number): void {
  while (t - world.t > 2 * MINUTE) world.pass(MINUTE);
  pass(t - world.t);
}
const states = () => world.conductor.list().map((s) => s.state);
const [morning, afternoon] = [() => world.conductor.list()[0]!, () => world.conductor.list()[1]!];

/** In the middle of the morning, with the picture moving. */
function startInTheMorning(options: Parameters<typeof start>[0] = {}): void {
  start(options);
  passUntil(OPENS + 15 * MINUTE);
  world.broadcast = 'on';
  passUntil(OPENS + 60 * MINUTE);
  expect(states()).toEqual(['live', 'prepared']);
}

test('a day as it should be: opened by the timetable, live with the picture, ended by ENDLIST and its last frame, twice', () => {
  start();
  expect(states()).toEqual(['prepared', 'prepared']);
  passUntil(OPENS);
  expect(morning()).toMatchObject({ state: 'open', openedAt: OPENS });
  world.broadcast = 'on';
  pass(5_000);
  expect(states()).toEqual(['live', 'prepared']);
  passUntil(morning().startsAt);
  expect(morning().broadcastSeenAt).toBe(morning().startsAt);
  passUntil(morning().endsAt - 10 * MINUTE);
  world.broadcast = 'ended';
  pass(5_000);
  expect(world.conductor.endQuestion()).toBeNull();
  expect(morning()).toMatchObject({ state: 'live', endedBy: 'ENDLIST', endedAt: null });
  pass(35_000);
  expect(morning()).toMatchObject({ state: 'delivered', endedBy: 'ENDLIST' });
  passUntil(afternoon().opensAt + 5_000);
  expect(states()).toEqual(['delivered', 'open']);
  // The ENDLIST of the morning still stands on the server.
  passUntil(afternoon().startsAt + 60_000);
  expect(world.conductor.endQuestion()).toEqual({ reason: 'endlist', closesAt: null });
  world.broadcast = 'on';
  passUntil(afternoon().endsAt);
  world.broadcast = 'ended';
  pass(60_000);
  expect(states()).toEqual(['delivered', 'delivered']);
});

test.each([1_000, -1_000, 6 * MINUTE, 3.2 * HOUR, -6 * HOUR, DAY, -DAY, 365 * DAY, -365 * DAY])(
  'a clock that is set by %d ms in a live sitting ends nothing and opens nothing, also when it stays so',
  (ms) => {
    startInTheMorning({ habits: { hasDates: false } });
    world.step(ms);
    pass(6 * MINUTE);
    expect(world.conductor.endQuestion()).toBeNull();
    expect(states()).toEqual(['live', 'prepared']);
    world.step(-ms);
    pass(MINUTE);
    expect(world.store.sittings.getLife(morning().id).clockJumps.map((jump) => jump.byMs)).toEqual([ms, -ms]);
  },
);

test('set forward by a day for good, with a sitting on each day: the second is not opened on the first, nor right after it', () => {
  startInTheMorning({ habits: { hasDates: false }, gapMs: DAY });
  world.step(DAY);
  passUntil(morning().endsAt);
  world.broadcast = 'ended';
  // With a clock that was set, an ENDLIST is asked about even when it is in time by that clock.
  pass(6 * MINUTE);
  expect(states()).toEqual(['delivered', 'prepared']);
  passUntil(world.t + 3 * HOUR);
  expect(states()).toEqual(['delivered', 'prepared']);
  passUntil(OPENS + DAY + 5_000);
  expect(states()).toEqual(['delivered', 'open']);
});

test('an early ENDLIST is asked about for five minutes of awake time, through sleep, a step of the clock and a restart', () => {
  startInTheMorning();
  world.broadcast = 'ended';
  pass(5_000);
  const asked = world.conductor.endQuestion();
  expect(asked).toEqual({ reason: 'endlist', closesAt: world.wall + 5 * MINUTE });
  pass(MINUTE);
  expect(world.conductor.endQuestion()).toEqual(asked);
  world.sleep(2 * HOUR);
  pass(5_000);
  world.step(30 * MINUTE);
  pass(5_000);
  world.restart(30_000, false);
  world.tick();
  pass(3 * MINUTE);
  expect(morning()).toMatchObject({ state: 'live', endingAt: null });
  expect(world.conductor.endQuestion()?.closesAt).toBeGreaterThan(world.wall);
  pass(2 * MINUTE);
  expect(morning()).toMatchObject({ endedBy: 'ENDLIST' });
});

test('after a restart in another boot a question has its full time again', () => {
  startInTheMorning();
  world.broadcast = 'ended';
  pass(4 * MINUTE);
  world.restart(MINUTE, true);
  world.tick();
  pass(4 * MINUTE + 50_000);
  expect(morning()).toMatchObject({ state: 'live', endingAt: null });
  pass(20_000);
  expect(morning()).toMatchObject({ endedBy: 'ENDLIST' });
});

test('the console keeps a sitting open against an early ENDLIST, across a restart, until the broadcast goes on', () => {
  startInTheMorning();
  expect(world.conductor.answerEnd(true)).toEqual({ ok: false, error: 'nothing_asked' });
  world.broadcast = 'ended';
  pass(MINUTE);
  world.byHand('keep', (c) => expect(c.answerEnd(false)).toEqual({ ok: true }));
  expect(world.conductor.endQuestion()).toBeNull();
  world.restart(5_000, true);
  pass(6 * MINUTE);
  expect(states()).toEqual(['live', 'prepared']);
  world.broadcast = 'on';
  pass(MINUTE);
  world.broadcast = 'ended';
  pass(MINUTE);
  expect(world.conductor.endQuestion()).toMatchObject({ reason: 'endlist' });
  world.byHand('close', (c) => c.answerEnd(true));
  pass(40_000);
  expect(states()).toEqual(['delivered', 'prepared']);
});

test('an encoder that takes its ENDLIST back goes on', () => {
  startInTheMorning();
  passUntil(morning().endsAt - 10 * MINUTE);
  world.broadcast = 'ended';
  pass(10_000);
  expect(morning().endingAt).not.toBeNull();
  world.broadcast = 'on';
  pass(5_000);
  expect(morning()).toMatchObject({ state: 'live', endingAt: null, endedBy: null });
});

test('a channel that never stops: the next sitting takes over after a question, and only when nobody objects', () => {
  startInTheMorning();
  passUntil(afternoon().opensAt + 5_000);
  expect(world.conductor.endQuestion()).toMatchObject({ reason: 'next_due', closesAt: expect.any(Number) });
  world.byHand('keep', (c) => c.answerEnd(false));
  pass(6 * MINUTE);
  // The picture moves, and still the answer stands.
  expect(states()).toEqual(['live', 'prepared']);
  expect(world.conductor.endQuestion()).toBeNull();
});

test.each([
  ['nobody answers', (): void => pass(5 * MINUTE + 10_000)],
  ['somebody says so', (): void => world.byHand('close', (c) => c.answerEnd(true))],
])('a channel that never stops hands over when %s', (_, act) => {
  startInTheMorning();
  passUntil(afternoon().opensAt + 5_000);
  act();
  pass(10_000);
  expect(states()).toEqual(['delivered', 'live']);
  expect(morning()).toMatchObject({ endedBy: 'schedule', endedAt: expect.any(Number) });
});

test("without the centre's clock only a person ends what the hall is looking at", () => {
  startInTheMorning({ habits: { hasDates: false } });
  passUntil(afternoon().opensAt + 60_000);
  expect(world.conductor.endQuestion()).toEqual({ reason: 'next_due', closesAt: null });
  pass(6 * MINUTE);
  expect(states()).toEqual(['live', 'prepared']);
});

test('a clock six hours ahead from the start opens nothing against the centre, and opens offline', () => {
  start({ errorMs: 6 * HOUR, gapMs: 6 * HOUR });
  world.broadcast = 'on';
  pass(MINUTE);
  expect(states()).toEqual(['prepared', 'prepared']);
  world.close();
  rmSync(path.join(dir, 'kiosk.db'));
  start({ errorMs: 6 * HOUR, gapMs: 6 * HOUR, habits: { hasDates: false } });
  pass(10 * MINUTE);
  expect(states()).toEqual(['prepared', 'open']);
});

test('a clock that is put right before any sitting has run is believed after two minutes, and at once when the centre agrees', () => {
  start({ errorMs: -365 * DAY, habits: { hasDates: false } });
  passUntil(OPENS + MINUTE);
  expect(states()).toEqual(['prepared', 'prepared']);
  world.step(365 * DAY);
  pass(MINUTE);
  expect(states()).toEqual(['prepared', 'prepared']);
  pass(MINUTE + 10_000);
  expect(states()).toEqual(['open', 'prepared']);
});

test('a clock that is put right while a sitting runs is believed for the next one when the centre agrees', () => {
  start({ errorMs: -6 * HOUR });
  world.byHand('open', (c) => expect(c.open(morning().id)).toEqual({ ok: true }));
  world.broadcast = 'on';
  pass(MINUTE);
  world.step(6 * HOUR);
  pass(30_000);
  passUntil(morning().endsAt);
  expect(states()).toEqual(['live', 'prepared']);
  world.broadcast = 'ended';
  pass(6 * MINUTE);
  passUntil(afternoon().opensAt + 10_000);
  expect(states()).toEqual(['delivered', 'open']);
});

test('a sitting that was opened and ended between two ticks has run: a clock set after it opens nothing by itself', () => {
  start({ habits: { hasDates: false } });
  world.byHand('command', (c) => {
    c.open(morning().id);
    return c.end(morning().id, 'technician');
  });
  world.step(4 * HOUR);
  pass(5 * MINUTE);
  expect(states()[1]).toBe('prepared');
});
