import { programmeAtEdge, type MediaPlaylist } from './read-playlist.ts';

/** Lists with lower numbers that move on for this long are a restart and no old copies, ms. */
const STAYS_LOW_MS = 8000;

export type SequenceVerdict =
  /** First list, or one that carries on. */
  | 'advanced'
  | 'unchanged'
  /** An edge server answered with an older copy. */
  | 'old_answer'
  /** Another numbering: the encoder or packager restarted, or the window moved past all that was known. */
  | 'reset';

interface Known {
  view: MediaPlaylist;
  /** When this list came, and when one advanced last; ms of `performance.now()`. */
  seenAt: number;
  advancedAt: number;
  /** Lists with lower numbers came one after the other and moved on: the first of them, and the newest number. */
  low: { since: number; endSn: number } | null;
}

/** Compares each playlist with the one before it from the same address. */
export class SequenceGuard {
  readonly #known = new Map<string, Known>();

  judge(key: string, view: MediaPlaylist, now: number): SequenceVerdict {
    const known = this.#known.get(key);
    if (!known) {
      this.#known.set(key, { view, seenAt: now, advancedAt: now, low: null });
      return 'advanced';
    }
    const verdict = compare(known, view, now);
    if (verdict === 'old_answer') return staysLow(known, view, now) ? 'reset' : 'old_answer';
    if (verdict === 'reset') return 'reset';
    Object.assign(known, { view, seenAt: now, low: null });
    if (verdict === 'advanced') known.advancedAt = now;
    return verdict;
  }

  knows(key: string): boolean {
    return this.#known.has(key);
  }

  /** Newest moment at which any list advanced, and the list that did. */
  newest(): { view: MediaPlaylist; advancedAt: number } | null {
    let newest: Known | null = null;
    for (const known of this.#known.values()) if (!newest || known.advancedAt > newest.advancedAt) newest = known;
    return newest;
  }

  advancedAt(key: string): number | null {
    return this.#known.get(key)?.advancedAt ?? null;
  }
}

function compare({ view: last, seenAt }: Known, next: MediaPlaylist, now: number): SequenceVerdict {
  if (next.endSn < last.startSn) return 'reset';
  if (next.startSn > last.endSn + 1) return 'reset';
  if (isRenumbered(last, next, now - seenAt)) return 'reset';
  if (next.endSn > last.endSn || (next.ended && !last.ended)) return 'advanced';
  return next.endSn === last.endSn ? 'unchanged' : 'old_answer';
}

/** The same number means another segment. Queries may differ (tokens); programme dates decide where names repeat. */
function isRenumbered(last: MediaPlaylist, next: MediaPlaylist, elapsedMs: number): boolean {
  const sn = Math.min(last.endSn, next.endSn);
  const a = last.segments[sn - last.startSn];
  const b = next.segments[sn - next.startSn];
  if (!a || !b) return false;
  if (fileName(a.url) !== fileName(b.url)) return true;
  if (a.programmeMs === null || b.programmeMs === null) return false;
  if (Math.abs(a.programmeMs - b.programmeMs) <= Math.max(1000, next.targetDurationS * 500)) return false;
  // An old copy has the old dates.
  if (next.endSn < last.endSn) return true;
  // A clock that was corrected moves the dates, and numbers go on with time; after a restart it is the other way round.
  const byDateMs = (programmeAtEdge(next) ?? 0) - (programmeAtEdge(last) ?? 0);
  const byNumberMs = ((next.endSn - last.endSn) * next.totalS * 1000) / next.segments.length;
  return Math.abs(byDateMs - elapsedMs) < Math.abs(byNumberMs - elapsedMs);
}

/** An edge server that lags answers now and then; a restart with the same names and no dates stays low and moves on. */
function staysLow(known: Known, next: MediaPlaylist, now: number): boolean {
  const { low } = known;
  if (low && next.endSn < low.endSn) known.low = null;
  known.low ??= { since: now, endSn: next.endSn };
  const moved = next.endSn > known.low.endSn;
  known.low.endSn = next.endSn;
  return moved && now - known.low.since > STAYS_LOW_MS;
}

function fileName(url: string): string {
  const path = url.split(/[?#]/, 1)[0]!;
  return path.slice(path.lastIndexOf('/') + 1);
}
