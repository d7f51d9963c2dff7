import type { DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { formatCount, formatTime } from '../ui/format.ts';
import type { Outcome } from './flow.ts';

export interface OutcomeLines {
  person: string | null;
  unit: string | null;
  facts: string[];
  hint: string | null;
}

const nobody = { person: null, unit: null } as const;

/** The lines under the word of an outcome. */
export function useOutcomeLines(outcome: Outcome, view: DeskView): OutcomeLines {
  const { t, you, language } = useTexts(view.address);
  // The year and the position only where another person could take the name for theirs.
  const about = ({ name, unit, birthYear, position, alike }: PersonCard): Pick<OutcomeLines, 'person' | 'unit'> => {
    const facts = [
      alike !== undefined && birthYear !== null && t('desk.bornIn', { year: birthYear }),
      alike === 'all' && position,
      unit,
    ];
    return { person: name, unit: facts.filter(Boolean).join(' · ') || null };
  };
  if (outcome.ok && outcome.outcome === 'confirmed') {
    const { rollCall, ordinal } = outcome;
    return {
      ...about(outcome.person),
      facts: [
        ...(rollCall ? [t('desk.rollCall', { title: rollCall.title })] : []),
        t('outcome.at', { time: formatTime(outcome.at, language) }),
      ],
      hint: rollCall ? t('outcome.confirmedOrdinal', { ordinal: formatCount(ordinal, language) }) : null,
    };
  }
  if (outcome.ok) {
    return {
      ...about(outcome.person),
      facts: [
        t('outcome.at', { time: formatTime(outcome.at, language) }),
        ...(outcome.late
          ? [t('outcome.late', { count: outcome.lateMinutes, minutes: formatCount(outcome.lateMinutes, language) })]
          : []),
      ],
      hint: t('outcome.ordinal', { ordinal: formatCount(outcome.ordinal, language) }),
    };
  }
  switch (outcome.error) {
    case 'already_signed_in':
      return {
        ...about(outcome.person),
        facts: [t('outcome.alreadyAt', { time: formatTime(outcome.firstAt, language) })],
        hint: t('outcome.alreadyHint'),
      };
    case 'not_on_list':
      return { ...nobody, facts: [], hint: t('outcome.notOnListHint', { you }) };
    case 'wrong_venue':
      return {
        ...nobody,
        facts: outcome.venueHint ? [t('outcome.wrongVenueAt', { venue: outcome.venueHint })] : [],
        hint: t('outcome.wrongVenueHint', { you }),
      };
    case 'unreadable':
      return { ...nobody, facts: [], hint: t('outcome.unreadableHint', { you }) };
    case 'not_open':
      return {
        ...nobody,
        facts: outcome.opensAt === null ? [] : [t('desk.notOpenAt', { time: formatTime(outcome.opensAt, language) })],
        hint: t('outcome.notOpenHint', { you }),
      };
    case 'closed':
      return { ...nobody, facts: [], hint: t('outcome.closedHint', { you }) };
    case 'unreachable':
      return {
        ...nobody,
        facts: view.hotline ? [t('common.hotline', { hotline: view.hotline })] : [],
        hint: t('outcome.unreachableHint', { you }),
      };
    default:
      return unreachable(outcome);
  }
}
