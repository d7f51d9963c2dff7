import type { TimelineEntry } from '../../contract/api-timeline.ts';
import { isCause } from '../causes.ts';
import { enCauses } from '../checks/causes-en.ts';
import { viCauses } from '../checks/causes-vi.ts';
import { TIMELINE_EN } from './words-en.ts';
import { TIMELINE_VI } from './words-vi.ts';

type Language = 'vi' | 'en';

const WORDS = { vi: TIMELINE_VI, en: TIMELINE_EN };
const CAUSES = { vi: viCauses.says, en: enCauses.says };
const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });

/** An entry as one sentence, and what it rests on. */
export function sayEntry({ what, facts, proof }: TimelineEntry, language: Language): { says: string; proof: string } {
  const words = WORDS[language];
  const fill = (text: string): string =>
    text
      .replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => sayFact(name, facts[name] ?? null, language))
      // What had nothing to say leaves its full stop behind.
      .replaceAll(/\s*\(\s*\)/gu, '')
      .replaceAll(/(\.\s*)+\./gu, '.')
      .replaceAll(/\s+/gu, ' ')
      .trim();
  return { says: fill(words.what[what]), proof: fill(words.proof[proof]) };
}

function sayFact(name: string, value: string | number | null, language: Language): string {
  const words = WORDS[language];
  if (value === null) return '';
  if (typeof value === 'number') return name.endsWith('At') ? TIME.format(value) : String(value);
  switch (name) {
    case 'role':
    case 'of':
      return lookUp(words.role, value);
    case 'endedBy':
      return lookUp(words.endedBy, value);
    case 'failure':
      return lookUp(words.failure, value);
    case 'whose':
      return lookUp(words.whose, value);
    case 'cause':
      return isCause(value) ? CAUSES[language][value] : '';
    default:
      return value;
  }
}

/** A code of a newer program is shown as it is. */
function lookUp(table: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(table, code) ? (table[code] ?? code) : code;
}
