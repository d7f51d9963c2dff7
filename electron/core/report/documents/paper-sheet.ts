import type { Person } from '../../../contract/attendance.ts';
import { formatDate, formatTimeInWords, partOfDay } from './format-vi.ts';
import type { DocumentFonts } from './fonts.ts';
import { renderHeading } from './headings.ts';
import { asMarkup, html, type Markup } from '../../../shared/markup.ts';
import { renderPage } from './page-style.ts';
import type { DocumentTemplate } from './page-style.ts';
import { keepTogether } from '../../../shared/keep-together.ts';
import { bareVenueName, venueTitle } from '../../../shared/venue-name.ts';

export interface PaperSheetFacts {
  conference: string;
  venue: { id: string; name: string };
  /** Moments are epoch ms. */
  sitting: { title: string; startsAt: number };
  /** The list as printed; empty where nobody was summoned by name. */
  people: readonly Pick<Person, 'name' | 'birthYear' | 'position' | 'unitName'>[];
  rehearsal: boolean;
  /** Epoch ms. */
  printedAt: number;
}

/** Lines for people outside the list; more where there is no list. */
const SPARE_LINES = 12;
const LINES_WITHOUT_LIST = 40;

const HOW_TO_FILL_IN =
  'Dùng khi mất điện hoặc thiết bị hỏng. Ghi giờ đến và ký tên từng người; người ngoài danh sách ghi vào các dòng trống. Sau đó nhập lại vào thiết bị theo số thứ tự: “Đại biểu”, “Nhập từ phiếu giấy”.';
/** Nobody can be typed in by number then. */
const HOW_WITHOUT_LIST =
  'Dùng khi chưa có danh sách, mất điện hoặc thiết bị hỏng. Mỗi người ghi một dòng, có giờ đến và ký tên. Sau đó nhập lại vào thiết bị: “Đại biểu”, “Nhập từ phiếu giấy”, “Người ở dòng trống”.';

const CELL_CLASSES: Readonly<Record<number, string>> = { 0: ' class="n"', 2: ' class="n"', 3: ' class="small"' };

type PaperPerson = PaperSheetFacts['people'][number];

/** People under their units, in the order given, numbered through. */
function groupByUnit(
  people: readonly PaperPerson[],
): { unit: string | null; people: { number: number; person: PaperPerson }[] }[] {
  const groups = new Map<string | null, { number: number; person: PaperPerson }[]>();
  for (const person of people) groups.set(person.unitName, groups.get(person.unitName) ?? []);
  let number = 0;
  for (const [unit, group] of groups)
    for (const person of people) if (person.unitName === unit) group.push({ number: (number += 1), person });
  return [...groups].map(([unit, group]) => ({ unit, people: group }));
}

/**
 * The sheet for a day without power: the list printed beforehand, to be filled in and signed by hand, and typed in
 * later. Self-contained HTML for A4 portrait. Pure.
 */
export function renderPaperSheetHtml(
  facts: PaperSheetFacts,
  template: DocumentTemplate,
  options: { fonts: DocumentFonts },
): string {
  const venue = bareVenueName(facts.venue.name);
  const { startsAt } = facts.sitting;
  const part = `buổi ${partOfDay(startsAt)}`;
  const { title } = facts.sitting;
  const occasion = title.toLocaleLowerCase('vi').includes(part) ? title : `${title} (${part})`;
  const spare = facts.people.length > 0 ? SPARE_LINES : LINES_WITHOUT_LIST;
  const groups = groupByUnit(facts.people);
  const line = (cells: readonly (string | number)[]): Markup =>
    html`<tr class="line">
      ${cells.map((cell, i) => html`<td${asMarkup(CELL_CLASSES[i] ?? '')}>${cell}</td>`)}
    </tr>`;
  const body = html`${renderHeading({ ...template, template: 'none' }, facts.venue.name, facts.printedAt)}
    <div style="margin:10pt 0 6pt">
      <h1 class="centre bold" style="font-size:15pt">PHIẾU ĐIỂM DANH ĐẠI BIỂU</h1>
      <p class="centre">${keepTogether(facts.conference)}</p>
      <p class="centre">${venueTitle(facts.venue.name)} (mã ${facts.venue.id})</p>
      <p class="centre">${occasion}, ngày ${formatDate(startsAt)}, bắt đầu ${formatTimeInWords(startsAt)}</p>
    </div>
    <p class="note">${facts.people.length > 0 ? HOW_TO_FILL_IN : HOW_WITHOUT_LIST}</p>
    <style>
      tr.line td {
        height: 7.2mm;
        padding-top: 0;
        padding-bottom: 0;
      }
      tr.unit td {
        font-weight: bold;
        background: #eee;
        break-after: avoid;
      }
      table.paper {
        font-size: 11pt;
        line-height: 1.1;
      }
      table.paper td.small {
        padding: 0.5mm 4pt;
        font-size: 9pt;
        line-height: 1.1;
      }
    </style>
    <table class="paper">
      <thead>
        <tr>
          <th style="width:8mm">STT</th>
          <th style="width:50mm">Họ và tên</th>
          <th style="width:11mm">Năm sinh</th>
          <th>Đơn vị, chức vụ</th>
          <th style="width:12mm">Giờ đến</th>
          <th style="width:20mm">Ký tên</th>
        </tr>
      </thead>
      <tbody>
        ${groups.map(
          ({ unit, people }) =>
            html`${
              groups.length > 1 &&
              html`<tr class="unit">
                <td colspan="6">${unit ?? 'Không ghi đơn vị'} (${people.length})</td>
              </tr>`
            }
            ${people.map(({ number, person }) =>
              line([
                number,
                person.name,
                person.birthYear ?? '',
                [groups.length > 1 ? null : person.unitName, person.position].filter(Boolean).join(', '),
                '',
                '',
              ]),
            )}`,
        )}
        ${
          groups.length > 1 &&
          html`<tr class="unit">
            <td colspan="6">Ngoài danh sách</td>
          </tr>`
        }
        ${Array.from({ length: spare }, (_, i) => line([facts.people.length + i + 1, '', '', '', '', '']))}
      </tbody>
    </table>
    <div style="break-inside:avoid;margin-top:8pt">
      <p class="flush">
        Tổng hợp: triệu tập ${facts.people.length > 0 ? facts.people.length : '……'}; có mặt ……; đến muộn ……; về sớm ……;
        vắng có lý do ……; vắng không lý do ……; ngoài danh sách ……
      </p>
      <div class="foot" style="margin-top:8pt">
        <div class="sign">
          <p class="bold">THƯ KÝ</p>
          <p class="italic" style="font-size:12pt">(Ký, ghi rõ họ tên)</p>
          <div class="space"></div>
        </div>
        <div class="sign">
          <p class="bold">CHỦ TRÌ ĐIỂM CẦU</p>
          <p class="italic" style="font-size:12pt">(Ký, ghi rõ họ tên)</p>
          <div class="space"></div>
        </div>
      </div>
    </div>`;
  return renderPage({
    title: `Phiếu điểm danh - ${venue} - ${formatDate(startsAt)}`,
    template: 'none',
    fonts: options.fonts,
    footer: `Phiếu điểm danh · điểm cầu ${facts.venue.id} · ${formatDate(startsAt)} · có thông tin cá nhân, bảo quản như hồ sơ`,
    rehearsal: facts.rehearsal,
    body,
  });
}
