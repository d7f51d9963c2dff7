import type { SessionReport } from '../../../contract/report.ts';
import { asMarkup, html, type Markup } from '../../../shared/markup.ts';
import { renderSignature } from './headings.ts';
import type { DocumentTemplate } from './page-style.ts';
import { INTERRUPTION_HEADER, listRemarks, tellLine } from './report-content.ts';

/** Section 5: the picture, as the kiosk itself saw it. */
export function renderLine(report: SessionReport): Markup {
  const { sentence, interruptions } = tellLine(report);
  const widths: Readonly<Record<string, string>> = { TT: '10mm', 'Cách khắc phục': '40mm' };
  const head = INTERRUPTION_HEADER.map(
    (heading) =>
      html`<th${widths[heading] !== undefined && asMarkup(` style="width:${widths[heading]}"`)}>${heading}</th>`,
  );
  const table = html`<table${interruptions.length <= 8 && asMarkup(' class="keep"')}><thead><tr>${head}</tr></thead>
<tbody>${interruptions.map(
    (it, i) =>
      html`<tr>
        <td class="n">${i + 1}</td>
        <td class="n">${it.from}</td>
        <td class="n">${it.to}</td>
        <td class="n">${it.length}</td>
        <td>${it.cause}</td>
        <td></td>
      </tr>`,
  )}</tbody></table>`;
  return html`<h2>5. Tình hình đường truyền</h2>
    <p>${sentence}</p>
    ${interruptions.length > 0 && table}`;
}

/** Remarks and signature: at least the last line of the text stands on the page of the signature. */
export function renderEnd(report: SessionReport, template: DocumentTemplate): Markup {
  const title = html`<h2>6. Nhận xét, kiến nghị của chủ trì điểm cầu</h2>`;
  const signature = renderSignature(report, template);
  const lines = listRemarks(report, template);
  const last = lines.pop();
  if (last === undefined) {
    return html`<div class="together">
      ${title}<span class="dots"></span><span class="dots"></span>
      ${signature}
    </div>`;
  }
  const closing = html`<p>${last}</p>
    ${signature}`;
  if (lines.length === 0) return html`<div class="together">${title}${closing}</div>`;
  return html`${title}${lines.map((line) => html`<p>${line}</p>`)}
    <div class="together">${closing}</div>`;
}
