const MOST = 500;
/** So many addresses must have moved the same way before the whole server counts as moved. */
const ENOUGH = 2;

/** Where addresses have moved for good (301 and 308): the old server may be switched off at any time. */
export class MovedAddresses {
  readonly #targets = new Map<string, string>();
  /** By old origin: the new one, and how many addresses kept their path there. */
  readonly #origins = new Map<string, { origin: string; count: number }>();

  /** The address to ask in place of `url`; null when none is known. */
  targetOf(url: string): string | null {
    return this.#targets.get(url) ?? null;
  }

  /** The same path on the server that everything of this one moved to; null when that is not known. */
  sameOnNewServer(url: string): string | null {
    const { origin, href } = new URL(url);
    const moved = this.#origins.get(origin);
    return moved && moved.count >= ENOUGH ? moved.origin + href.slice(origin.length) : null;
  }

  note(from: string, to: string): void {
    if (from === to) return;
    this.#targets.delete(from);
    this.#targets.set(from, to);
    if (this.#targets.size > MOST) this.#targets.delete(this.#targets.keys().next().value!);
    const [old, now] = [new URL(from), new URL(to)];
    if (old.origin === now.origin || old.pathname !== now.pathname) return;
    const known = this.#origins.get(old.origin);
    this.#origins.set(old.origin, {
      origin: now.origin,
      count: known?.origin === now.origin ? known.count + 1 : 1,
    });
  }

  /** The new address did not answer: the old one is asked again. */
  forget(from: string): void {
    this.#targets.delete(from);
  }
}
