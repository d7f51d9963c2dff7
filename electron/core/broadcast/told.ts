/** So many answers are remembered, and so many of them must agree before something is told. */
const REMEMBERED = 5;
const ENOUGH = 2;

/**
 * Codes that are told from answers one by one, without flicker: a code is told when two of the last five answers gave it, and
 * until five in a row did not. One odd answer, or one server of several that is set up differently, changes nothing.
 */
export class Told<Code extends string> {
  #answers: (readonly Code[])[] = [];
  #told = new Set<Code>();

  get codes(): readonly Code[] {
    return [...this.#told];
  }

  note(answer: readonly Code[]): void {
    this.#answers = [...this.#answers, answer].slice(-REMEMBERED);
    const times = (code: Code): number => this.#answers.filter((a) => a.includes(code)).length;
    for (const code of answer) if (times(code) >= ENOUGH) this.#told.add(code);
    for (const code of this.#told) if (times(code) === 0) this.#told.delete(code);
  }
}
