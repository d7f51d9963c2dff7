import { expect, test } from 'vitest';
import type { ConsoleView, StageView } from '../../../electron/contract/api.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

/** The PC's clock is wrong, and two hosts say so: what windows compare with their now must be in the same time. */
const HOUR = 3_600_000;

async function readView<V>(world: CoreWorld, window: 'stage' | 'console' | 'desk'): Promise<V> {
  const response = await fetch(`${world.origin}/${window}/api/events`, {
    headers: { authorization: `Bearer ${world.tokens[window]}` },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!/data: .*\n\n/u.test(text)) text += (await reader.read()).value ?? '';
  await reader.cancel();
  return JSON.parse(/data: (.*)/u.exec(text)?.[1] ?? 'null') as V;
}

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
    const stage = await readView<StageView>(world, 'stage');
    isNow(stage.now);
    isNow(stage.identifyUntil, 8_000);
    isNow(stage.sound.testToneAt);
    isNow(stage.helpAskedAt);
    const view = await readView<ConsoleView>(world, 'console');
    isNow(view.open?.soundTestedAt);
    isNow(view.helpAskedAt);
    await world.ask('console/stage-preview', {});
    await world.ask('stage/preview', { jpeg: 'AAAA' });
    const preview = await world.ask('console/stage-preview', {});
    isNow(preview.ok ? preview.at : null);
  });
});
