import { slip, TELEX_LETTER, typeKeys, type Maker } from './search-corpus.ts';
import { isNear } from './search-groups.ts';

/** How people at a desk ask for a name beyond the name itself, and two slips at once. As in the corpus, the list must be able to answer. */

const initial = (word: string): string => word.charAt(0);
const pick = <T>(list: readonly T[], dice: () => number): T => list[Math.floor(dice() * list.length)] as T;

/** True when each word of `parts` begins with the word of `query` in the same place. */
function begins(parts: readonly string[], query: readonly string[]): boolean {
  return parts.length === query.length && query.every((word, i) => parts[i]?.startsWith(word) === true);
}

export const HABITS: Record<string, Maker> = {
  'name and unit': (name, parts, dice) => {
    const unit = `chi bộ ${Math.floor(dice() * 34)}`;
    return dice() < 0.5
      ? { query: `${name}, ${unit}`, isMarked: true }
      : { query: `${parts.join(' ')} chi bo ${Math.floor(dice() * 34)}` };
  },
  'I am': (name, parts, dice) =>
    dice() < 0.5
      ? { query: `${pick(['tôi là', 'Tôi tên là', 'em là', 'tên tôi là'], dice)} ${name}`, isMarked: true }
      : { query: `toi la ${parts.join(' ')}` },
  'form of address': (_, parts, dice, groups) => {
    const address = pick(['ông', 'bà', 'anh', 'chị', 'cô', 'chú', 'bác'], dice);
    if (dice() < 0.9) return parts.length > 2 ? { query: `${address} ${parts.join(' ')}` } : null;
    const given = parts.at(-1) ?? '';
    const others = groups.count(parts.join(' '), (other) => other.at(-1) === given);
    return parts.length > 1 &&
      given.length > 1 &&
      others <= 2 &&
      ['ong', 'ba', 'anh', 'chi', 'co', 'chu', 'bac'].every((word) => !groups.spells(`${word} ${given}`))
      ? { query: `${address} ${given}` }
      : null;
  },
  'telex with two keys swapped': (name, _, dice) => {
    const words = typeKeys(name, TELEX_LETTER, (key) => key, dice).split(' ');
    const at = Math.floor(dice() * words.length);
    const word = words[at] ?? '';
    const place = Math.floor(dice() * (word.length - 1));
    if (word.length < 3 || word[place] === word[place + 1]) return null;
    const swapped = word.slice(0, place) + (word[place + 1] ?? '') + (word[place] ?? '') + word.slice(place + 2);
    return { query: words.with(at, swapped).join(' ') };
  },
  'two slips': (_, parts, dice, groups) => {
    if (parts.length < 3) return null;
    const [a, b] = [Math.floor(dice() * parts.length), Math.floor(dice() * parts.length)];
    if (a === b) return null;
    const query = parts.map((word, i) => (i === a || i === b ? slip(word, dice) : word));
    if (query[a] === parts[a] || query[b] === parts[b] || groups.spells(query.join(' '))) return null;
    const others = groups.count(
      parts.join(' '),
      (other) => other.length === query.length && query.every((word, i) => isNear(word, other[i] ?? '')),
    );
    return others <= 2 ? { query: query.join(' ') } : null;
  },
  'i for y': (_, parts, __, groups) => {
    const query = parts.map((word) => word.replace(/y$/u, 'i'));
    if (query.join(' ') === parts.join(' ')) return null;
    const key = query.join(' ');
    const others = groups.count(
      parts.join(' '),
      (other) => other.map((word) => word.replace(/y$/u, 'i')).join(' ') === key,
    );
    return others <= 2 ? { query: key } : null;
  },
  'f for ph': (_, parts) => {
    const query = parts.map((word) => word.replace(/^ph/u, 'f')).join(' ');
    return query === parts.join(' ') ? null : { query };
  },
  'initials and given name': (_, parts, __, groups) => {
    if (parts.length < 3) return null;
    const letters = parts.slice(0, -1).map(initial).join('');
    const given = parts.at(-1) ?? '';
    const others = groups.count(
      parts.join(' '),
      (other) => other.at(-1) === given && other.slice(0, -1).map(initial).join('') === letters,
    );
    return others <= 2 ? { query: `${letters} ${given}` } : null;
  },
  'one word whole, the others begun': (_, parts, dice, groups) => {
    if (parts.length < 3) return null;
    const whole = Math.floor(dice() * parts.length);
    const query = parts.map((word, i) => (i === whole ? word : initial(word)));
    const others = groups.count(parts.join(' '), (other) => begins(other, query));
    return others <= 2 ? { query: query.join(' ') } : null;
  },
  'slip that begins another word': (_, parts, dice, groups) => {
    const query = slip(parts.join(' '), dice);
    if (query === parts.join(' ') || parts.length < 3 || !groups.spells(query)) return null;
    const words = query.split(' ');
    // Words that somebody has, all of them whole, are no slip.
    if (groups.count('', (other) => words.every((word) => other.includes(word))) > 0) return null;
    const others = groups.count(
      parts.join(' '),
      (other) =>
        begins(other, words) ||
        (other.length === words.length &&
          words.every((word, i) => isNear(word, other[i] ?? '')) &&
          words.filter((word, i) => word !== other[i]).length === 1),
    );
    return others <= 1 ? { query } : null;
  },
};
