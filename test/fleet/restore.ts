import { BACKOFF, backoffMs, hedgeMs, REQUEST_LIMITS } from '../../renderer/stage/player/policy.ts';
import { seeded } from './seeded.ts';

/** How the broadcast failed for the whole country: answers that refuse at once, or requests that hang. */
export type OutageKind = 'refused' | 'silence';

export interface RestoreOptions {
  venues: number;
  kind: OutageKind;
  outageS: number;
  /** Seconds in the buffer when it began. */
  cushionS: number;
  seed: number;
  /** The control: waits of a fixed second, without dice and without a look at the cushion. */
  lockStep?: boolean;
}

export interface RestoreResult {
  kind: OutageKind;
  outage_s: number;
  /** Largest part of all venues that asks for the first time in one and the same second. */
  peak_share: number;
  /** Until every venue has asked. */
  all_back_s: number;
}

const RELOAD_S = 2;

/**
 * A broadcast that was gone everywhere comes back: when does each venue ask again? The waits are the player's own policy;
 * each venue's poll has a phase of its own.
 */
export function runRestore(options: RestoreOptions): RestoreResult {
  const random = seeded(options.seed);
  const asked: number[] = [];
  for (let i = 0; i < options.venues; i += 1) {
    let atS = random() * RELOAD_S;
    // A request that hangs is doubled again and again in one rhythm, until it is given up and the next one has another.
    let rhythm: { ms: number; untilS: number } | null = null;
    for (let tries = 1; atS < options.outageS; tries += 1) {
      const aheadS = Math.max(0, options.cushionS - atS);
      if (options.lockStep) atS += 1;
      else if (options.kind === 'refused') atS += backoffMs(BACKOFF.network, tries, aheadS, random) / 1000;
      else {
        const limits = REQUEST_LIMITS.playlist;
        if (!rhythm || atS >= rhythm.untilS)
          rhythm = { ms: hedgeMs(limits, aheadS, random), untilS: atS + limits.firstByteMs / 1000 };
        atS += rhythm.ms / 1000;
      }
    }
    asked.push(atS - options.outageS);
  }
  return {
    kind: options.kind,
    outage_s: options.outageS,
    peak_share: Math.round((busiestSecond(asked) / options.venues) * 1000) / 1000,
    all_back_s: Math.round(Math.max(...asked) * 10) / 10,
  };
}

/** Most moments inside any second, wherever it begins. */
function busiestSecond(moments: number[]): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to += 1) {
    while (sorted[to]! - sorted[from]! > 1) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
