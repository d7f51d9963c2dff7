import { expect, test } from 'vitest';
import { SealQueue, SEAL_RETRY_MS } from '../../../electron/core/report/seal-queue.ts';
import { createSimulatedClock } from '../../support/simulated-clock.ts';

/** Some sittings fail until a moment of the simulated clock. */
function bed(failUntil: Record<string, number>) {
  const clock = createSimulatedClock(0);
  const tries: [string, number][] = [];
  const failed: string[] = [];
  const queue = new SealQueue({
    seal: async (id) => {
      tries.push([id, clock.now()]);
      if (clock.now() < (failUntil[id] ?? 0)) throw new Error(`no space for ${id}`);
    },
    onFailed: (id) => failed.push(id),
    after: (ms, run) => clock.after(ms, run),
  });
  const triesOf = (id: string) => tries.filter(([of]) => of === id).map(([, at]) => at);
  return { clock, queue, tries, failed, triesOf };
}

test('each sitting that fails is tried again by its own timer, ever more seldom, and the others go on', async () => {
  const { clock, queue, triesOf } = bed({ a: 70_000, b: 70_000 });
  queue.add('a');
  queue.add('b');
  queue.add('c');
  await queue.settled();
  expect([triesOf('a'), triesOf('b'), triesOf('c')]).toEqual([[0], [0], [0]]);
  await clock.runUntil(400_000);
  const expected = [0, 5_000, 15_000, 35_000, 75_000];
  expect(triesOf('a')).toEqual(expected);
  expect(triesOf('b')).toEqual(expected);
  expect(triesOf('c')).toEqual([0]);
});

test('the last wait is repeated for as long as the sitting fails', async () => {
  const { clock, queue, triesOf } = bed({ a: Infinity });
  queue.add('a');
  await clock.runUntil(600_000);
  const tries = triesOf('a');
  expect(tries.at(-1)! - tries.at(-2)!).toBe(SEAL_RETRY_MS.at(-1));
  await queue.stop();
});

test('a sitting that waits is not queued twice, and may be sealed again after it was', async () => {
  const { clock, queue, tries } = bed({ a: 1 });
  queue.add('a');
  queue.add('a');
  await queue.settled();
  queue.add('a');
  await clock.runUntil(5_000);
  expect(tries).toHaveLength(2);
  queue.add('a');
  await queue.settled();
  expect(tries).toHaveLength(3);
});

test('other work waits its turn, its failure is its own, and after the stop nothing is begun', async () => {
  const { clock, queue, tries, failed } = bed({ a: Infinity });
  queue.add('a');
  const order: string[] = [];
  const work = queue.inTurn(async () => {
    order.push(`after ${tries.length}`);
    return 'done';
  });
  await expect(work).resolves.toBe('done');
  expect(order).toEqual(['after 1']);
  await expect(queue.inTurn(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  expect(failed).toEqual(['a']);
  await queue.stop();
  queue.add('b');
  await clock.runUntil(600_000);
  expect(await queue.inTurn(async () => 'too late')).toBeNull();
  expect(tries).toHaveLength(1);
});
