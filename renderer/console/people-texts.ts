import type { HistoryEntry, PersonRow } from '../../electron/contract/api-attendance.ts';
import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { formatCount, formatTime } from '../ui/format.ts';

const words = vi.people;

/** A message names at most this many people. */
const NAMED = 2;

/** A refusal as the core gives it: a code and its facts. */
export interface Fault {
  error: string;
  from?: number;
  to?: number;
  inHall?: number;
}

/** Words for what the core says about people; a code newer than this window is shown as it is. */
export function usePeopleTexts() {
  const { t, language } = useTexts();
  const statusOf = (person: PersonRow, withTime: boolean): string => {
    const parts: string[] = [];
    switch (person.status) {
      case 'present':
        parts.push(
          withTime
            ? t('people.status.present', { time: formatTime(person.signedInAt ?? 0, language) })
            : t('board.list.present'),
        );
        break;
      case 'late':
        parts.push(t('people.status.late', { minutes: formatCount(person.lateMinutes, language) }));
        break;
      case 'substituted':
        parts.push(t('people.status.substituted', { name: person.substitutedByName ?? '' }));
        break;
      case 'left_early':
      case 'absent_excused':
      case 'absent_unexcused':
      case 'awaited':
        parts.push(t(`people.status.${person.status}`));
    }
    if (person.reason !== null) parts.push(person.reason);
    if (withTime && person.method === 'paper') parts.push(t('board.paper.mark'));
    return parts.join(' · ');
  };
  const aboutOf = (person: PersonRow, unit: string | null): string =>
    [
      person.birthYear === null ? null : t('people.list.born', { year: person.birthYear }),
      unit,
      person.position,
      person.kind === 'summoned' ? null : t(`people.kind.${person.kind}`),
      person.substituteForName === null ? null : t('people.person.substituteFor', { name: person.substituteForName }),
    ]
      .filter(Boolean)
      .join(' · ');
  return {
    fault: ({ error, from = 0, to = 0, inHall = 0 }: Fault): string => {
      if (error === 'wrong_time')
        return t('people.fault.wrong_time', { from: formatTime(from, language), to: formatTime(to, language) });
      if (error === 'reason_needed') return t('people.fault.reason_needed', { inHall: formatCount(inHall, language) });
      const code = hasText(words.fault, error) ? error : 'other';
      if (code === 'wrong_time' || code === 'reason_needed') return '';
      return t(`people.fault.${code}`);
    },
    /** `Nguyễn Văn An, Lò Thị Bình và 3 người khác` */
    some: (people: readonly { name: string }[]): string => {
      const names = people.slice(0, NAMED).map(({ name }) => name);
      return people.length > NAMED
        ? t('board.list.andMore', { names: names.join(', '), n: formatCount(people.length - NAMED, language) })
        : names.join(', ');
    },
    status: (person: PersonRow): string => statusOf(person, true),
    /** Without the time of arrival, which stands in a column of its own. */
    standing: (person: PersonRow): string => statusOf(person, false),
    about: (person: PersonRow): string => aboutOf(person, person.unit),
    aboutWithoutUnit: (person: PersonRow): string => aboutOf(person, null),
    entry: (entry: HistoryEntry): string => {
      const what = entry.kind === null ? t(`people.event.${entry.type}`) : t(`people.addedAs.${entry.kind}`);
      return [
        formatTime(entry.at, language),
        entry.rollCall ? `${what} (${entry.rollCall})` : what,
        hasText(words.actor, entry.actor) ? t(`people.actor.${entry.actor}`) : entry.actor,
        entry.method === 'paper' ? t('board.paper.mark') : null,
        entry.reason,
        entry.at === entry.writtenAt
          ? null
          : t('people.person.entered', { time: formatTime(entry.writtenAt, language) }),
        entry.undoneBy === null ? null : t('people.person.undone'),
      ]
        .filter(Boolean)
        .join(' · ');
    },
  };
}
