/**
 * `node test/fuzz/played.ts [--lists 200] [--parallel 4] [--seed 1]`: plays broadcasts with odd playlists, each through the core's own relay in a real
 * browser, while the core's watcher reads the same. What the watcher says is playing must be what plays: a live list and a
 * moving picture, and the segments that were fetched are those that it names. Ends with status 1 when one differs.
 */
import { parseArgs } from 'node:util';
import { Watcher } from '../../electron/core/broadcast/watcher.ts';
import { systemClock } from '../../electron/core/store/clock.ts';
import { beginPage, Lab, readPage } from '../faults/lab.ts';
import { Origin } from '../faults/origin.ts';
import { startRelay } from '../faults/relay.ts';
import { drawHabits } from './habits.ts';

const { values } = parseArgs({
  options: {
    lists: { type: 'string', default: '200' },
    parallel: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
});
/** A busy machine needs long for the first frame. */
const FIRST_FRAME_MS = 30_000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const lab = new Lab();
await lab.start();
const browser = await lab.openBrowser();
const queue = Array.from({ length: Number(values.lists) }, (_, i) => Number(values.seed) + i);
const wrongs: string[] = [];
let played = 0;

await Promise.all(
  Array.from({ length: Number(values.parallel) }, async () => {
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) {
      // A browser that a busy machine starves gets a second chance; a list that plays otherwise fails twice.
      const wrong = (await tryOnce(seed)) && (await tryOnce(seed));
      played += 1;
      if (wrong) {
        const names = drawHabits(seed).map((habit) => habit.name);
        wrongs.push(`seed ${seed}: ${wrong} (${names.join(', ')})`);
        console.log(wrongs.at(-1));
      }
    }
  }),
);
await lab.stop();
console.log(`${played} lists played, ${wrongs.length} where watcher and picture differ`);
process.exitCode = wrongs.length > 0 ? 1 : 0;

function tryOnce(seed: number): Promise<string | null> {
  return play(seed).catch((error: unknown) => `the bench failed: ${String(error)}`);
}

async function play(seed: number): Promise<string | null> {
  const habits = drawHabits(seed);
  const asked = new Map<string, number>();
  const origin = new Origin({
    windowS: 60,
    ageS: 600,
    list: { single: true },
    mangle: (text, { kind, url }) => {
      const count = (asked.get(url) ?? 0) + 1;
      asked.set(url, count);
      return habits.reduce((list, habit) => habit.mangle(list, kind as 'master' | 'media', count), text);
    },
  });
  await origin.start();
  const relay = await startRelay();
  const url = `${origin.base('a')}/master.m3u8`;
  const watcher = new Watcher({
    sources: [{ id: 'a', url }],
    egress: relay.egress,
    reader: relay.reader,
    clock: systemClock(),
    onChange: () => undefined,
    onError: () => undefined,
  });
  watcher.start();
  const page = await lab.openPage(browser, { width: 320, height: 180 });
  try {
    await beginPage(page, {
      player: 'kiosk',
      sources: [{ id: 'a', url }],
      delaySeconds: 12,
      afterOutage: 'complete',
      cmcd: 'off',
      holdUntil: null,
      relay: relay.base,
      refresh: null,
      hls: {},
    });
    const deadline = Date.now() + FIRST_FRAME_MS;
    let report = await readPage(page);
    while (report.truth.firstFrameMs === null && Date.now() < deadline) {
      await wait(300);
      report = await readPage(page);
    }
    await wait(3_000);
    report = await readPage(page);
    const live = watcher.state.health === 'live';
    const moves = report.truth.firstFrameMs !== null && report.truth.standsMs < 2_500;
    if (live !== moves)
      return `watcher ${watcher.state.health} (${watcher.state.lastFailure ?? ''}), picture ${moves ? 'moves' : 'stands'}`;
    const strange = origin.log.find((line) => line.kind === 'other' || /%7B|%20|\{/u.test(line.url));
    return strange ? `asked for ${strange.url}` : null;
  } finally {
    await watcher.stop();
    await page
      .browserContext()
      .close()
      .catch(() => undefined);
    await relay.stop();
    await origin.stop();
  }
}
