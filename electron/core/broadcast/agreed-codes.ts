/** This many answers are kept, and this many of them must agree before a code is shown. */
const KEPT_ANSWERS = 5;
const ENOUGH = 2;

/**
 * Codes found in single answers, shown without flicker: a code is shown when two of the last five answers gave it, and until
 * five answers in a row did not. One odd answer, or one server of several with another set-up, changes nothing.
 */
export class AgreedCodes<Code extends string> {
  #answers: (readonly Code[])[] = [];
  #agreed = new Set<Code>();

  get codes(): readonly Code[] {
    return [...this.#agreed];
  }

  note(answer: readonly Code[]): void {
    this.#answers = [...this.#answers, answer].slice(-KEPT_ANSWERS);
    const times = (code: Code): number => this.#answers.filter((a) => a.includes(code)).length;
    for (const code of answer) if (times(code) >= ENOUGH) this.#agreed.add(code);
    for (const code of this.#agreed) if (times(code) === 0) this.#agreed.delete(code);
  }
}
