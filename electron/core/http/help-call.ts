/** Somebody at the desk asks for the secretary. Not kept over a restart: the person is still standing there. */
export class HelpCall {
  #askedAt: number | null = null;

  /** The moment of the first call not answered yet, epoch milliseconds. */
  get askedAt(): number | null {
    return this.#askedAt;
  }

  ask(now: number): number {
    return (this.#askedAt ??= now);
  }

  clear(): void {
    this.#askedAt = null;
  }
}
