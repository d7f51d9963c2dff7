import type { CheckId, CheckOccasion, CheckVerdict, CheckWord } from '../../contract/checks.ts';
import type { CheckGroup } from './verdict.ts';

/** What one word of a check means: what is so, and one next step for a person; nothing to do needs no step. */
export type Saying = readonly [says: string, next?: string];

/** All sentences about the checks in one language. `{{name}}` stands for a fact of the outcome. */
export interface CheckTexts {
  /** What each check looks at. */
  title: Record<CheckId, string>;
  words: { [C in CheckId]: Record<CheckWord<C>, Saying> };
  /** The check itself could not be done. */
  notDone: Saying;
  /** Said of a loudspeaker that nobody chose. */
  standardDevice: string;
  /** A word of another version of the program. */
  unknownWord: string;
  verdict: Record<CheckVerdict, string>;
  state: Record<CheckGroup, string>;
  occasion: Record<CheckOccasion, string>;
}
