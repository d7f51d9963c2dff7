/** Vietnam keeps UTC+7 all year; the documents do not depend on how the PC is set. */
const UTC_OFFSET_MS = 7 * 3_600_000;

/** A count with dots between thousands: `26.472`. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, '.');
}

/**
 * A share in percent with a comma and two places: `99,16%`, `8,00%`, `100,00%`.
 * Nobody summoned gives `-`. Rounded to the nearest hundredth, but never up to all while somebody is missing, nor down
 * to none while somebody came.
 */
export function formatPercent(part: number, whole: number): string {
  if (whole === 0) return '-';
  if (part === whole) return '100,00%';
  if (part === 0) return '0,00%';
  const hundredths = Math.min(9_999, Math.max(1, Math.round((part / whole) * 10_000)));
  return `${formatCount(Math.floor(hundredths / 100))},${String(hundredths % 100).padStart(2, '0')}%`;
}

export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** The wall clock of Vietnam at a moment (ISO 8601 or epoch ms). */
function toLocal(moment: string | number): LocalTime {
  const shifted = new Date((typeof moment === 'string' ? Date.parse(moment) : moment) + UTC_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `07/02/2026` */
export function formatDate(moment: string | number): string {
  const { year, month, day } = toLocal(moment);
  return `${two(day)}/${two(month)}/${year}`;
}

/** `07:30` */
export function formatTime(moment: string | number): string {
  const { hour, minute } = toLocal(moment);
  return `${two(hour)}:${two(minute)}`;
}

/** `07:30:05` */
export function formatTimeExact(moment: string): string {
  return `${formatTime(moment)}:${two(new Date(moment).getUTCSeconds())}`;
}

/** `07 giờ 30 phút`; never broken over two lines. */
export function formatTimeInWords(moment: string | number): string {
  const { hour, minute } = toLocal(moment);
  return `${two(hour)}\u00a0giờ\u00a0${two(minute)}\u00a0phút`;
}

/** `ngày 07 tháng 02 năm 2026`: a zero before days under 10 and before January and February only (NĐ 30/2020, Phụ lục I). */
export function formatDateInWords(moment: string | number): string {
  const { year, month, day } = toLocal(moment);
  return `ngày ${two(day)} tháng ${month <= 2 ? two(month) : month} năm ${year}`;
}

/** The part of the day by its start: `sáng`, `chiều`, `tối`. */
export function partOfDay(moment: string | number): 'sáng' | 'chiều' | 'tối' {
  const { hour } = toLocal(moment);
  if (hour < 12) return 'sáng';
  return hour < 18 ? 'chiều' : 'tối';
}

/** `1 giờ 5 phút`, `1 phút 20 giây`, `45 giây`; seconds are left out beyond an hour. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const parts = [
    hours > 0 ? `${hours}\u00a0giờ` : '',
    minutes > 0 ? `${minutes}\u00a0phút` : '',
    hours === 0 && rest > 0 ? `${rest}\u00a0giây` : '',
  ].filter(Boolean);
  return parts.join(' ') || '0\u00a0giây';
}
