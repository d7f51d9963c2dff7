import { z } from 'zod';
import type { CacheStore } from './cache-store.ts';

const Place = z.object({ atS: z.number(), wallMs: z.number() });
/** A restart of the core shorter than this is made up for: the stage played on meanwhile, ms. */
const SHORT_RESTART_MS = 30_000;
/** What was left longer ago is of no use, ms. */
const OLD_MS = 30 * 60_000;

/** Where the hall was when the core was there last, media seconds; `old` for a cache that is of no use any more, null for an empty one. */
export async function readPlace(store: CacheStore, wallMs: number): Promise<number | 'old' | null> {
  if (!store.last('main')) return null;
  const note = Place.safeParse(await store.readNote());
  if (!note.success) return 'old';
  const goneMs = wallMs - note.data.wallMs;
  if (Math.abs(goneMs) > OLD_MS) return 'old';
  const playedS = goneMs > 0 && goneMs <= SHORT_RESTART_MS ? goneMs / 1000 : 0;
  return Math.min(store.endS('main'), note.data.atS + playedS);
}

export function notePlace(store: CacheStore, atS: number, wallMs: number): Promise<void> {
  return store.note({ atS, wallMs } satisfies z.infer<typeof Place>);
}
