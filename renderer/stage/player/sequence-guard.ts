import { programmeAtEdge, type MediaView } from './playlist-view.ts';

export type SequenceVerdict =
  /** First list, or one that carries on. */
  | 'advanced'
  | 'unchanged'
  /** An edge server answered with an older copy. */
  | 'old_answer'
  /** Another numbering: the encoder or packager began anew, or the window moved past all that was known. */
  | 'reset';

/** Compares each playlist with the one before it from the same address. */
export class SequenceGuard {
  readonly #last = new Map<string, { view: MediaView; advancedAt: number }>();

  judge(key: string, view: MediaView, now: number): SequenceVerdict {
    const known = this.#last.get(key);
    const verdict = known ? compare(known.view, view) : 'advanced';
    if (verdict === 'advanced') this.#last.set(key, { view, advancedAt: now });
    else if (verdict === 'unchanged') known!.view = view;
    return verdict;
  }

  knows(key: string): boolean {
    return this.#last.has(key);
  }

  /** Newest moment at which any list advanced, and the list that did. */
  newest(): { view: MediaView; advancedAt: number } | null {
    let newest: { view: MediaView; advancedAt: number } | null = null;
    for (const entry of this.#last.values()) if (!newest || entry.advancedAt > newest.advancedAt) newest = entry;
    return newest;
  }

  advancedAt(key: string): number | null {
    return this.#last.get(key)?.advancedAt ?? null;
  }
}

function compare(last: MediaView, next: MediaView): SequenceVerdict {
  if (next.endSn < last.startSn) return 'reset';
  if (next.startSn > last.endSn + 1) return 'reset';
  if (!sameSegments(last, next)) return 'reset';
  if (next.endSn > last.endSn || (next.ended && !last.ended)) return 'advanced';
  return next.endSn === last.endSn ? 'unchanged' : 'old_answer';
}

/** The same number must mean the same segment. Queries may differ (tokens); programme dates decide where names repeat. */
function sameSegments(last: MediaView, next: MediaView): boolean {
  const sn = Math.min(last.endSn, next.endSn);
  const a = last.segments[sn - last.startSn];
  const b = next.segments[sn - next.startSn];
  if (!a || !b) return true;
  if (fileName(a.uri) !== fileName(b.uri)) return false;
  if (a.programmeMs === null || b.programmeMs === null) return true;
  // A clock that was corrected moves all dates and is no reset; a restarted encoder moves the edge backwards as well.
  const moved = Math.abs(a.programmeMs - b.programmeMs) > Math.max(last.totalS, next.totalS) * 1000;
  return !moved || next.endSn >= last.endSn || (programmeAtEdge(next) ?? 0) < (programmeAtEdge(last) ?? 0);
}

function fileName(uri: string): string {
  const path = uri.split(/[?#]/, 1)[0]!;
  return path.slice(path.lastIndexOf('/') + 1);
}
