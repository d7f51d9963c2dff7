import { z } from 'zod';
import type { SettingsStore } from '../store/settings-store.ts';
import type { EndQuestion } from './machine.ts';

const Answer = z.enum(['close', 'keep']);
export type Answer = z.infer<typeof Answer>;

/** What the console answered about the end of sittings. Stored, so that a restart does not ask again. */
export class ConsoleAnswers {
  readonly #settings: Pick<SettingsStore, 'getSetting' | 'setSetting'>;
  /** Nobody else writes these settings. */
  readonly #known = new Map<string, Answer | boolean | null>();

  constructor(settings: Pick<SettingsStore, 'getSetting' | 'setSetting'>) {
    this.#settings = settings;
  }

  get(sittingId: string, reason: EndQuestion['reason']): Answer | null {
    return this.#read(keyOf(sittingId, reason), Answer);
  }

  set(sittingId: string, reason: EndQuestion['reason'], answer: Answer | null): void {
    if (this.get(sittingId, reason) !== answer) this.#write(keyOf(sittingId, reason), answer);
  }

  /** The console took back an end by the province. */
  isProvinceOverruled(sittingId: string): boolean {
    return this.#read(`province_overruled:${sittingId}`, z.boolean()) ?? false;
  }

  overruleProvince(sittingId: string): void {
    this.#write(`province_overruled:${sittingId}`, true);
  }

  #read<T extends Answer | boolean>(key: string, schema: z.ZodType<T>): T | null {
    const known = this.#known.get(key);
    if (known !== undefined) return schema.nullable().parse(known);
    const stored = this.#settings.getSetting(key, schema);
    this.#known.set(key, stored);
    return stored;
  }

  #write(key: string, value: Answer | boolean | null): void {
    this.#settings.setSetting(key, value);
    this.#known.set(key, value);
  }
}

function keyOf(sittingId: string, reason: EndQuestion['reason']): string {
  return reason === 'endlist' ? `end_answer:${sittingId}` : `next_due_answer:${sittingId}`;
}
