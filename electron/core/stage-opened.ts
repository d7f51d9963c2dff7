import type { Hall } from './hall/hall.ts';

/** The stage opens and says something within this, on a slow PC, ms. */
const STAGE_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 250;

/** Resolves when the stage says something of itself, or takes too long: it is asked to decode. `signal` gives up. */
export async function stageOpened(hall: Pick<Hall, 'evidence'>, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + STAGE_WITHIN_MS;
  while (hall.evidence.current() === null && performance.now() < until && !signal?.aborted)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
