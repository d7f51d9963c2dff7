import { speaks } from '../../../electron/shared/hls/language.ts';
import { attributeOf } from '../../../electron/shared/hls/lines.ts';

/**
 * The master with the sound of `language` as the default of each group that has it, so that the choice is the same on every
 * source and after every change; a group without it keeps its own default.
 */
export function withPreferredSound(master: string, language: string): string {
  const tags = [...master.matchAll(/^#EXT-X-MEDIA:.*$/gmu)].map(([tag]) => tag).filter(isSound);
  const chosen = new Map<string, string>();
  for (const tag of tags) {
    const group = attributeOf(tag, 'GROUP-ID') ?? '';
    if (!chosen.has(group) && isIn(tag, language)) chosen.set(group, tag);
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

function isIn(tag: string, language: string): boolean {
  return speaks(attributeOf(tag, 'LANGUAGE') ?? attributeOf(tag, 'NAME') ?? '', language);
}

function setFlag(tag: string, name: string, on: boolean): string {
  const value = `${name}=${on ? 'YES' : 'NO'}`;
  const written = new RegExp(`([:,])${name}=[^,]*`, 'u');
  return written.test(tag) ? tag.replace(written, `$1${value}`) : `${tag},${value}`;
}
