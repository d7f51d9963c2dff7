import type { MasterPlaylist, MediaPlaylist } from '../../shared/hls/read-playlist.ts';

/** Reading a source: which of its lists is asked next. */
export type NextList = { url: string; isVariant: boolean };

/**
 * The lists of one source, as the watcher reads them: the lightest variant of the master, another one when that fails
 * or ends alone, and the master again when its lists are gone.
 */
export class WatchedSource {
  #variants: string[] = [];
  #at = 0;
  /** Variants whose list ends. */
  readonly #ended = new Set<string>();
  /** Variants that could not be had since another one ended: they do not keep it from being believed. */
  readonly #lost = new Set<string>();
  #failed = 0;

  /** What to ask, `master` being the source's own address now. */
  next(master: string): NextList {
    const url = this.#variants[this.#at];
    return url === undefined ? { url: master, isVariant: false } : { url, isVariant: true };
  }

  noteMaster({ variants }: MasterPlaylist): void {
    const bandwidth = (v: (typeof variants)[number]): number => Number(v.attributes['BANDWIDTH']) || 0;
    // The lightest variant is enough to see the broadcast move, and costs the line least.
    const lightestFirst = variants.toSorted((a, b) => bandwidth(a) - bandwidth(b)).map((variant) => variant.url);
    this.#variants = [...new Set(lightestFirst)];
    this.#at = 0;
    this.#failed = 0;
    for (const url of this.#ended) if (!this.#variants.includes(url)) this.#ended.delete(url);
  }

  /**
   * One more list; true when the source has ended: with ENDLIST on all of its variants. One that ends alone is sick, and the
   * others are read from now on. `stale`: the list has stood still for long.
   */
  noteList(url: string, list: MediaPlaylist, stale: boolean): 'open' | 'ended' | 'ask_another' {
    this.#failed = 0;
    if (!list.ended) {
      this.#ended.delete(url);
      this.#lost.clear();
      // Others have ended, and this one only stands still: it was forgotten open.
      return stale && this.#ended.size > 0 ? 'ended' : 'open';
    }
    this.#ended.add(url);
    const open = this.#variants.findIndex((variant) => !this.#ended.has(variant) && !this.#lost.has(variant));
    if (open < 0) return 'ended';
    this.#at = open;
    return 'ask_another';
  }

  /** A list did not come: another variant is asked, and after all of them the master. */
  noteFailure(): void {
    this.#failed += 1;
    const url = this.#variants[this.#at];
    if (url === undefined) return;
    if (this.#ended.size > 0) this.#lost.add(url);
    const ended = this.#variants.findIndex((variant) => this.#ended.has(variant));
    if (ended >= 0) this.#at = ended;
    else if (this.#failed >= this.#variants.length) this.readMasterAgain();
    else this.#at = (this.#at + 1) % this.#variants.length;
  }

  readMasterAgain(): void {
    this.#lost.clear();
    this.#variants = [];
    this.#at = 0;
    this.#failed = 0;
  }
}
