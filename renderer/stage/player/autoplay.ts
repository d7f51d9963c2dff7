import { SOUND } from './policy.ts';

/** Starts a media element with sound; where the browser refuses that, without sound first, and asks for sound again and again. */
export class Autoplay {
  #muted = false;
  #retries = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #video: HTMLVideoElement | null = null;

  get muted(): boolean {
    return this.#muted;
  }

  async play(video: HTMLVideoElement): Promise<void> {
    this.#video = video;
    video.muted = this.#muted;
    try {
      await video.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || this.#video !== video) return;
      this.#muted = video.muted = true;
      this.#scheduleUnmute();
      await video.play().catch(() => undefined);
    }
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    removeEventListener('pointerdown', this.#onGesture);
    removeEventListener('keydown', this.#onGesture);
    this.#video = null;
  }

  #scheduleUnmute(): void {
    addEventListener('pointerdown', this.#onGesture);
    addEventListener('keydown', this.#onGesture);
    if (this.#timer) clearTimeout(this.#timer);
    const delays = SOUND.unmuteRetryMs;
    this.#timer = setTimeout(() => this.#tryUnmute(), delays[Math.min(this.#retries++, delays.length - 1)]);
  }

  readonly #onGesture = (): void => this.#tryUnmute();

  /** Chromium pauses an element that is unmuted against its policy: then it is muted and started again. */
  #tryUnmute(): void {
    const video = this.#video;
    if (!video || !this.#muted) return;
    video.muted = false;
    setTimeout(() => {
      if (this.#video !== video) return;
      if (video.paused) {
        video.muted = true;
        void video.play().catch(() => undefined);
        this.#scheduleUnmute();
        return;
      }
      this.#muted = false;
      this.stopListening();
    }, 150);
  }

  private stopListening(): void {
    if (this.#timer) clearTimeout(this.#timer);
    removeEventListener('pointerdown', this.#onGesture);
    removeEventListener('keydown', this.#onGesture);
  }
}
