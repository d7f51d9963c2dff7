import type { SessionReport } from '../../../contract/report.ts';
import { formatDateInWords } from './format-vi.ts';
import { asMarkup, html, type Markup } from '../../../shared/markup.ts';
import type { DocumentTemplate } from './page-style.ts';
import { listRecipients, tellSignature, upper } from './report-content.ts';

/**
 * The block over a document: who issues it on the left, party or state on the right, never both. The number after "Số"
 * stays blank: the office's clerk gives it (văn thư), not software.
 */
export function renderHeading(template: DocumentTemplate, issuer: string, dateMs: number): Markup {
  const date = formatDateInWords(dateMs);
  const place = template.place
    ? `${template.place}, ${date}`
    : `${date.charAt(0).toLocaleUpperCase('vi')}${date.slice(1)}`;
  // Under the line of party or state; where there is none it begins the half, on the line of the office.
  const gap = template.template === 'none' ? '' : ';margin-top:6pt';
  const placeLine = html`<p class="italic nowrap" style="font-size:${dateLinePt(place)}pt${asMarkup(gap)}">
    ${place}
  </p>`;
  const parent = template.parentOrganisation ? upper(template.parentOrganisation) : null;
  const issuing = upper(template.organisation ?? issuer);
  if (template.template === 'party') {
    return html`<div class="head" style="font-size:14pt">
      <div>
        ${parent !== null && html`<p>${parent}</p>`}
        <p class="bold">${issuing}</p>
        <p>*</p>
        <p>Số <span style="display:inline-block;width:12mm"></span>-${template.symbol ?? 'BC'}</p>
      </div>
      <div>
        <p class="nowrap" style="font-size:15pt"><span class="rule bold">ĐẢNG CỘNG SẢN VIỆT NAM</span></p>
        ${placeLine}
      </div>
    </div>`;
  }
  if (template.template === 'government') {
    return html`<div class="head" style="font-size:12pt;grid-template-columns:42% 58%">
      <div>
        ${parent !== null && html`<p>${parent}</p>`}
        <p class="bold">${issuing}</p>
        <div class="short-rule"></div>
        <p style="font-size:13pt">
          Số: <span style="display:inline-block;width:12mm"></span>/${(template.symbol ?? 'BC').replace('/', '-')}
        </p>
      </div>
      <div>
        <p class="bold nowrap">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
        <p class="nowrap" style="font-size:13pt"><span class="rule bold">Độc lập - Tự do - Hạnh phúc</span></p>
        ${placeLine}
      </div>
    </div>`;
  }
  return html`<div class="head" style="font-size:14pt">
    <div>
      ${parent !== null && html`<p>${parent}</p>`}
      <p class="bold">${issuing}</p>
    </div>
    <div>${placeLine}</div>
  </div>`;
}

/** What one line of the right half of the heading takes: letters times points of an italic face. */
const POINTS_BY_LETTERS = 545;

/** The line of place and date is never broken: a long name of a place makes it smaller. Points. */
export function dateLinePt(line: string): number {
  return Math.max(9, Math.min(14, Math.floor(POINTS_BY_LETTERS / line.length)));
}

/** Recipients on the left, the signature on the right. Never a seal, never the picture of a signature: only room for them. */
export function renderSignature(report: SessionReport, template: DocumentTemplate): Markup {
  const party = template.template === 'party';
  const { authority, office, name, confirmed } = tellSignature(report, template);
  const recipientsTitle = party
    ? html`<p style="font-size:14pt"><u>Nơi nhận</u>:</p>`
    : html`<p class="bold italic" style="font-size:12pt">Nơi nhận:</p>`;
  return html`<div class="foot">
    <div class="to">
      ${recipientsTitle}
      <div style="font-size:${party ? 12 : 11}pt">${listRecipients(template).map((line) => html`<p>${line}</p>`)}</div>
    </div>
    <div class="sign" style="font-size:14pt">
      ${authority !== null && html`<p class="bold">${authority}</p>`}
      ${party ? html`<p>${office}</p>` : html`<p class="bold">${office}</p>`}
      <p class="italic" style="font-size:12pt">(Ký, ghi rõ họ tên)</p>
      <div class="space"></div>
      <p class="bold">${name}</p>
      ${confirmed !== null && html`<p class="italic" style="font-size:11pt">${confirmed}</p>`}
    </div>
  </div>`;
}
