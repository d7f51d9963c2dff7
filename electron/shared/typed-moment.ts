/** A time of day as people type it (`7h30`, `14:00`, `1430`, `8`) as `07:30`; null for anything else. */
export function readTime(typed: string): string | null {
  const plain = typed
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/\s/gu, '')
    .replace(/(?:giờ|g|h|[.])/u, ':')
    .replace(/(?:phút|p|:)$/u, '');
  const match = /^(\d{1,2})(?::(\d{2}))?$/u.exec(plain) ?? /^(\d{2})(\d{2})$/u.exec(plain);
  if (!match) return null;
  const [, hour = '', minute = '00'] = match;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** A day as people type it, day first (`5/12/2026`, `05-12-26`), or by ISO 8601, as `2026-12-05`; null for anything else. */
export function readDay(typed: string): string | null {
  const plain = typed.replaceAll(/\s/gu, '');
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(plain);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/u.exec(plain);
  const parts = iso ? [iso[1], iso[2], iso[3]] : local && [local[3], local[2], local[1]];
  if (!parts) return null;
  const [year = '', month = '', day = ''] = parts;
  const full = Number(year) + (year.length === 2 ? 2_000 : 0);
  const date = new Date(Date.UTC(full, Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.toISOString().slice(0, 10) : null;
}

/** `2026-12-05` as it is written in Vietnam; empty for anything else. */
export function writeDay(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(day);
  return match ? `${match[3]}/${match[2]}/${match[1]}` : '';
}
