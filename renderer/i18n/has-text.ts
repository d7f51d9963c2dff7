/**
 * Whether there are words for a code of the core: one of a newer core than this window is shown as it is rather than
 * hidden. `texts` is a group of `vi`; "other" is what such a group says of a code that it does not know.
 */
export function hasText<T extends object>(texts: T, code: string): code is Exclude<Extract<keyof T, string>, 'other'> {
  return code !== 'other' && Object.hasOwn(texts, code);
}
