import { randomBytes, randomUUID } from 'node:crypto';
import { open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Check } from '../check.ts';

const GB = 1024 ** 3;
/** A day's cache of the broadcast, documents, and room for the system. */
const LITTLE_BYTES = 2 * GB;
/** Sign-ins alone need some MB; below this the system itself begins to fail. */
const FULL_BYTES = 0.2 * GB;
/** A sign-in waits for one synced write, ms. */
const SLOW_MS = 250;
const VERY_SLOW_MS = 1_500;
const WRITES = 5;
const WRITE_BYTES = 16 * 1024;

/** Free space in the data folder, and how long one synced write takes there: the middle one of a few. */
export const disk: Check<'disk'> = {
  id: 'disk',
  limitMs: 30_000,
  async run({ dataDir }) {
    const file = path.join(dataDir, `check-${randomUUID()}.tmp`);
    const times: number[] = [];
    try {
      const { bavail, bsize } = await statfs(dataDir);
      const free = bavail * bsize;
      const facts = { free: free / GB };
      if (free < FULL_BYTES) return { word: 'full', facts };
      for (let i = 0; i < WRITES; i += 1) times.push(await writeOnce(file));
      const ms = times.toSorted((a, b) => a - b)[Math.floor(WRITES / 2)] ?? 0;
      const all = { ...facts, ms };
      if (ms > VERY_SLOW_MS) return { word: 'very_slow', facts: all };
      if (free < LITTLE_BYTES) return { word: 'little', facts: all };
      return { word: ms > SLOW_MS ? 'slow' : 'good', facts: all };
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'EIO';
      return code === 'ENOSPC' || code === 'EDQUOT'
        ? { word: 'full', facts: { free: 0 } }
        : { word: 'cannot_write', facts: { code } };
    } finally {
      await rm(file, { force: true }).catch(() => undefined);
    }
  },
};

async function writeOnce(file: string): Promise<number> {
  const handle = await open(file, 'w', 0o600);
  try {
    const began = performance.now();
    await handle.writeFile(randomBytes(WRITE_BYTES));
    await handle.sync();
    return performance.now() - began;
  } finally {
    await handle.close();
  }
}
