import { z } from 'zod';
import type { SettingsStore } from '../store/settings-store.ts';

const KEY = 'hall_source';
/** Of one sitting: the next one begins with the package's order again. */
const Choice = z.object({ sourceId: z.string(), during: z.string() });

/** The source that the console put first; it outlives a restart. */
export class ChosenSource {
  readonly #settings: Pick<SettingsStore, 'getSetting' | 'setSetting'>;

  constructor(settings: Pick<SettingsStore, 'getSetting' | 'setSetting'>) {
    this.#settings = settings;
  }

  /** Null: automatic. */
  of(sittingId: string): string | null {
    const choice = this.#settings.getSetting(KEY, Choice);
    return choice?.during === sittingId ? choice.sourceId || null : null;
  }

  choose(sittingId: string, sourceId: string | null): void {
    this.#settings.setSetting(KEY, { sourceId: sourceId ?? '', during: sittingId });
  }

  /** With the chosen one first; the others still stand in when it fails. */
  order<T extends { id: string }>(sittingId: string, sources: readonly T[]): T[] {
    const chosen = this.of(sittingId);
    return sources.toSorted((a, b) => Number(b.id === chosen) - Number(a.id === chosen));
  }
}
