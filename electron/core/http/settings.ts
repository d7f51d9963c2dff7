import { z } from 'zod';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';

/** Sealed for the session: it may name somebody. */
const NOTICE = 'hall_notice';
const Notice = z.object({ text: z.string(), during: z.string() });
const Volume = z.object({ volume: z.int().min(0).max(100), muted: z.boolean() });
const Sound = z.object({ deviceId: z.string(), label: z.string() });

/** The numbers stand on the displays this long. */
const IDENTIFY_MS = 8_000;

/** Settings of the hall that outlive a restart. */
export class HallSettings {
  readonly #store: Store;
  readonly #packageId: string;
  /** Not kept: a tone or a jump asked for before a restart is not wanted after it. */
  #testToneAt: number | null = null;
  #backToLive = 0;
  #identifyUntil: number | null = null;

  /** `packageId`: the session of the hall. */
  constructor(store: Store, packageId: string) {
    this.#store = store;
    this.#packageId = packageId;
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

  /**
   * The line at the foot of the hall's screen: what the console wrote in this part of the day, else the package's own while the
   * sitting is not over. A notice ends with the sitting, or the break, it was written in; an empty one also hides the package's.
   */
  getNotice(sitting: SittingRecord | null, ofPackage: string | null): string | null {
    const notice = this.#store.settings.getSealed(this.#packageId, NOTICE, Notice);
    if (notice && notice.during === partOfDay(sitting)) return notice.text || null;
    return sitting === null || isOver(sitting) ? null : ofPackage;
  }

  setNotice(text: string, sitting: SittingRecord): void {
    const notice = { text: text.normalize('NFC').trim(), during: partOfDay(sitting) };
    this.#store.settings.setSealed(this.#packageId, NOTICE, notice);
  }

  /** Until when each display shows its number, epoch milliseconds; null for not since the start. */
  get identifyUntil(): number | null {
    return this.#identifyUntil;
  }

  identifyDisplays(): void {
    this.#identifyUntil = this.#store.clock.now() + IDENTIFY_MS;
  }

  /** How loud the broadcast is, 0 to 100. */
  getVolume(): { volume: number; muted: boolean } {
    return this.#store.settings.getSetting('volume', Volume) ?? { volume: 100, muted: false };
  }

  setVolume(volume: { volume: number; muted: boolean }): void {
    this.#store.settings.setSetting('volume', volume);
  }

  getSound(): { deviceId: string; label: string } | null {
    return this.#store.settings.getSetting('sound', Sound);
  }

  setSound(sound: { deviceId: string; label: string }): void {
    this.#store.settings.setSetting('sound', sound);
  }
}

/** Whether nothing more happens in the hall for it, unless somebody opens it again. */
export function isOver(sitting: SittingRecord): boolean {
  return sitting.state !== 'prepared' && sitting.state !== 'open' && sitting.state !== 'live';
}

function partOfDay(sitting: SittingRecord | null): string {
  return sitting === null ? '' : `${sitting.id} ${isOver(sitting) ? 'over' : 'on'}`;
}
