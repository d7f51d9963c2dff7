import type { Player, PlayerOptions } from './player.ts';
import { StagePlayer } from './stage-player.ts';

export type { Player, PlayerOptions } from './player.ts';

/** Creates the player of the stage: hls.js with everything a hall without an attendant needs around it. */
export function createPlayer(options: PlayerOptions): Player {
  return new StagePlayer(options);
}
