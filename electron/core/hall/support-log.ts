import { createReadStream, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isPersonalNumber } from '../../shared/personal-number.ts';

/** More files than a log keeps. */
const MOST_FILES = 20;
/** What a value of our own words and ids is made of: one word without a mark. */
const ONE_WORD = /^[\x21-\x7e]{1,200}$/u;
/** Seven digits and more, also those of a date, are somebody's; letters or dots between them are those of an id or an address. */
const ONLY_DIGITS = /^\W{0,3}(?:\d[-/]?){7,}\W{0,3}$/u;
/** Badges and card codes: capitals and at least two digits. */
const CODE = /\b(?=[A-Z0-9]*\d[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,}\b/gu;

/** An address of mail, or a name and a password in front of a server. */
const AT = /[^\s@"]+@[^\s@"]+/gu;

/** A log file and those put aside, newest first: `name`, `name.1`, …; only those that are there. */
export function listLogFiles(folder: string, name: string): string[] {
  return Array.from({ length: MOST_FILES }, (_, n) => path.join(folder, n === 0 ? name : `${name}.${n}`)).filter(
    (file) => existsSync(file),
  );
}

/**
 * Lines of a log for somebody outside this venue. Names never enter a log; here everything in it that could still be one, or a number
 * or a code of a card, is taken out once more.
 */
export async function* readSupportLog(file: string, redact: Redact): AsyncGenerator<string> {
  const stream = createReadStream(file, 'utf8');
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
      yield `${withoutPersonalData(line, redact)}\n`;
  } finally {
    stream.destroy();
  }
}

/** Takes names and numbers out of a text that a program wrote. */
export type Redact = (text: string) => string;

/** One line of a log, as it may leave the venue. */
export function withoutPersonalData(line: string, redact: Redact, home: string = os.homedir()): string {
  const short = (text: string): string => (home.length > 1 ? text.replaceAll(home, '~') : text);
  const clean = (text: string): string => {
    const known = short(text).replaceAll(AT, '#').replaceAll(CODE, '#');
    const isOurs = ONE_WORD.test(text) && !ONLY_DIGITS.test(text) && !isPersonalNumber(text);
    return isOurs ? known : redact(known);
  };
  try {
    return JSON.stringify(cleanValue(JSON.parse(line), clean));
  } catch {
    // A line that a power cut broke, or of an older program.
    return clean(line);
  }
}

function cleanValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((each) => cleanValue(each, clean));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleanValue(each, clean)]));
  return value;
}
