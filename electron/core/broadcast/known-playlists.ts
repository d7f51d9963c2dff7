import type { PlaylistOrigin } from '../../shared/hls/mend-playlist.ts';
import type { Playlist } from '../../shared/hls/read-playlist.ts';
import type { Variables } from '../../shared/hls/variables.ts';

/** No segment is refused that is smaller than this, bytes. */
const SEGMENT_FLOOR_BYTES = 32 * 1024 * 1024;
/** Peaks may be so many times larger than the announced bandwidth. */
const PEAK = 4;
/** So many addresses of playlists are remembered; a broadcast has a few dozen. */
const MOST = 1_000;

/** What all playlists of one broadcast share. */
interface Broadcast {
  variables: Variables | null;
  near: number | null;
}

/**
 * What the core has read of the playlists of its sources, shared by relay and watcher, so that both read a list alike:
 * the variables that a list imports from its master, and the numbering of the broadcast that it belongs to.
 */
export class KnownPlaylists {
  readonly #byPath = new Map<string, Broadcast>();
  #bitsPerSecond = 0;
  #segmentS = 0;

  /** The largest segment that can be meant, bytes: by the highest bandwidth and the longest segment seen. */
  get segmentLimitBytes(): number {
    return Math.max(SEGMENT_FLOOR_BYTES, (PEAK * this.#bitsPerSecond * this.#segmentS) / 8);
  }

  /** How the list that was asked for at `asked`, and came from `url`, is to be read. */
  originOf(asked: string, url: string): PlaylistOrigin {
    const known = this.#byPath.get(pathOf(asked)) ?? this.#byPath.get(pathOf(url));
    return { url, masterVariables: known?.variables ?? null, nearSequence: known?.near ?? null };
  }

  /** A number of the stream that the stage counted before this core was started. */
  noteNear(asked: string, near: number): void {
    const known = this.#byPath.get(pathOf(asked));
    if (known) known.near ??= near;
    else this.#remember(pathOf(asked), { variables: null, near });
  }

  note(asked: string, url: string, playlist: Playlist): void {
    if (playlist.kind === 'media') {
      const known = this.#byPath.get(pathOf(asked)) ?? this.#byPath.get(pathOf(url)) ?? { variables: null, near: null };
      known.near = playlist.endSn;
      this.#segmentS = Math.max(this.#segmentS, playlist.targetDurationS);
      this.#remember(pathOf(asked), known);
      return;
    }
    for (const { attributes } of playlist.variants)
      this.#bitsPerSecond = Math.max(this.#bitsPerSecond, Number(attributes['BANDWIDTH']) || 0);
    const children = [...playlist.variants.map((variant) => variant.url), ...playlist.renditionUrls];
    // Read again, a master describes the same broadcast: its numbering goes on.
    const near = children.map((child) => this.#byPath.get(pathOf(child))?.near ?? null).find((n) => n !== null) ?? null;
    const broadcast: Broadcast = { variables: playlist.variables, near };
    for (const child of children) this.#remember(pathOf(child), broadcast);
  }

  #remember(path: string, broadcast: Broadcast): void {
    this.#byPath.delete(path);
    this.#byPath.set(path, broadcast);
    if (this.#byPath.size > MOST) this.#byPath.delete(this.#byPath.keys().next().value!);
  }
}

/** Tokens in the query change, the list does not. */
function pathOf(url: string): string {
  return url.replace(/[?#].*$/u, '');
}
