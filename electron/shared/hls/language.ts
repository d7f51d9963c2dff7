/** Other ways to write a language: three letters, and names. */
const ALIASES: Record<string, RegExp> = {
  vi: /^(vi|vie)\b|viet/iu,
  en: /^(en|eng)\b|english|anh\b/iu,
};

/** Whether a rendition that calls its language so, by a tag or a name, speaks `language` (two letters, ISO 639-1). */
export function speaks(written: string, language: string): boolean {
  const pattern = ALIASES[language] ?? new RegExp(`^${language.replace(/[^a-z]/giu, '')}\\b`, 'iu');
  return pattern.test(written.normalize('NFD').replace(/\p{M}/gu, ''));
}
