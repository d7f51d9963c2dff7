import type { SessionReport } from '../../../contract/report.ts';
import { formatCount, formatDate, formatDuration, formatTime, formatTimeExact } from './format-vi.ts';
import { renderSignature } from './headings.ts';
import { asMarkup, html, type Markup } from '../../../shared/markup.ts';
import type { DocumentTemplate } from './page-style.ts';
import { SIDE_WORDS } from './words.ts';

/** Section 5: the picture, as the kiosk itself saw it. */
export function renderLine(report: SessionReport): Markup {
  const { playback, sitting } = report;
  const until = (to: string | null): string => to ?? sitting.endedAt;
  const lengthOf = (i: (typeof playback.interruptions)[number]): number =>
    Math.max(0, Date.parse(until(i.to)) - Date.parse(i.from));
  // What was over within half a second nobody saw: it would stand there as "0 giây".
  const interruptions = playback.interruptions.filter((i) => lengthOf(i) >= 500);
  const total = interruptions.reduce((sum, i) => sum + lengthOf(i), 0);
  if (playback.framesDecoded === 0 && playback.interruptions.length === 0) {
    return html`<h2>5. Tình hình đường truyền</h2>
      <p>Thiết bị này chưa hiện được hình ảnh nào của hội nghị nên không có số liệu đường truyền.</p>`;
  }
  const quality = interruptions.length === 0 ? 'tốt' : 'có gián đoạn';
  const table = html`<table${interruptions.length <= 8 && asMarkup(' class="keep"')}><thead><tr><th style="width:10mm">TT</th><th>Từ</th><th>Đến</th><th>Thời lượng</th><th>Nguyên nhân</th><th style="width:40mm">Cách khắc phục</th></tr></thead>
<tbody>${interruptions.map(
    (it, i) =>
      html`<tr>
        <td class="n">${i + 1}</td>
        <td class="n">${formatTimeExact(it.from)}</td>
        <td class="n">${formatTimeExact(until(it.to))}</td>
        <td class="n">${formatDuration(lengthOf(it))}</td>
        <td>${SIDE_WORDS[it.whose]}</td>
        <td></td>
      </tr>`,
  )}</tbody></table>`;
  return html`<h2>5. Tình hình đường truyền</h2>
    <p>
      Chất lượng: ${quality}. Số lần gián đoạn: ${formatCount(interruptions.length)}; tổng thời gian:
      ${formatDuration(total)}.
    </p>
    ${interruptions.length > 0 && table}`;
}

/** Remarks and signature: at least the last line of the text stands on the page of the signature. */
export function renderEnd(report: SessionReport, template: DocumentTemplate): Markup {
  // A party document ends with a full stop, one of the state with "./."
  const end = template.template === 'government' ? './.' : '.';
  const title = html`<h2>6. Nhận xét, kiến nghị của chủ trì điểm cầu</h2>`;
  const { signOff } = report;
  const signature = renderSignature(template, {
    name: signOff?.name ?? report.roles.chair?.name ?? null,
    office: signOff?.position || null,
    confirmed:
      signOff &&
      `Xác nhận trên thiết bị lúc ${formatTime(signOff.at)} ngày ${formatDate(signOff.at)}${
        signOff.role === 'technician' ? ', bằng mã của cán bộ kỹ thuật' : ''
      }`,
  });
  const lines = (report.remarks ?? '')
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean);
  const last = lines.pop();
  if (last === undefined) {
    return html`<div class="together">
      ${title}<span class="dots"></span><span class="dots"></span>
      ${signature}
    </div>`;
  }
  const closing = html`<p>${last.replace(/[./\s]+$/, '') + end}</p>
    ${signature}`;
  if (lines.length === 0) return html`<div class="together">${title}${closing}</div>`;
  return html`${title}${lines.map((line) => html`<p>${line}</p>`)}
    <div class="together">${closing}</div>`;
}
