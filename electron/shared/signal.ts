/**
 * Something that happens, and who wants to hear of it. Listeners are called at once, in the order in which they came; what one of
 * them throws reaches whoever emitted.
 */
export class Signal<T = void> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Calls back each time; returns the way to stop it. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  /** Nobody hears of it any more: whoever owns it was stopped, and what still comes late concerns no one. */
  end(): void {
    this.#listeners.clear();
  }
}
