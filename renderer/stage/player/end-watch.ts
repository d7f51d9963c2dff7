import { programmeAtEdge, type MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { END } from './policy.ts';

interface KnownList {
  ended: boolean;
  endSn: number;
  edgeMs: number | null;
  targetDurationS: number;
}

/**
 * Judges ENDLIST. It may be taken back while the hall still sees what was fetched before, and it may stand on one rendition
 * alone; hls.js would stop asking at once and for good. So hls.js learns of it only just before the last frame, and only
 * where no other rendition goes on.
 */
export class EndWatch {
  readonly #lists = new Map<string, KnownList>();

  /** The newest list of a rendition, by the rendition's address. */
  note(key: string, list: MediaPlaylist): void {
    const { ended, endSn, targetDurationS } = list;
    this.#lists.set(key, { ended, endSn, edgeMs: programmeAtEdge(list), targetDurationS });
  }

  hasEnded(key: string): boolean {
    return this.#lists.get(key)?.ended === true;
  }

  /** A rendition that goes on where this one has ended: this one is sick. Null when there is none. */
  outlivedBy(key: string): string | null {
    const own = this.#lists.get(key);
    if (!own?.ended) return null;
    for (const [other, list] of this.#lists) if (other !== key && !list.ended && isBeyond(list, own)) return other;
    return null;
  }

  /** The end of this rendition is the end of the broadcast, as far as is known. */
  isOver(key: string): boolean {
    return this.hasEnded(key) && this.outlivedBy(key) === null;
  }

  /** Whether hls.js may learn of the end now, with `remainingS` seconds left to show. */
  mayPassOn(key: string, remainingS: number): boolean {
    const own = this.#lists.get(key);
    return (
      own !== undefined &&
      this.isOver(key) &&
      remainingS <= END.passOnTargetDurations * own.targetDurationS + END.passOnS
    );
  }
}

/** The same moment has the same date in all renditions, else the same number. */
function isBeyond(list: KnownList, other: KnownList): boolean {
  if (list.edgeMs !== null && other.edgeMs !== null) return list.edgeMs - other.edgeMs > other.targetDurationS * 500;
  return list.endSn > other.endSn;
}

/** The list as hls.js gets it while its end is not to be believed yet. */
export function withoutEnd(text: string): string {
  return text.replace(/^#EXT-X-ENDLIST.*(\r?\n|$)/gmu, '');
}
