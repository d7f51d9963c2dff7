import { asMarkup, html } from '../../../shared/markup.ts';
import { venueTitle } from '../../../shared/venue-name.ts';
import type { DocumentFonts } from './fonts.ts';
import { formatDate, formatTime } from './format-vi.ts';
import { renderPage } from './page-style.ts';

const STYLE = `
.code{margin:10mm auto;border-collapse:separate;border-spacing:6mm 5mm}
.code td{font-size:26pt;font-weight:bold;letter-spacing:1.5pt;text-align:center;text-indent:0;padding:2mm 4mm;border:0.6pt solid #000}
.code small{display:block;font-size:9pt;font-weight:normal;letter-spacing:0}
.sheet-number{font-size:18pt;font-weight:bold;text-align:center;text-indent:0;margin:4mm 0 0}
`;
const GROUPS_IN_ROW = 3;

/**
 * The recovery code on paper: number of the sheet, nine groups that are read row by row, and how it is kept and used. `code` as it was
 * given out.
 */
export function renderRecoverySheetHtml(
  sheet: { venue: string; sheet: string; madeAt: number; code: string },
  fonts: DocumentFonts,
): string {
  const groups = sheet.code.split('-');
  const rows = Array.from({ length: Math.ceil(groups.length / GROUPS_IN_ROW) }, (_, row) =>
    groups.slice(row * GROUPS_IN_ROW, (row + 1) * GROUPS_IN_ROW),
  );
  const body = html`<style>
      ${asMarkup(STYLE)}
    </style>
    <p class="centre bold upper">Tờ mã khôi phục</p>
    <p class="centre">${venueTitle(sheet.venue)}</p>
    <p class="sheet-number">Tờ số ${sheet.sheet}</p>
    <p class="centre">Làm lúc ${formatTime(sheet.madeAt)} ngày ${formatDate(sheet.madeAt)}</p>
    <table class="code">
      <tbody>
        ${rows.map(
          (row, r) =>
            html`<tr>
              ${row.map((group, i) => html`<td><small>${r * GROUPS_IN_ROW + i + 1}</small>${group}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    <p>Khi máy điểm cầu hỏng hoặc mất khóa, mã này mở được danh sách và số liệu trên một máy khác.</p>
    <p>Cất tờ này trong phong bì dán kín, xa máy điểm cầu. Ai có tờ này và có ổ đĩa của máy thì đọc được danh sách.</p>
    <p>Lưu thành tệp thì in xong xóa tệp. Làm mã mới thì tờ này hết giá trị.</p>`;
  return renderPage({
    title: `Tờ mã khôi phục số ${sheet.sheet}`,
    template: 'none',
    fonts,
    footer: `${venueTitle(sheet.venue)} – tờ mã khôi phục số ${sheet.sheet}`,
    rehearsal: false,
    body,
  });
}
