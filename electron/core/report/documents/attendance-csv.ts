import type { SessionReport } from '../../../contract/report.ts';
import { buildAttendanceRows, neutralise } from './attendance-rows.ts';
import type { CellText } from './attendance-rows.ts';

/**
 * The attendance list as CSV (RFC 4180: commas, quotes, CRLF) in UTF-8 with a byte order mark, without which Excel
 * spoils Vietnamese letters. The last line is the total. Pure.
 */
export function renderAttendanceCsv(report: SessionReport): Uint8Array {
  const { header, people, total } = buildAttendanceRows(report);
  const lines = [header, ...people, [total]].map((row) => row.map(field).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`.normalize('NFC'), 'utf8');
}

function field(cell: CellText): string {
  const text = String(neutralise(cell) ?? '');
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
