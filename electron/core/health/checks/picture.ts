import { StreamTrial, type TriedSource } from '../stream-trial.ts';
import type { Check, CheckContext, Found } from '../check.ts';

/** The line must carry so many times the top rendition: others use it too, and the cushion has to be filled. */
const HEADROOM = 1.5;
const MEGABIT = 1_000_000;

/** Each source fetched as in a sitting, measured, and decoded by the stage. */
export const picture: Check<'picture'> = {
  id: 'picture',
  limitMs: 75_000,
  async run(context) {
    const { sources, stage } = context;
    if (sources.length === 0) return { word: 'not_needed' };
    if (stage.isPlaying()) return { word: 'playing' };
    const tried: TriedSource[] = [];
    // One after the other: two at once would share the line.
    for (const source of sources) tried.push(await new StreamTrial(context.network.egress).run(source, context.signal));
    return judgeFailures(tried) ?? judgeGood(context, tried);
  },
};

function judgeFailures(tried: readonly TriedSource[]): Found<'picture'> | null {
  const failed = tried.filter((source) => source.cause !== null);
  const [first] = failed;
  if (!first) return null;
  if (failed.every(({ cause }) => cause === 'missing' || cause === 'empty') && failed.length === tried.length)
    return { word: 'not_begun' };
  const facts = { host: first.host, cause: first.cause ?? '', failed: failed.length, sources: tried.length };
  return { word: failed.length === tried.length ? 'fails' : 'some_fail', facts };
}

async function judgeGood(
  { stage, sources, signal }: CheckContext,
  tried: readonly TriedSource[],
): Promise<Found<'picture'>> {
  const slowest = tried.reduce((a, b) => (b.bitsPerSecond / b.topBits < a.bitsPerSecond / a.topBits ? b : a));
  const facts = {
    sources: tried.length,
    host: slowest.host,
    mbps: slowest.bitsPerSecond / MEGABIT,
    needed: (slowest.topBits * HEADROOM) / MEGABIT,
    least: slowest.leastBits / MEGABIT,
  };
  if (slowest.bitsPerSecond < slowest.leastBits) return { word: 'too_slow', facts };
  const decoded = await stage.decode(sources, signal);
  const broken = tried.find(({ id }) => decoded?.some((each) => each.id === id && each.frames === 0));
  if (broken) return { word: 'not_decodable', facts: { ...facts, host: broken.host } };
  if (slowest.bitsPerSecond < slowest.topBits * HEADROOM) return { word: 'slow', facts };
  return { word: decoded === null ? 'undecoded' : 'good', facts };
}
