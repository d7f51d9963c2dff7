import { expect, test } from 'vitest';
import { CONSOLE_IDLE_MS } from '../../../electron/contract/limits.ts';
import { ConsoleAccess } from '../../../electron/core/access/console-access.ts';
import type { Clock } from '../../../electron/core/store/clock.ts';
import { readView } from '../../support/read-view.ts';
import { withCore } from '../../support/with-core.ts';

const PIN = { pin: '123456', role: 'technician' } as const;

test('bringing the desk to the front locks the console, whichever window asked for it; the stage does not', async () => {
  await withCore({ people: 2 }, async ({ ask }) => {
    const isOpen = async () => (await ask('console/stay-open', {})).ok;
    for (const path of ['console/show', 'stage/show', 'desk/show'] as const) {
      await ask('console/unlock', PIN);
      await ask(path, { role: 'stage' });
      expect([path, await isOpen()]).toEqual([path, true]);
      await ask(path, { role: 'desk' });
      expect([path, await isOpen()]).toEqual([path, false]);
    }
  });
});

test('a console locks itself five minutes after the last command or sign of use', () => {
  let monoMs = 0;
  const clock = { stamp: () => ({ monoMs }) } as unknown as Clock;
  const access = new ConsoleAccess(clock);
  access.unlock('chair');
  monoMs += CONSOLE_IDLE_MS;
  expect(access.role).toBe('chair');
  access.touch();
  monoMs += CONSOLE_IDLE_MS;
  expect(access.role).toBe('chair');
  monoMs += 1;
  expect(access.role).toBeNull();
  expect(CONSOLE_IDLE_MS).toBe(5 * 60_000);
});

test('the console shows the notice that the hall reads, can take away the one of the package, and it ends with the sitting', async () => {
  const notice = 'Đề nghị các đồng chí giữ trật tự';
  const withNotice = (document: object) => ({ ...document, stageNotice: notice });
  await withCore({ people: 2, package: (document) => withNotice(document) as typeof document }, async (world) => {
    const { ask, store } = world;
    await ask('console/unlock', PIN);
    const shown = async () => {
      const [stage, open] = await Promise.all([readView(world, 'stage'), readView(world, 'console')]);
      return [stage.notice, open.open?.notice];
    };
    expect(await shown()).toEqual([notice, notice]);
    await ask('console/notice', { sittingId: world.sittingId, text: '' });
    expect(await shown()).toEqual([null, null]);
    await ask('console/notice', { sittingId: world.sittingId, text: 'Nghỉ giải lao 15 phút' });
    expect(await shown()).toEqual(['Nghỉ giải lao 15 phút', 'Nghỉ giải lao 15 phút']);
    const { sittingId } = world;
    await ask('console/end-sitting', { sittingId });
    await world.until('the end', () => store.sittings.getSitting(sittingId)?.endedAt !== null);
    expect(await shown()).toEqual([null, null]);
    // In the break after it another may be written, which the sitting that is opened again does not show.
    await ask('console/notice', { sittingId: world.sittingId, text: 'Mời dùng cơm tại nhà ăn' });
    expect(await shown()).toEqual(['Mời dùng cơm tại nhà ăn', 'Mời dùng cơm tại nhà ăn']);
  });
});
