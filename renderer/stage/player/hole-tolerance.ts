import type { HlsConfig } from 'hls.js';

const NORMAL_S = 0.4;
const WIDEST_S = 60;
/** Nearer than this the hole is no longer hidden from hls.js: on a stall it would jump across from too far away. */
const NEAR_S = 5;

/**
 * hls.js stops fetching at a hole that is wider than `maxBufferHole`, and the cushion drains until the picture has
 * passed it. A hole that was given up on purpose is therefore tolerated while it is still far ahead.
 */
export class HoleTolerance {
  readonly #config: HlsConfig;
  readonly #keys = new Set<string>();
  #widthS = 0;
  #seen = false;

  constructor(config: HlsConfig) {
    this.#config = config;
    config.maxBufferHole = NORMAL_S;
  }

  /** A segment of `durationS` will be missing. */
  widen(key: string, durationS: number): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.#widthS = Math.min(WIDEST_S, this.#widthS + durationS + 0.1);
    this.#config.maxBufferHole = NORMAL_S + this.#widthS;
  }

  /** `untilHoleS`: seconds from the picture to the next hole in the buffer; null without one. */
  update(untilHoleS: number | null): void {
    if (this.#widthS === 0) return;
    if (untilHoleS !== null) {
      this.#seen = true;
      this.#config.maxBufferHole = untilHoleS > NEAR_S ? NORMAL_S + this.#widthS : NORMAL_S;
    } else if (this.#seen) {
      this.#seen = false;
      this.#widthS = 0;
      this.#keys.clear();
      this.#config.maxBufferHole = NORMAL_S;
    }
  }
}
