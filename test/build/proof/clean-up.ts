/** What a proof made on this computer, and how it is taken away again: the last first, each once. */
export class CleanUp {
  readonly #steps: (() => Promise<void> | void)[] = [];

  /** Does it also when the program is interrupted, and ends the program then. */
  onInterrupt(): this {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        console.log(`interrupted (${signal})`);
        void this.run().finally(() => process.exit(1));
      });
    return this;
  }

  add(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  /** A step that fails is said, and the others are done. */
  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop())
      try {
        await step();
      } catch (cause) {
        console.log(`not taken away: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
  }
}
