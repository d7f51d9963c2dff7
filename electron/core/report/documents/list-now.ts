import { writeXlsx } from 'hucre/xlsx';
import type { SessionReport } from '../../../contract/report.ts';
import { html } from '../../../shared/markup.ts';
import { neutralise, type CellText } from './attendance-rows.ts';
import type { DocumentFonts } from './fonts.ts';
import { formatCount, formatDate, formatTime } from './format-vi.ts';
import { renderPage } from './page-style.ts';
import { METHOD_WORDS, bareVenueName, remarkWords, statusWords } from './words.ts';

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

function rowsOf({ report, isRunning }: ListNow): CellText[][] {
  const people = new Map(report.people.map((p) => [p.personId, p]));
  const substitutes = new Map(report.people.flatMap((p) => (p.substituteFor === null ? [] : [[p.substituteFor, p]])));
  const units = new Map(report.units.map((u) => [u.unitId, u.unitName]));
  return report.people.map((p, i) => [
    i + 1,
    p.name,
    p.birthYear,
    p.position,
    units.get(p.unitId) ?? null,
    p.arrivedAt && formatTime(p.arrivedAt),
    isRunning && p.status === 'absent_unexcused' ? 'Chưa đến' : statusWords(p),
    [p.reason, remarkWords(p, people, substitutes), p.method === 'paper' ? METHOD_WORDS.paper : '']
      .filter(Boolean)
      .join('; ') || null,
  ]);
}

function headingOf({ report, isRunning, at }: ListNow): { title: string; occasion: string; state: string } {
  const { totals, venue, sitting } = report;
  return {
    title: 'DANH SÁCH ĐẠI BIỂU',
    occasion: `Điểm cầu ${bareVenueName(venue.name)} · ${sitting.title}, ngày ${formatDate(sitting.startsAt)}`,
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
  const widths = ['9mm', '38mm', '13mm', '', '', '14mm', '27mm', ''];
  return renderPage({
    title: `Danh sách đại biểu - ${bareVenueName(report.venue.name)} - ${formatDate(list.at)}`,
    template: 'none',
    fonts: options.fonts,
    footer: `Danh sách đại biểu · điểm cầu ${report.venue.id} · ${formatDate(list.at)} · có thông tin cá nhân, bảo quản như hồ sơ`,
    rehearsal: report.rehearsal,
    body: html`<div style="margin:10pt 0 6pt">
        <h1 class="centre bold" style="font-size:15pt">${title}</h1>
        <p class="centre">${report.conference.title}</p>
        <p class="centre">${occasion}</p>
        <p class="centre italic" style="font-size:12pt">${state}</p>
      </div>
      <table style="font-size:11pt">
        <thead>
          <tr>
            ${HEADER.map((name, i) => html`<th style="${widths[i] ? `width:${widths[i]}` : ''}">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rowsOf(list).map(
            (cells) =>
              html`<tr>
                ${cells.map((cell, i) => html`<td class="${i === 0 || i === 2 || i === 5 ? 'n' : ''}">${cell ?? ''}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`,
  });
}

/** One sheet that can be filtered and read back. Identity numbers are not in it. */
export async function renderListNowXlsx(list: ListNow): Promise<Uint8Array> {
  const { title, occasion, state } = headingOf(list);
  const font = { name: 'Times New Roman', size: 12 };
  return writeXlsx({
    sheets: [
      {
        name: 'Danh sách',
        columns: [6, 28, 10, 26, 30, 10, 22, 34].map((width) => ({ width })),
        rows: [[title], [occasion], [state], [], HEADER, ...rowsOf(list).map((cells) => cells.map(neutralise))],
        freezePane: { rows: HEADER_ROW },
        autoFilter: { range: `A${HEADER_ROW}:H${HEADER_ROW + list.report.people.length}` },
        pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      },
    ],
    defaultFont: font,
    properties: { title: 'Danh sách đại biểu' },
  });
}

const HEADER_ROW = 5;
