import { expect, test } from 'vitest';
import { readView } from '../../support/read-view.ts';
import { withCore } from '../../support/with-core.ts';

/** The PC's clock is wrong, and two hosts say so: what windows compare with their now must be in the same time. */
const HOUR = 3_600_000;

test.each([-5 * HOUR, 5 * HOUR])('with a clock that is %i ms off, windows count in one time', async (offMs) => {
  const now = () => Date.now() + offMs;
  const clock = { now, stamp: () => ({ wallMs: now(), monoMs: performance.now(), bootId: 'this' }) };
  await withCore({ people: 1, clock }, async (world) => {
    world.core.hall.noteTime('one.example', Date.now());
    world.core.hall.noteTime('other.example', Date.now());
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.ask('console/identify-displays', {});
    await world.ask('console/test-tone', {});
    await world.ask('desk/ask-help', {});
    const isNow = (at: number | null | undefined, aheadMs = 0): void =>
      expect(Math.abs((at ?? 0) - aheadMs - Date.now())).toBeLessThan(5_000);
    const stage = await readView(world, 'stage');
    isNow(stage.now);
    isNow(stage.identifyUntil, 8_000);
    isNow(stage.sound.testToneAt);
    isNow(stage.helpAskedAt);
    const view = await readView(world, 'console');
    isNow(view.open?.soundTestedAt);
    isNow(view.helpAskedAt);
    await world.ask('console/stage-preview', {});
    await world.ask('stage/preview', { jpeg: 'AAAA' });
    const preview = await world.ask('console/stage-preview', {});
    isNow(preview.ok ? preview.at : null);
  });
});
