import { expect, test } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { readView } from '../../support/read-view.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const SOURCES = [
  { id: 'main', url: 'http://127.0.0.1:9/main.m3u8' },
  { id: 'backup', url: 'http://127.0.0.1:9/backup.m3u8' },
];
const JPEG = Buffer.from('no picture, but base64').toString('base64');

const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });

const stage = (world: CoreWorld) => readView(world, 'stage');

test('volume and mute reach the stage, are shown again on the console, and outlive a restart', async () => {
  await withCore({ people: 1 }, async (world) => {
    expect((await stage(world)).sound).toMatchObject({ volume: 100, muted: false });
    expect(await world.ask('console/volume', { volume: 40, muted: true })).toMatchObject({ error: 'locked' });
    await unlock(world);
    await world.ask('console/volume', { volume: 40, muted: true });
    expect((await stage(world)).sound).toMatchObject({ volume: 40, muted: true });
    expect(await world.ask('console/volume', { volume: 101, muted: false })).toMatchObject({ error: 'invalid_input' });
    await world.restart();
    expect((await stage(world)).sound).toMatchObject({ volume: 40, muted: true });
    await unlock(world);
    expect((await readView(world, 'console')).open?.hallSettings).toMatchObject({
      volume: 40,
      muted: true,
    });
  });
});

test('a source chosen by hand comes first, the other one still stands in, and automatic brings the order back', async () => {
  const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const sitting = { opensAt: at(-120_000), startsAt: at(-60_000), endsAt: at(3_600_000) };
  await withCore({ people: 1, sources: SOURCES, sitting }, async (world) => {
    await world.until('the stage is to play', async () => (await stage(world)).scene === 'broadcast');
    const order = async () => (await stage(world)).sources.map((source) => source.id);
    expect(await order()).toEqual(['main', 'backup']);
    await unlock(world);
    expect(await world.ask('console/source', { sittingId: world.sittingId, sourceId: 'nobody' })).toEqual({
      ok: false,
      error: 'no_such_source',
    });
    await world.ask('console/source', { sittingId: world.sittingId, sourceId: 'backup' });
    expect(await order()).toEqual(['backup', 'main']);
    expect((await readView(world, 'console')).open?.hallSettings).toMatchObject({
      chosen: 'backup',
      sources: [{ id: 'main', host: '127.0.0.1:9' }, { id: 'backup' }],
    });
    await world.ask('console/source', { sittingId: world.sittingId, sourceId: null });
    expect(await order()).toEqual(['main', 'backup']);
  });
});

test('what was meant for another sitting than the hall is in changes neither source nor notice nor picture', async () => {
  await withCore({ people: 1, sources: SOURCES }, async (world) => {
    await unlock(world);
    const { sittingId } = world;
    const gone = { sittingId: `${world.document.packageId}/sang-qua` };
    await world.ask('console/source', { sittingId, sourceId: 'backup' });
    await world.ask('console/notice', { sittingId, text: 'Nghỉ giải lao' });
    const shown = async () => {
      const { notice, hallSettings } = (await readView(world, 'console')).open!;
      return { notice, chosen: hallSettings.chosen, jumps: (await stage(world)).backToLive };
    };
    const before = await shown();
    expect(before).toEqual({ notice: 'Nghỉ giải lao', chosen: 'backup', jumps: 0 });
    const refused = { ok: false, error: 'other_sitting' };
    expect(await world.ask('console/source', { ...gone, sourceId: null })).toEqual(refused);
    expect(await world.ask('console/notice', { ...gone, text: '' })).toEqual(refused);
    expect(await world.ask('console/back-to-live', gone)).toEqual(refused);
    expect(await shown()).toEqual(before);
    expect(await world.ask('console/back-to-live', { sittingId })).toEqual({ ok: true });
    expect((await shown()).jumps).toBe(1);
  });
});

test('a clock that is wrong is named on the stage too, as long as it is', async () => {
  let wallMs = Date.UTC(1970, 0, 2);
  const clock = {
    now: () => wallMs,
    stamp: () => ({ wallMs, monoMs: Math.round(performance.now()), bootId: 'b' }),
  };
  await withCore({ people: 1, clock }, async (world) => {
    expect(world.core.pc.alarms).toContain('clock_unset');
    expect(await stage(world)).toMatchObject({ clockWrong: true });
    wallMs = Date.now();
    world.core.hall.clockWatch.look();
    expect(await stage(world)).toMatchObject({ clockWrong: false });
    for (const host of ['a', 'b']) world.core.hall.clockWatch.note(host, Date.now() - 86_400_000);
    expect(await stage(world)).toMatchObject({ clockWrong: true });
  });
});

test('the stage sends its picture only while somebody looks, and only the newest is kept', async () => {
  await withCore({ people: 1 }, async (world) => {
    expect(await world.ask('console/stage-preview', {})).toMatchObject({ error: 'locked' });
    expect((await stage(world)).preview).toBe(false);
    // Nobody looks: nothing is kept.
    await world.ask('stage/preview', { jpeg: JPEG });
    await unlock(world);
    expect(await world.ask('console/stage-preview', {})).toEqual({ ok: true, jpeg: null, at: null });
    expect((await stage(world)).preview).toBe(true);
    await world.ask('stage/preview', { jpeg: Buffer.from('an older one').toString('base64') });
    await world.ask('stage/preview', { jpeg: JPEG });
    expect(await world.ask('console/stage-preview', {})).toMatchObject({ ok: true, jpeg: JPEG });
    expect(await world.ask('stage/preview', { jpeg: '<b>' })).toMatchObject({ error: 'invalid_input' });
    await wait(6_300);
    expect((await stage(world)).preview).toBe(false);
    expect(await world.ask('console/stage-preview', {})).toEqual({ ok: true, jpeg: null, at: null });
  });
});

test('every window is asked for the number of its display', async () => {
  await withCore({ people: 1 }, async (world) => {
    expect((await stage(world)).identifyUntil).toBeNull();
    await unlock(world);
    const before = Date.now();
    await world.ask('console/identify-displays', {});
    for (const window of ['stage', 'desk', 'console'] as const) {
      const { identifyUntil } = await readView(world, window);
      expect(identifyUntil).toBeGreaterThan(before + 4_000);
    }
  });
});
