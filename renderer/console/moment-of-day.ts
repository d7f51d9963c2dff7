/** Vietnam keeps one zone without summer time. */
const ZONE_MS = 7 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** An hour and minute (`07:45`) on the day, in Vietnam, of a moment; epoch milliseconds. Null for anything else. */
export function momentOfDay(time: string, dayOf: number): number | null {
  const match = /^(\d{2}):(\d{2})$/u.exec(time);
  if (!match) return null;
  const day = Math.floor((dayOf + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  return day + (Number(match[1]) * 60 + Number(match[2])) * 60_000;
}

/** A date or year of birth as people write it; `{}` for nothing, null for what is neither. */
export function readBirth(text: string): { birthYear?: number; birthDate?: string } | null {
  const plain = text.trim();
  if (plain === '') return {};
  const year = /^(?:19|20)\d\d$/u.exec(plain);
  if (year) return { birthYear: Number(plain) };
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)$/u.exec(plain);
  if (!match) return null;
  const [, day = '', month = '', full = ''] = match;
  const date = new Date(Date.UTC(Number(full), Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? { birthDate: date.toISOString().slice(0, 10) } : null;
}
