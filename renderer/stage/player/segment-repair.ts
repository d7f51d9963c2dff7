import type { SegmentRequest } from './load-request.ts';
import { SilenceFiller } from './silence-filler.ts';
import { withoutUnplayableSound } from './sound-filter.ts';
import { canPlaySound } from './video.ts';

/** Repairs of good segments that hls.js does not make, by rendition: sound that cannot be decoded is taken out, sound that is missing is silence. */
export class SegmentRepair {
  readonly #fillers = new Map<string, SilenceFiller>();
  readonly #onSoundDropped: (codec: string) => void;

  constructor(onSoundDropped: (codec: string) => void) {
    this.#onSoundDropped = onSoundDropped;
  }

  repair(body: ArrayBuffer, { encrypted, sn, track, durationS }: SegmentRequest): ArrayBuffer {
    if (encrypted || sn === null) return body;
    const filtered = withoutUnplayableSound(body, canPlaySound);
    if (filtered.dropped) this.#onSoundDropped(filtered.dropped);
    const filler = this.#fillers.get(track) ?? new SilenceFiller();
    this.#fillers.set(track, filler);
    return filler.fill(filtered.body, durationS);
  }
}
