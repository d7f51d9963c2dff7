import type { SessionReport } from '../../../contract/report.ts';
import { compareNames } from '../../../shared/names.ts';
import { formatCount, formatDate, formatPercent, partOfDay } from './format-vi.ts';
import { METHOD_WORDS, remarkWords, statusWords } from './words.ts';
import { venueTitle } from '../../../shared/venue-name.ts';

/** A cell that a spreadsheet shows as it is. */
export type CellText = string | number | null;
/** A cell that is a moment: a time of day in the text file, a number with a format in the workbook. */
export interface CellMoment {
  at: string;
}

/** The attendance list as plain rows: the same for the workbook and the text file. */
export interface AttendanceRows {
  header: readonly string[];
  /** One for each person: unit by unit, in the order of names; who is of no unit, and who is outside the list, at the end. */
  people: (CellText | CellMoment)[][];
  /** `Tổng cộng: triệu tập …; có mặt …; …` */
  total: string;
}

export function buildAttendanceRows(report: SessionReport): AttendanceRows {
  const people = new Map(report.people.map((p) => [p.personId, p]));
  const substitutes = new Map(report.people.flatMap((p) => (p.substituteFor === null ? [] : [[p.substituteFor, p]])));
  const units = new Map(report.units.map((u) => [u.unitId, u.unitName]));
  return {
    header: [
      'STT',
      'Họ và tên',
      'Năm sinh',
      'Chức vụ',
      'Đơn vị',
      sittingColumn(report),
      'Giờ điểm danh',
      'Hình thức',
      'Lý do vắng',
      'Ghi chú',
    ],
    people: inOrder(report).map((p, i) => [
      i + 1,
      p.name,
      p.birthYear,
      p.position,
      units.get(p.unitId) ?? null,
      statusWords(p),
      p.arrivedAt === null ? null : { at: p.arrivedAt },
      p.method && METHOD_WORDS[p.method],
      p.reason,
      remarkWords(p, people, substitutes) || null,
    ]),
    total: totalLine(report),
  };
}

type ReportPerson = SessionReport['people'][number];

/** As a roll is read out: the list unit by unit, given name first; then guests and others who were not on it. */
export function inOrder(report: SessionReport): ReportPerson[] {
  const places = new Map(report.units.map(({ unitId }, place) => [unitId, place]));
  const placeOf = ({ unitId }: ReportPerson): number =>
    unitId === null ? report.units.length : (places.get(unitId) ?? report.units.length);
  const isOutside = ({ kind }: ReportPerson): number => Number(kind !== 'summoned');
  return report.people.toSorted(
    (a, b) => isOutside(a) - isOutside(b) || placeOf(a) - placeOf(b) || compareNames(a.name, b.name),
  );
}

/** `Sáng 07/02` */
function sittingColumn(report: SessionReport): string {
  const part = partOfDay(report.sitting.startsAt);
  return `${part.charAt(0).toLocaleUpperCase('vi')}${part.slice(1)} ${formatDate(report.sitting.startsAt).slice(0, 5)}`;
}

/** `Điểm cầu … · Buổi sáng, ngày 07/02/2026` */
export function occasionLine(report: SessionReport): string {
  const { startsAt } = report.sitting;
  return `${venueTitle(report.venue.name)} · Buổi ${partOfDay(startsAt)}, ngày ${formatDate(startsAt)}`;
}

function totalLine(report: SessionReport): string {
  const t = report.totals;
  return [
    `Tổng cộng: triệu tập ${formatCount(t.summoned)}`,
    `có mặt ${formatCount(t.present)}`,
    `đến muộn ${formatCount(t.late)}`,
    `về sớm ${formatCount(t.leftEarly)}`,
    `vắng có lý do ${formatCount(t.absentExcused)}`,
    `vắng không lý do ${formatCount(t.absentUnexcused)}`,
    `có người dự thay ${formatCount(t.substituted)}`,
    `tỷ lệ ${formatPercent(t.present, t.summoned)}`,
    `ngoài danh sách triệu tập ${formatCount(t.came - t.present)}`,
  ].join('; ');
}

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection): a name on a
 * roster is somebody else's input.
 */
export function neutralise(cell: CellText): CellText {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
