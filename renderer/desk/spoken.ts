import type { TFunction } from 'i18next';
import type { CommonView } from '../../electron/contract/api.ts';
import { outcomeName, type Outcome } from './flow.ts';

/** What to do next, for outcomes after which something is to be done. */
const HINTS = {
  not_on_list: 'outcome.notOnListHint',
  wrong_venue: 'outcome.wrongVenueHint',
  unreadable: 'outcome.unreadableHint',
  not_open: 'outcome.notOpenHint',
  closed: 'outcome.closedHint',
  unreachable: 'outcome.unreachableHint',
} as const;

/** An outcome as it is spoken: who, what became of it, and what to do. `t` is the Vietnamese one: names are, and so is the voice. */
export function sayOutcome(outcome: Outcome, t: TFunction, address: CommonView['address']): string {
  const word = t(`outcome.${outcomeName(outcome)}`);
  if (outcome.ok || outcome.error === 'already_signed_in') return `${outcome.person.name}. ${word}.`;
  return `${word}. ${t(HINTS[outcome.error], { you: t(`address.${address}`) })}`;
}
