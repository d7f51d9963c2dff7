import { z } from 'zod';
import type { Store } from '../store/store.ts';

const Sound = z.object({ deviceId: z.string(), label: z.string() });

/** Settings of the hall that outlive a restart. */
export class HallSettings {
  readonly #store: Store;
  /** Not kept: a tone or a jump asked for before a restart is not wanted after it. */
  #testToneAt: number | null = null;
  #backToLive = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** When the newest test tone was asked for, epoch milliseconds; null for none since the start. */
  get testToneAt(): number | null {
    return this.#testToneAt;
  }

  playTestTone(): void {
    this.#testToneAt = this.#store.clock.now();
  }

  /** How often the stage was sent to the edge of the broadcast since the start. */
  get backToLive(): number {
    return this.#backToLive;
  }

  goBackToLive(): void {
    this.#backToLive += 1;
  }

  getNotice(): string | null {
    return this.#store.settings.getSetting('notice', z.string()) || null;
  }

  setNotice(text: string): void {
    this.#store.settings.setSetting('notice', text.normalize('NFC').trim());
  }

  getSound(): { deviceId: string; label: string } | null {
    return this.#store.settings.getSetting('sound', Sound);
  }

  setSound(sound: { deviceId: string; label: string }): void {
    this.#store.settings.setSetting('sound', sound);
  }
}
