/** A pause this long between two ticks that should be `TICK_MS` apart means that the PC slept. */
const ASLEEP_MS = 30_000;
const TICK_MS = 5_000;

/**
 * Calls back when the PC slept: both clocks stand for it, because a monotonic clock stops during sleep on Linux and runs on
 * on Windows. A wall clock set by more than half a minute looks the same, and what is done then does no harm.
 */
export function watchWake(onWoke: () => void, now: () => number = Date.now, tickMs: number = TICK_MS): () => void {
  let last = now();
  const timer = setInterval(() => {
    const at = now();
    if (at - last > tickMs + ASLEEP_MS) onWoke();
    last = at;
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
