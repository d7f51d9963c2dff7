import type { SessionReport } from '../../../contract/report.ts';
import { buildAttendanceRows, neutralise } from './attendance-rows.ts';
import type { CellMoment, CellText } from './attendance-rows.ts';
import { formatTime } from './format-vi.ts';

/**
 * The attendance list as CSV (RFC 4180: commas, quotes, CRLF) in UTF-8 with a byte order mark, without which Excel
 * spoils Vietnamese letters. Rows only: totals stand in the workbook and the report. Pure.
 */
export function renderAttendanceCsv(report: SessionReport): Uint8Array {
  const { header, people } = buildAttendanceRows(report);
  const lines = [header, ...people].map((row) => row.map(field).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`.normalize('NFC'), 'utf8');
}

function field(cell: CellText | CellMoment): string {
  const shown = typeof cell === 'object' && cell !== null ? formatTime(cell.at) : cell;
  const text = String(neutralise(shown) ?? '');
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
