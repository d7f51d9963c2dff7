import type { PlayerState, SourceHealth } from '../../contract/broadcast.ts';

/** How what the core reads of the broadcast agrees with what the hall sees. */
export type Seen =
  /** They agree, or the stage does not have to show anything now. */
  | 'agrees'
  /** The list moves on, and the stage that should play shows no moving picture. */
  | 'no_picture'
  /** The stage plays, and the core cannot read the list. */
  | 'plays_on';

/** The picture begins so long after the delay at the latest, ms. */
const START_ALLOWANCE_MS = 10_000;

/**
 * Judges by what the hall sees: nothing is good without a moving picture on a stage that should play, and nothing is lost
 * while it moves. `stage` is null while no stage is connected; `startsAt` and `now` are epoch ms.
 */
export function judgeSeen(
  health: SourceHealth,
  stage: PlayerState | null,
  sitting: { live: boolean; open: boolean; startsAt: number; delayMs: number; now: number },
): Seen {
  if (stage === 'playing') return health === 'waiting' || health === 'unreachable' ? 'plays_on' : 'agrees';
  const began = sitting.now >= sitting.startsAt + sitting.delayMs + START_ALLOWANCE_MS;
  const shouldPlay = sitting.live || (sitting.open && began);
  return health === 'live' && shouldPlay && stage !== 'ended' ? 'no_picture' : 'agrees';
}
