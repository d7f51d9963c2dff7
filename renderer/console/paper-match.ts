import type { PersonCard } from '../../electron/contract/api-person.ts';
import { fold } from '../../electron/shared/names.ts';

export type OnPaper = PersonCard & { number: number };

/** More candidates than this are no help. */
const SHOWN = 6;

/**
 * Who on the sheet is meant: by the printed number, by the first letters of the words of the name (`nvd`, `ng van d`), or by
 * the given name. Best first.
 */
export function matchOnPaper(people: readonly OnPaper[], typed: string): OnPaper[] {
  const query = fold(typed).trim();
  if (query === '') return [];
  if (/^\d+$/u.test(query)) return people.filter(({ number }) => String(number) === query);
  const parts = query.split(/\s+/u);
  return people
    .map((person) => ({ person, score: scoreOf(fold(person.name).split(/\s+/u), parts) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.person.number - b.person.number)
    .slice(0, SHOWN)
    .map(({ person }) => person);
}

function scoreOf(words: readonly string[], parts: readonly string[]): number {
  const [only = ''] = parts;
  const given = words.at(-1) ?? '';
  if (parts.length === 1) {
    if (given === only) return 5;
    if (initialsOf(words) === only) return 4;
    if (given.startsWith(only)) return 3;
    if (only.length > 1 && initialsOf(words).startsWith(only)) return 2;
    return words.some((word) => word.startsWith(only)) ? 1 : 0;
  }
  // Each part begins a word, in the order of the name.
  let from = 0;
  for (const part of parts) {
    const at = words.findIndex((word, i) => i >= from && word.startsWith(part));
    if (at < 0) return 0;
    from = at + 1;
  }
  return from === words.length ? 4 : 2;
}

function initialsOf(words: readonly string[]): string {
  return words.map((word) => word.charAt(0)).join('');
}

/** `705`, `0705`, `7:05` and `7h05` as `07:05`; null for what is no time of day. */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})[:hg.]?(\d{2})$/iu.exec(typed.trim());
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}
