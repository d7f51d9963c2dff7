import type Hls from 'hls.js';
import type { MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { EndWatch } from './end-watch.ts';
import { plainUrl } from './load-request.ts';
import { END } from './policy.ts';

/**
 * ENDLIST among the renditions of one deck. One that ends while another goes on is sick: hls.js is moved to the other, and
 * may choose again when the sick one is open again.
 */
export class EndedRenditions {
  readonly #hls: Hls;
  readonly #readList: (url: string, signal: AbortSignal) => Promise<MediaPlaylist | null>;
  readonly #onLog: (detail: string) => void;
  readonly #ends = new EndWatch();
  readonly #abort = new AbortController();
  #playing = '';
  #askedAt = Number.NEGATIVE_INFINITY;
  /** Since when the rendition that plays has ended, and whether the others have been asked since. */
  #ended: { key: string; since: number; othersKnown: boolean } | null = null;
  #watched: string | null = null;

  constructor(
    hls: Hls,
    readList: (url: string, signal: AbortSignal) => Promise<MediaPlaylist | null>,
    onLog: (detail: string) => void,
  ) {
    this.#hls = hls;
    this.#readList = readList;
    this.#onLog = onLog;
  }

  stop(): void {
    this.#abort.abort();
  }

  /** A list of the rendition that plays. */
  note(key: string, list: MediaPlaylist): void {
    this.#playing = key;
    this.#ends.note(key, list);
    if (!list.ended) {
      this.#ended = null;
      return;
    }
    if (this.#ended?.key !== key)
      this.#ended = { key, since: performance.now(), othersKnown: this.#hls.levels.length < 2 };
    void this.#askOthers(key);
  }

  /** The broadcast is over, as far as is known; it may be taken back. */
  get isOver(): boolean {
    return this.#ends.isOver(this.#playing);
  }

  /** Whether hls.js may learn of the end, with `remainingS` seconds left to show. */
  mayPassOn(remainingS: number): boolean {
    const ended = this.#ended;
    if (!ended || (!ended.othersKnown && performance.now() - ended.since < END.othersMs)) return false;
    return this.#ends.mayPassOn(this.#playing, remainingS);
  }

  async #askOthers(ended: string): Promise<void> {
    const hls = this.#hls;
    if (hls.levels.length < 2 || performance.now() - this.#askedAt < END.askOthersMs) return;
    this.#askedAt = performance.now();
    for (const { uri } of hls.levels) {
      if (plainUrl(uri) === ended) continue;
      const list = await this.#readList(uri, this.#abort.signal);
      if (this.#abort.signal.aborted) return;
      if (list) this.#ends.note(plainUrl(uri), list);
    }
    if (this.#ended?.key === ended) this.#ended.othersKnown = true;
    const alive = this.#ends.outlivedBy(ended);
    if (alive === null || ended !== this.#playing) return;
    this.#onLog('one rendition ended, others go on');
    hls.loadLevel = hls.levels.findIndex(({ uri }) => plainUrl(uri) === alive);
    if (this.#watched === null) this.#watch(ended);
  }

  /** The choice is free again when the sick rendition is open again. */
  #watch(ended: string): void {
    this.#watched = ended;
    setTimeout(() => {
      if (this.#abort.signal.aborted) return;
      void this.#readList(ended, this.#abort.signal).then((list) => {
        if (this.#abort.signal.aborted) return;
        if (list?.ended !== false) return this.#watch(ended);
        this.#watched = null;
        this.#ends.note(ended, list);
        this.#hls.loadLevel = -1;
        return undefined;
      });
    }, END.askSickMs);
  }
}
