import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runFaultySends } from './faulty-sends.ts';
import { peakBound, runHerd } from './herd.ts';
import { renderArrivalsSvg } from './plot.ts';
import { runRestore, type OutageKind } from './restore.ts';

/**
 * `node test/fleet/run.ts --venues 31000 --json FILE [--window 600] [--capacity 200] [--http-venues 7400] [--svg FILE]`
 *
 * First all venues of the country in simulated time, then `--http-venues` of them over real HTTP with injected faults,
 * then the control: the same venues without jitter, which must overrun the province. Last, a broadcast that was gone
 * for the whole country comes back: how many venues ask in the same second. Status 0 when every bar holds.
 */
const { values } = parseArgs({
  options: {
    venues: { type: 'string', default: '31000' },
    window: { type: 'string', default: '600' },
    capacity: { type: 'string', default: '200' },
    'http-venues': { type: 'string', default: '7400' },
    'http-window': { type: 'string', default: '300' },
    faults: { type: 'string', default: '0.28' },
    seed: { type: 'string', default: '20260207' },
    json: { type: 'string' },
    svg: { type: 'string', default: path.join(import.meta.dirname, 'arrivals.svg') },
  },
});
const [venues, windowS, capacityPerS, seed] = [values.venues, values.window, values.capacity, values.seed].map(
  Number,
) as [number, number, number, number];
const say =
  (what: string) =>
  (delivered: number): void =>
    console.error(`${what}: ${delivered} delivered`);

const spread = await runHerd({ venues, windowS, capacityPerS, seed, onProgress: say('simulated') });
const together = await runHerd({
  venues,
  windowS: 0,
  capacityPerS,
  seed,
  jitter: false,
  untilS: Math.max(900, windowS),
});
const httpWindowS = Number(values['http-window']);
const http = await runFaultySends({
  count: Number(values['http-venues']),
  seed,
  faultShare: Number(values.faults),
  windowMs: httpWindowS * 1000,
  checkReceipts: true,
  onProgress: say('real HTTP'),
});

/** The usual delay, of which all is in the buffer when a broadcast fails. */
const CUSHION_S = 75;
/** Outages that leave a cushion to the halls, and one that leaves none. */
const COVERED_S = [20, 30, 60];
const DRY_S = 180;
const KINDS: OutageKind[] = ['refused', 'silence'];
const outages = (lengths: number[], lockStep = false) =>
  KINDS.flatMap((kind) =>
    lengths.map((outageS) => runRestore({ venues, kind, outageS, cushionS: CUSHION_S, seed, lockStep })),
  );
const restore = { covered: outages(COVERED_S), dry: outages([DRY_S]), control_in_lock_step: outages([60], true) };

const { result } = spread;
const bound = peakBound(venues, windowS) ?? venues;
const bars: Record<string, boolean> = {
  'every report arrived': result.lost === 0 && http.lost === 0 && http.delivered === http.venues,
  'none twice': result.duplicates === 0 && http.duplicates === 0,
  'none shown as delivered that was not': result.false_delivered === 0 && http.false_delivered === 0,
  'all received within the window': result.last_receipt_s <= windowS,
  'peak within the bound and 10 %': result.peak_per_s <= bound * 1.1,
  'none refused while W ≥ N / (0.5 C)': windowS < venues / (0.5 * capacityPerS) || result.rejected === 0,
  'control: without jitter the province is overrun':
    together.result.rejected > 0 && together.result.peak_per_s > bound * 1.1,
  'broadcast back: at most 20 % of the venues in one second while the cushion lasts': restore.covered.every(
    (r) => r.peak_share <= 0.2,
  ),
  'broadcast back: a hall in front of a slate asks within 3 s': restore.dry.every((r) => r.all_back_s <= 3),
  'control: venues in lock-step come all at once': restore.control_in_lock_step.every((r) => r.peak_share > 0.2),
};
const report = {
  ...result,
  rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  http: { ...http, window_s: httpWindowS },
  control_without_jitter: {
    peak_per_s: together.result.peak_per_s,
    attempts: together.result.attempts,
    rejected: together.result.rejected,
  },
  restore,
  bars,
};
console.log(JSON.stringify(report, null, 2));
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
const svg = renderArrivalsSvg({
  venues,
  windowS,
  capacityPerS,
  bound,
  spread: spread.arrivals,
  refusedSpread: result.rejected,
  together: together.arrivals,
  refusedTogether: together.result.rejected,
});
writeFileSync(values.svg, svg);
console.error(`arrivals drawn in ${values.svg}`);
process.exitCode = Object.values(bars).every(Boolean) ? 0 : 1;
