import type { CheckFacts, CheckOutcome } from '../../contract/checks.ts';
import { isCause } from '../causes.ts';
import { enCauses } from './causes-en.ts';
import { viCauses } from './causes-vi.ts';
import { CHECK_TEXTS_EN } from './texts-en.ts';
import { CHECK_TEXTS_VI } from './texts-vi.ts';
import type { CheckTexts, Saying } from './words.ts';

export type CheckLanguage = 'vi' | 'en';

/** An outcome in words: what was looked at, what is so, and the next step for a person; null when there is nothing to do. */
export interface SaidCheck {
  title: string;
  says: string;
  next: string | null;
}

const TEXTS: Record<CheckLanguage, CheckTexts> = { vi: CHECK_TEXTS_VI, en: CHECK_TEXTS_EN };
const LOCALES: Record<CheckLanguage, string> = { vi: 'vi-VN', en: 'en-GB' };
const CAUSE_TEXTS = { vi: viCauses, en: enCauses };
const ZONE = 'Asia/Ho_Chi_Minh';

/** All sentences of a language. */
export function checkTexts(language: CheckLanguage): CheckTexts {
  return TEXTS[language];
}

/** Says an outcome. One of another version of the program still has its state. */
export function sayCheck(
  { check, word, facts }: Pick<CheckOutcome, 'check' | 'word' | 'facts'>,
  language: CheckLanguage,
): SaidCheck {
  const texts = TEXTS[language];
  const title = lookUp(texts.title, check) ?? check;
  const saying = word === 'not_done' ? texts.notDone : lookUp<Saying>(lookUp(texts.words, check) ?? {}, word);
  if (!saying) return { title, says: texts.unknownWord, next: null };
  const [says, next] = saying;
  const filled = next === undefined ? '' : fill(next, facts, language).trim();
  return { title, says: fill(says, facts, language), next: filled === '' ? null : filled };
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function fill(text: string, facts: CheckFacts, language: CheckLanguage): string {
  return text.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => sayFact(name, facts, language));
}

function sayFact(name: string, facts: CheckFacts, language: CheckLanguage): string {
  if (name === 'cause' || name === 'causeNext') {
    const { cause } = facts;
    if (typeof cause !== 'string' || !isCause(cause)) return '';
    return CAUSE_TEXTS[language][name === 'cause' ? 'says' : 'next'][cause];
  }
  const value = facts[name];
  if (typeof value === 'number')
    return name.endsWith('At') ? sayMoment(value, name, language) : sayNumber(value, language);
  // Nobody chose one.
  if (name === 'device' && value === '') return TEXTS[language].standardDevice;
  return value ?? '?';
}

function sayNumber(value: number, language: CheckLanguage): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** A day for lists and packages, a time of day for what happened today. */
function sayMoment(ms: number, name: string, language: CheckLanguage): string {
  const day = ['listAt', 'issuedAt', 'lastAt'].includes(name);
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: ZONE,
    ...(day
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : {
          hour: '2-digit',
          minute: '2-digit',
          ...(name === 'nowAt' ? { day: '2-digit', month: '2-digit', year: 'numeric' } : {}),
        }),
  });
  return format.format(ms);
}
