import type { Source } from './deck-options.ts';
import type { Cause } from '../../../electron/shared/causes.ts';
import { isDenied } from './failure.ts';
import { ADDRESSES } from './policy.ts';

/** The addresses of the sources now: when a token has run out, a fresh address is fetched. */
export class SourceAddresses {
  readonly #refresh: ((sourceId: string) => Promise<string | null>) | null;
  readonly #urls = new Map<string, string>();
  #denied = 0;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(refresh: ((sourceId: string) => Promise<string | null>) | undefined) {
    this.#refresh = refresh ?? null;
  }

  of(source: Source): string {
    return this.#urls.get(source.id) ?? source.url;
  }

  forget(): void {
    this.#urls.clear();
  }

  /** Notes an answer; after the second "denied" in a row a fresh address is fetched and `renewed` called. */
  recordFailure(source: Source, cause: Cause, now: number, renewed: () => void): void {
    this.#denied = isDenied(cause) ? this.#denied + 1 : 0;
    if (!this.#refresh || this.#denied < ADDRESSES.deniedBeforeRefresh || now - this.#askedAt < ADDRESSES.refreshMs)
      return;
    this.#askedAt = now;
    void this.#refresh(source.id)
      .catch(() => null)
      .then((url) => {
        if (!url) return;
        this.#urls.set(source.id, url);
        renewed();
      });
  }
}
