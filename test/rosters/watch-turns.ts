import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into the core before it starts (`--import`): writes down, once in a while, how much processor time of the main thread
 * and how much time of the wall went by between two turns of a timer of 1 ms. What a sign-in can be kept waiting is one such turn.
 * Only turns of 5 ms and more are kept. Line: epoch ms, processor ms, wall ms.
 */
const file = process.env['TURNS_FILE'];
if (file !== undefined && isMainThread) {
  const spent = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let lines: string[] = [];
  let cpu = spent();
  let wall = performance.now();
  setInterval(() => {
    const [cpuNow, wallNow] = [spent(), performance.now()];
    if (wallNow - wall >= 5) lines.push(`${Date.now()} ${(cpuNow - cpu).toFixed(1)} ${(wallNow - wall).toFixed(1)}\n`);
    cpu = cpuNow;
    wall = wallNow;
  }, 1).unref();
  setInterval(() => {
    if (lines.length > 0) appendFileSync(file, lines.join(''));
    lines = [];
  }, 250).unref();
}
