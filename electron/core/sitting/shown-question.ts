import { END_POLICY, type EndQuestion } from './machine.ts';

/** The moment at which a question closes is corrected when it has moved by more than this, ms. */
const CORRECT_FROM_MS = 1_500;

/** What the console is asked about the end; `closesAt` is null where only a person decides, else epoch ms. */
export interface ShownQuestion {
  reason: EndQuestion['reason'];
  closesAt: number | null;
}

/** Puts a question into the PC's time. What is shown stays the same from one view to the next while nothing has changed. */
export class QuestionBoard {
  #shown: { key: string; at: number } | null = null;

  show(sittingId: string, question: EndQuestion, usedMs: number, now: number): ShownQuestion {
    if (!question.closesByItself) return { reason: question.reason, closesAt: null };
    const at = now + Math.max(0, END_POLICY.countdownMs - usedMs);
    const key = `${sittingId} ${question.reason}`;
    if (this.#shown?.key !== key || Math.abs(this.#shown.at - at) > CORRECT_FROM_MS) this.#shown = { key, at };
    return { reason: question.reason, closesAt: this.#shown.at };
  }
}
