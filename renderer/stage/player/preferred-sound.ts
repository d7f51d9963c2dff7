import { attributeOf } from '../../../electron/shared/hls/lines.ts';

/** Other ways to write a language: three letters, and names. */
const ALIASES: Record<string, RegExp> = {
  vi: /^(vi|vie)\b|viet/iu,
  en: /^(en|eng)\b|english|anh\b/iu,
};

/**
 * The master with the sound of `language` as the default of each group that has it, so that the choice is the same on every
 * source and after every change; a group without it keeps its own default.
 */
export function withPreferredSound(master: string, language: string): string {
  const tags = [...master.matchAll(/^#EXT-X-MEDIA:.*$/gmu)].map(([tag]) => tag).filter(isSound);
  const chosen = new Map<string, string>();
  for (const tag of tags) {
    const group = attributeOf(tag, 'GROUP-ID') ?? '';
    if (!chosen.has(group) && speaks(tag, language)) chosen.set(group, tag);
  }
  return master.replace(/^#EXT-X-MEDIA:.*$/gmu, (tag) => {
    const wanted = isSound(tag) ? chosen.get(attributeOf(tag, 'GROUP-ID') ?? '') : undefined;
    if (wanted === undefined) return tag;
    return setFlag(setFlag(tag, 'DEFAULT', tag === wanted), 'AUTOSELECT', true);
  });
}

function isSound(tag: string): boolean {
  return attributeOf(tag, 'TYPE') === 'AUDIO';
}

function speaks(tag: string, language: string): boolean {
  const written = attributeOf(tag, 'LANGUAGE');
  const pattern = ALIASES[language] ?? new RegExp(`^${language.replace(/[^a-z]/giu, '')}\\b`, 'iu');
  const plain = (written ?? attributeOf(tag, 'NAME') ?? '').normalize('NFD').replace(/\p{M}/gu, '');
  return pattern.test(plain);
}

function setFlag(tag: string, name: string, on: boolean): string {
  const value = `${name}=${on ? 'YES' : 'NO'}`;
  const written = new RegExp(`([:,])${name}=[^,]*`, 'u');
  return written.test(tag) ? tag.replace(written, `$1${value}`) : `${tag},${value}`;
}
