/**
 * What the relay adds: `node test/bench/relay.ts [--pairs 240] [--json FILE]`. The same segment is fetched from the origin itself
 * and through the real core's relay, in turn, over connections that are kept; counted is the time to the first byte of the body.
 * Ends with status 1 when the median of the differences is above the bar.
 */
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { parseArgs } from 'node:util';
import { Origin } from '../faults/origin.ts';
import { median } from '../soak/slope.ts';
import { withCore } from '../support/with-core.ts';

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '240' }, json: { type: 'string' } } });
const BAR_MS = 3;
const WARM_UP = 60;
const pairs = Number(values.pairs);

/** Milliseconds to the first byte of the body. */
function firstByte(agent: http.Agent, url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = http.get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${response.statusCode} for ${url}`));
      let ms: number | null = null;
      response.on('data', () => (ms ??= performance.now() - began));
      response.on('end', () => (ms === null ? reject(new Error('an empty body')) : resolve(ms)));
    });
    request.on('error', reject);
  });
}

const origin = new Origin({ windowS: 600, ageS: 900, list: { single: true }, keepAliveMs: 30_000 });
await origin.start();
const direct: number[] = [];
const relayed: number[] = [];
await withCore({ people: 1, sources: [{ id: 'a', url: `${origin.base('a')}/master.m3u8` }] }, async (world) => {
  const agents = [0, 1].map(() => new http.Agent({ keepAlive: true, maxSockets: 1 }));
  const authorization = `Bearer ${world.tokens.stage}`;
  const newest = origin.edge();
  for (let n = 0; n < pairs + WARM_UP; n++) {
    const url = `${origin.base('a')}/360/seg-${newest - 2 - (n % 200)}.ts`;
    const through = `${world.origin}/stage/api/stream?url=${encodeURIComponent(url)}`;
    const ask = {
      direct: () => firstByte(agents[0]!, url, {}),
      relayed: () => firstByte(agents[1]!, through, { authorization }),
    };
    // The segment is made when it is asked for first: not within what is measured.
    await ask.direct();
    const took = { direct: 0, relayed: 0 };
    for (const way of n % 2 === 0 ? (['direct', 'relayed'] as const) : (['relayed', 'direct'] as const))
      took[way] = await ask[way]();
    if (n < WARM_UP) continue;
    direct.push(took.direct);
    relayed.push(took.relayed);
  }
  for (const agent of agents) agent.destroy();
});
await origin.stop();

const round = (value: number): number => Number(value.toFixed(3));
const added = median(relayed.map((ms, n) => ms - direct[n]!));
const result = {
  pairs,
  direct_median_ms: round(median(direct)),
  relayed_median_ms: round(median(relayed)),
  added_median_ms: round(added),
  bar_ms: BAR_MS,
  met: added <= BAR_MS,
};
console.log(JSON.stringify(result, null, 1));
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.met ? 0 : 1;
