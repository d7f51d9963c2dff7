import type { TFunction } from 'i18next';
import type { FoundPackage } from '../../electron/contract/api-lobby.ts';
import { formatDate, formatTime, type Language } from '../ui/format.ts';

/** Where a file lies, as the user calls that place. */
export function describePlace({ removable, volume, folder, host }: FoundPackage, t: TFunction): string {
  if (host !== null) return t('lobby.place.host', { host });
  if (removable) return volume ? t('lobby.place.stick', { volume }) : t('lobby.place.anyStick');
  return folder ? t(`lobby.place.${folder}`) : t('lobby.place.disk');
}

/** `2 buổi, 27/11 07:30 – 28/11 11:30`. */
export function describeSittings(
  sittings: readonly { startsAt: number; endsAt: number }[],
  t: TFunction,
  language: Language,
): string {
  const first = Math.min(...sittings.map((s) => s.startsAt));
  const last = Math.max(...sittings.map((s) => s.endsAt));
  const from = `${formatDate(first)} ${formatTime(first, language)}`;
  const to = `${formatDate(last) === formatDate(first) ? '' : `${formatDate(last)} `}${formatTime(last, language)}`;
  return `${t('lobby.load.sittings', { count: sittings.length })}, ${from} – ${to}`;
}

const DAY_MS = 86_400_000;
/** Days of Vietnam. */
const dayOf = (ms: number): number => Math.floor((ms + 7 * 3_600_000) / DAY_MS);

/** When it was issued, `27/11 07:30`, and how old that is in days: `hôm qua`. */
export function describeIssue(issuedAt: number, now: number, language: Language): { date: string; age: string } {
  const days = dayOf(issuedAt) - dayOf(now);
  const age = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
  return { date: `${formatDate(issuedAt)} ${formatTime(issuedAt, language)}`, age: age.toLocaleLowerCase(language) };
}
