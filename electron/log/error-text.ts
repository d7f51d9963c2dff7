import os from 'node:os';

/** As much of an error as a log needs, characters. */
const LONGEST = 4_000;

/**
 * An error as text for a log that must hold no personal data: class, message, stack and causes. What may be somebody's name
 * or number is left out of messages, because they may repeat what was read: anything in quotation marks, words with
 * Vietnamese letters, runs of capitalised words, and long numbers. The user's own folder is shortened to `~`. Frames stay.
 */
export function describeError(cause: unknown, home: string = os.homedir()): string {
  const parts: string[] = [];
  for (let at: unknown = cause, depth = 0; at !== undefined && at !== null && depth < 4; depth += 1) {
    parts.push(describeOne(at));
    at = at instanceof Error ? at.cause : undefined;
  }
  const text = parts.join('\ncaused by ');
  return (home.length > 1 ? text.replaceAll(home, '~') : text).slice(0, LONGEST);
}

/** The same for a text that a page sent: its first lines are a message, the rest frames. */
export function describePageFault(text: string): string {
  return redactMessage(text).slice(0, LONGEST);
}

function describeOne(cause: unknown): string {
  if (!(cause instanceof Error)) return redactMessage(String(cause));
  const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return redactMessage(cause.stack ?? `${cause.name}: ${cause.message}`) + code;
}

/** Frames begin with `at` in Node and Chromium. */
const FRAME = /^\s+at\s/u;
const QUOTED = /"[^"]*"?|'[^']*'|`[^`]*`|“[^”]*”|‘[^’]*’/gu;
const LONG_NUMBER = /\d(?:[ .-]?\d){6,}/gu;
/** Words that follow each other with nothing but spaces between, in which each begins with a capital or has a mark. */
const NAME_LIKE = /(?:\p{Lu}\p{L}*|\p{Ll}*[^\P{L}A-Za-z]\p{L}*)(?: +(?:\p{Lu}\p{L}*|\p{Ll}*[^\P{L}A-Za-z]\p{L}*))*/gu;
/** As much of a line as is read: what stands beyond is no message. */
const LONGEST_LINE = 500;

function redactMessage(text: string): string {
  const lines = text
    .slice(0, 2 * LONGEST)
    .normalize('NFC')
    .split('\n');
  return lines.map((line) => (FRAME.test(line) ? line : redactLine(line.slice(0, LONGEST_LINE)))).join('\n');
}

function redactLine(line: string): string {
  return line
    .replaceAll(QUOTED, '"…"')
    .replaceAll(LONG_NUMBER, '#')
    .replaceAll(NAME_LIKE, (words) => (words.includes(' ') || /[^\P{L}A-Za-z]/u.test(words) ? '…' : words));
}
