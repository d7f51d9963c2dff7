/**
 * Numbers and moments as Vietnam writes them. The zone is fixed: the country has one, and a venue PC whose
 * zone was never set must still show the hour that the summons says.
 */
const ZONE = 'Asia/Ho_Chi_Minh';

export type Language = 'vi' | 'en';

const LOCALE: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

const TIME: Record<Language, Intl.DateTimeFormat> = {
  vi: new Intl.DateTimeFormat(LOCALE.vi, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE }),
  en: new Intl.DateTimeFormat(LOCALE.en, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE }),
};
const SECONDS = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZone: ZONE,
});
const DAY: Record<Language, Intl.DateTimeFormat> = {
  vi: new Intl.DateTimeFormat(LOCALE.vi, {
    weekday: 'long',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: ZONE,
  }),
  en: new Intl.DateTimeFormat(LOCALE.en, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: ZONE,
  }),
};

/** `07:30`. */
export function formatTime(ms: number, language: Language = 'vi'): string {
  return TIME[language].format(ms);
}

/** `07:30:05`. */
export function formatTimeWithSeconds(ms: number): string {
  return SECONDS.format(ms);
}

/** `Thứ Hai, 23/11/2026`, with the first letter large wherever the browser writes it small. */
export function formatDay(ms: number, language: Language = 'vi'): string {
  const text = DAY[language].format(ms);
  return text.charAt(0).toLocaleUpperCase(LOCALE[language]) + text.slice(1);
}

/** `1.234` in Vietnamese, `1,234` in English. */
export function formatCount(n: number, language: Language = 'vi'): string {
  return n.toLocaleString(LOCALE[language]);
}

/** A share with two places, as reports write it: `99,16%`. An empty whole has no share. */
export function formatShare(part: number, whole: number, language: Language = 'vi'): string {
  if (whole <= 0) return '–';
  return (part / whole).toLocaleString(LOCALE[language], {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
}

/** A size of a file or a disk: `812 kB`, `14,9 GB`; decimal units, as sticks are sold. */
export function formatSize(bytes: number, language: Language = 'vi'): string {
  if (bytes >= 1e9) return `${formatDecimal(bytes / 1e9, language)}\u00a0GB`;
  if (bytes >= 1e6) return `${formatDecimal(bytes / 1e6, language)}\u00a0MB`;
  return `${formatDecimal(bytes / 1e3, language)}\u00a0kB`;
}

/** A number with at most one decimal place. */
export function formatDecimal(n: number, language: Language = 'vi'): string {
  return n.toLocaleString(LOCALE[language], { maximumFractionDigits: 1 });
}

/**
 * A remaining time as digits: `12:05`, `1:12:05`. The nearest second, but `00:01` until the moment itself;
 * a moment that has passed reads `00:00`.
 */
export function formatCountdown(remainingMs: number): string {
  const total = Math.max(remainingMs > 0 ? 1 : 0, Math.round(remainingMs / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  const tail = `${two(minutes)}:${two(total % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** The title of a sitting inside a sentence: `Buổi sáng` → `buổi sáng`; a proper name keeps its letters, and so does any title in English. */
export function inSentence(title: string, language: Language): string {
  return language === 'vi' && /^bu\u1ed5i\s/iu.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

const DATE = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', timeZone: ZONE });

/** `27/11`. */
export function formatDate(ms: number): string {
  return DATE.format(ms);
}
