import { z } from 'zod';
import type { Store } from '../store/store.ts';

/** What a person said counts for this sitting, not for the next day, ms. */
const COUNTS_MS = 12 * 3_600_000;
const KEY = 'check_answers';

const Stored = z.object({
  sound: z.object({ heard: z.boolean(), at: z.number() }).optional(),
  scanner: z.object({ result: z.enum(['read', 'garbled', 'unreadable', 'none_here']), at: z.number() }).optional(),
});
/** What only a person can say, as far as somebody did lately. */
export type PersonAnswers = z.infer<typeof Stored>;
export type ScannerResult = NonNullable<PersonAnswers['scanner']>['result'];

/** Answers of a person, kept over a restart. Nothing of them names anybody. */
export class AnswerBook {
  readonly #store: Pick<Store, 'settings' | 'clock'>;

  constructor(store: Pick<Store, 'settings' | 'clock'>) {
    this.#store = store;
  }

  /** Those that still count. */
  get answers(): PersonAnswers {
    const now = this.#store.clock.now();
    const stored = this.#store.settings.getSetting(KEY, Stored) ?? {};
    const isFresh = (answer: { at: number } | undefined) =>
      answer !== undefined && Math.abs(now - answer.at) < COUNTS_MS;
    return {
      ...(isFresh(stored.sound) ? { sound: stored.sound } : {}),
      ...(isFresh(stored.scanner) ? { scanner: stored.scanner } : {}),
    };
  }

  noteSound(heard: boolean): void {
    this.#note({ sound: { heard, at: this.#store.clock.now() } });
  }

  noteScanner(result: ScannerResult): void {
    this.#note({ scanner: { result, at: this.#store.clock.now() } });
  }

  #note(answer: PersonAnswers): void {
    this.#store.settings.setSetting(KEY, { ...this.answers, ...answer });
  }
}
