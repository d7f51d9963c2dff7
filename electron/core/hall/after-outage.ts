import type { AfterOutageView } from '../../contract/broadcast.ts';
import type { Playback } from '../../contract/session-package.ts';

type Mode = Playback['afterOutage'];

/** Behind by less than this is no reason to ask, seconds. */
const WORTH_ASKING_S = 20;
/** A picture that stands for so many samples (seconds) may be decided about at once. */
const STANDING_SAMPLES = 20;
/** So many samples in a row at the usual delay, and the outage is over. */
const OVER_SAMPLES = 10;

/**
 * What the hall does after an outage longer than its delay: what the package says, unless the chair chooses otherwise for this one.
 * The choice ends when the hall is at its usual delay again.
 */
export class AfterOutage {
  readonly #byPackage: Mode;
  #chosen: Mode | null = null;
  #excessS = 0;
  #standing = 0;
  #usual = 0;

  constructor({ afterOutage }: Pick<Playback, 'afterOutage'>) {
    this.#byPackage = afterOutage;
  }

  get mode(): Mode {
    return this.#chosen ?? this.#byPackage;
  }

  /** The question for the chair; null while there is nothing to decide. */
  get question(): AfterOutageView | null {
    const standing = this.#standing >= STANDING_SAMPLES;
    if (!standing && this.#excessS < WORTH_ASKING_S) return null;
    // In steps, so that the screens are not sent a new one each second.
    const laterS = Math.round(this.#excessS / 10) * 10;
    return { standing, laterS, mode: this.mode, chosen: this.#chosen !== null };
  }

  choose(mode: Mode): void {
    this.#chosen = mode;
    this.#usual = 0;
  }

  /** One sample of the stage, about once a second; `excessS`: behind its usual delay. */
  note({ playing, stalled, excessS }: { playing: boolean; stalled: boolean; excessS: number }): void {
    this.#standing = stalled ? this.#standing + 1 : 0;
    if (!playing) return;
    this.#excessS = Math.max(0, excessS);
    this.#usual = this.#excessS < WORTH_ASKING_S ? this.#usual + 1 : 0;
    if (this.#usual >= OVER_SAMPLES) this.#chosen = null;
  }
}
