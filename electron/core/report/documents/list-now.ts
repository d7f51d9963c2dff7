import { writeXlsx } from 'hucre/xlsx';
import type { SessionReport } from '../../../contract/report.ts';
import { html, type Markup } from '../../../shared/markup.ts';
import { inOrder, type CellMoment, type CellText } from './attendance-rows.ts';
import type { DocumentFonts } from './fonts.ts';
import { formatCount, formatDate, formatTime } from './format-vi.ts';
import { renderPage } from './page-style.ts';
import { METHOD_WORDS, remarkWords, statusWords } from './words.ts';
import {
  CENTRE_STYLE,
  FONT,
  Grid,
  HEADER_HEIGHT,
  HEADER_STYLE,
  letter,
  page,
  PAGE_NUMBER,
  printTitles,
  putCell,
  TEXT_STYLE,
} from './xlsx-sheet.ts';
import { keepTogether } from '../../../shared/keep-together.ts';
import { bareVenueName, venueTitle } from '../../../shared/venue-name.ts';

/** The list of a sitting as it is at one moment, sealed or not. */
export interface ListNow {
  /** What would be sealed now. */
  report: SessionReport;
  /** Who is missing may still come: no verdict is written down. */
  isRunning: boolean;
  /** Epoch ms. */
  at: number;
}

const HEADER = ['STT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Đơn vị', 'Giờ đến', 'Tình trạng', 'Ghi chú'];

/** What one line of the list says of somebody. */
interface Line {
  number: number;
  name: string;
  birthYear: number | null;
  position: string | null;
  unit: string | null;
  arrivedAt: string | null;
  status: string;
  note: string | null;
  isSummoned: boolean;
}

/** In the order of the sealed list: unit by unit, and who is outside the list at the end. */
function linesOf({ report, isRunning }: ListNow): Line[] {
  const people = new Map(report.people.map((p) => [p.personId, p]));
  const substitutes = new Map(report.people.flatMap((p) => (p.substituteFor === null ? [] : [[p.substituteFor, p]])));
  const units = new Map(report.units.map((u) => [u.unitId, u.unitName]));
  return inOrder(report).map((p, i) => ({
    number: i + 1,
    name: p.name,
    birthYear: p.birthYear,
    position: p.position,
    unit: units.get(p.unitId) ?? null,
    arrivedAt: p.arrivedAt,
    status: isRunning && p.status === 'absent_unexcused' ? 'Chưa đến' : statusWords(p),
    note:
      [p.reason, remarkWords(p, people, substitutes), p.method === 'paper' ? METHOD_WORDS.paper : '']
        .filter(Boolean)
        .join('; ') || null,
    isSummoned: p.kind === 'summoned',
  }));
}

function cellsOf(line: Line): (CellText | CellMoment)[] {
  const { number, name, birthYear, position, unit, arrivedAt, status, note } = line;
  return [number, name, birthYear, position, unit, arrivedAt === null ? null : { at: arrivedAt }, status, note];
}

/** People under their units; who was not summoned stands in one group at the end, with the unit in the line. */
function groupsOf(lines: readonly Line[]): { heading: string; lines: Line[] }[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const heading = line.isSummoned ? (line.unit ?? 'Không ghi đơn vị') : 'Ngoài danh sách triệu tập';
    groups.set(heading, [...(groups.get(heading) ?? []), line]);
  }
  return [...groups].map(([heading, of]) => ({ heading, lines: of }));
}

function headingOf({ report, isRunning, at }: ListNow): { title: string; occasion: string; state: string } {
  const { totals, venue, sitting } = report;
  return {
    title: 'DANH SÁCH ĐẠI BIỂU',
    occasion: `${venueTitle(venue.name)} · ${sitting.title}, ngày ${formatDate(sitting.startsAt)}`,
    state: [
      `Đến ${formatTime(at)} ngày ${formatDate(at)}${isRunning ? ', buổi chưa kết thúc' : ''}`,
      `triệu tập ${formatCount(totals.summoned)}`,
      `có mặt ${formatCount(totals.present)}`,
      `trong hội trường ${formatCount(totals.inHall)}`,
    ].join('; '),
  };
}

/** A4 portrait, self-contained. Pure. */
export function renderListNowHtml(list: ListNow, options: { fonts: DocumentFonts }): string {
  const { title, occasion, state } = headingOf(list);
  const { report } = list;
  const widths = ['9mm', '42mm', '11mm', '', '12mm', '38mm'];
  const header = ['STT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Giờ đến', 'Tình trạng, ghi chú'];
  const row = (line: Line): Markup => {
    const position = [line.isSummoned ? null : line.unit, line.position].filter(Boolean).join(', ');
    const time = line.arrivedAt === null ? '' : formatTime(line.arrivedAt);
    // "Về sớm; về lúc 10:30": the note goes on with the sentence of the status.
    const note = line.note?.replace(/^Về /u, 'về ');
    const status = [line.status, note].filter(Boolean).join('; ');
    return html`<tr>
      <td class="n">${line.number}</td>
      <td>${line.name}</td>
      <td class="n">${line.birthYear ?? ''}</td>
      <td class="small">${position}</td>
      <td class="n">${time}</td>
      <td class="small">${status}</td>
    </tr>`;
  };
  return renderPage({
    title: `Danh sách đại biểu - ${bareVenueName(report.venue.name)} - ${formatDate(list.at)}`,
    template: 'none',
    fonts: options.fonts,
    footer: `Danh sách đại biểu · điểm cầu ${report.venue.id} · ${formatDate(list.at)} · có thông tin cá nhân, bảo quản như hồ sơ`,
    rehearsal: report.rehearsal,
    body: html`<style>
        .list {
          font-size: 10.5pt;
          line-height: 1.15;
          table-layout: fixed;
        }
        .list td,
        .list th {
          padding: 1.6pt 3pt;
        }
        .list td.small {
          font-size: 9.5pt;
        }
        .list tr.unit td {
          font-weight: bold;
          background: #eee;
          break-after: avoid;
        }
      </style>
      <div style="margin:10pt 0 6pt">
        <h1 class="centre bold" style="font-size:15pt">${title}</h1>
        <p class="centre">${keepTogether(report.conference.title)}</p>
        <p class="centre">${occasion}</p>
        <p class="centre italic" style="font-size:12pt">${state}</p>
      </div>
      <table class="list">
        <thead>
          <tr>
            ${header.map((name, i) => html`<th style="${widths[i] ? `width:${widths[i]}` : ''}">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${groupsOf(linesOf(list)).map(
            (group) =>
              html`<tr class="unit">
                  <td colspan="6">${group.heading} (${formatCount(group.lines.length)})</td>
                </tr>
                ${group.lines.map((line) => row(line))}`,
          )}
        </tbody>
      </table>`,
  });
}

/** One sheet that can be filtered and read back. Identity numbers are not in it. */
export async function renderListNowXlsx(list: ListNow): Promise<Uint8Array> {
  const { title, occasion, state } = headingOf(list);
  const grid = new Grid();
  const last = HEADER.length - 1;
  const centre = { horizontal: 'center' as const, vertical: 'center' as const };
  grid.put(0, 0, list.report.rehearsal ? `${title} (CHẠY THỬ)` : title, {
    font: { ...FONT, size: 14, bold: true },
    alignment: centre,
  });
  [occasion, state].forEach((line, i) => grid.put(1 + i, 0, line, { font: FONT, alignment: centre }));
  HEADER.forEach((heading, column) => grid.put(HEADER_ROW - 1, column, heading, HEADER_STYLE));
  linesOf(list).forEach((line, i) =>
    cellsOf(line).forEach((cell, column) =>
      putCell(grid, HEADER_ROW + i, column, cell, [0, 2, 5].includes(column) ? CENTRE_STYLE : TEXT_STYLE),
    ),
  );
  return writeXlsx({
    sheets: [
      {
        name: SHEET,
        ...grid.sheet(),
        columns: WIDTHS.map((width) => ({ width })),
        merges: [0, 1, 2].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: last })),
        rowDefs: grid.heights(HEADER_ROW, WIDTHS).set(HEADER_ROW - 1, { height: HEADER_HEIGHT }),
        freezePane: { rows: HEADER_ROW },
        autoFilter: { range: `A${HEADER_ROW}:${letter(last)}${HEADER_ROW + Math.max(1, list.report.people.length)}` },
        pageSetup: page('landscape'),
        headerFooter: PAGE_NUMBER,
      },
    ],
    namedRanges: [printTitles(SHEET, HEADER_ROW)],
    defaultFont: FONT,
    properties: { title: 'Danh sách đại biểu' },
  });
}

const HEADER_ROW = 5;
const SHEET = 'Danh sách';
/** Of the columns, in digits. */
const WIDTHS = [6, 28, 10, 26, 30, 10, 22, 34];
