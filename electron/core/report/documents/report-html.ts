import type { SessionReport } from '../../../contract/report.ts';
import { formatCount, formatDate, formatPercent, formatTime } from './format-vi.ts';
import { renderDeviceNotes } from './device-notes.ts';
import type { DocumentFonts } from './fonts.ts';
import { renderHeading } from './headings.ts';
import { html, type Markup } from '../../../shared/markup.ts';
import { renderPage } from './page-style.ts';
import type { DocumentTemplate } from './page-style.ts';
import { renderEnd, renderLine } from './report-end.ts';
import {
  amendmentSentence,
  headCountSentence,
  listFacts,
  listTitleLines,
  NO_TOPICS,
  NO_UNITS,
  outsideSentence,
  RATE_NOTE,
  supervisorsLine,
  topicTime,
  unitNote,
} from './report-content.ts';
import { bareVenueName } from '../../../shared/venue-name.ts';

export interface ReportDocumentOptions {
  fonts: DocumentFonts;
  /** SHA-256 of the sealed bytes, hex; its first 8 digits stand in the footer. Absent for a draft. */
  sealedSha256?: string;
}

/**
 * The session report as one self-contained HTML page for printing to A4, in Vietnamese. No attendee is named in it but
 * those with a role. Pure.
 */
export function renderReportHtml(
  report: SessionReport,
  template: DocumentTemplate,
  options: ReportDocumentOptions,
): string {
  const venue = bareVenueName(report.venue.name);
  const amended = amendmentSentence(report);
  const body = html`${renderHeading(template, report.venue.name, Date.parse(report.createdAt))}
  ${renderTitle(report, venue, template)}
  ${template.addressee ? html`<p class="centre" style="margin:6pt 0">Kính gửi: ${template.addressee}</p>` : null}
  ${amended !== null && html`<p>${amended}</p>`} ${renderFacts(report, venue)} ${renderTopics(report)}
  ${renderTotals(report)} ${renderUnits(report)} ${renderLine(report)} ${renderDeviceNotes(report)}
  ${renderEnd(report, template)}`;
  const made = `${formatTime(report.createdAt)} ${formatDate(report.createdAt)}`;
  const sha = options.sealedSha256 ? ` · SHA-256 ${options.sealedSha256.slice(0, 8)}` : ' · bản thảo';
  return renderPage({
    title: `Báo cáo tham dự - ${venue} - ${formatDate(report.sitting.startsAt)}`,
    template: template.template,
    fonts: options.fonts,
    footer: `Mã báo cáo R-${report.reportId} · Bản ${report.revision} · lập lúc ${made}${sha}`,
    rehearsal: report.rehearsal,
    body,
  });
}

function renderTitle(report: SessionReport, venue: string, template: DocumentTemplate): Markup {
  const government = template.template === 'government';
  return html`<div style="margin:14pt 0 8pt;break-after:avoid">
    <h1 class="centre bold" style="font-size:${government ? 14 : 16}pt">BÁO CÁO</h1>
    ${listTitleLines(report, venue).map((line) => html`<p class="centre bold">${line}</p>`)}
    ${government ? html`<div class="short-rule" style="width:30%"></div>` : html`<p class="centre">-----</p>`}
  </div>`;
}

function renderFacts(report: SessionReport, venue: string): Markup {
  return html`<h2>1. Thông tin chung</h2>
    <table class="facts">
      <tbody>
        ${listFacts(report, venue).map(
          ([label, value]) =>
            html`<tr>
              <td class="label">${label}</td>
              <td>${value}</td>
            </tr>`,
        )}
        <tr>
          <td colspan="2">${supervisorsLine(report)}</td>
        </tr>
      </tbody>
    </table>`;
}

function renderTopics(report: SessionReport): Markup {
  const { topics } = report.sitting;
  if (topics.length === 0)
    return html`<h2>2. Nội dung</h2>
      <p>${NO_TOPICS}</p>`;
  return html`<h2>2. Nội dung</h2>
    <table>
      <thead>
        <tr>
          <th style="width:10mm">TT</th>
          <th>Chuyên đề</th>
          <th style="width:46mm">Báo cáo viên</th>
          <th style="width:30mm">Thời gian (bắt đầu - kết thúc)</th>
        </tr>
      </thead>
      <tbody>
        ${topics.map(
          (t, i) =>
            html`<tr>
              <td class="n">${i + 1}</td>
              <td>${t.title}</td>
              <td>${t.presenter ?? ''}</td>
              <td class="n">${topicTime(t)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function renderTotals(report: SessionReport): Markup {
  const { totals, sitting } = report;
  const counted = headCountSentence(report);
  const cells = html`<td class="n">${formatCount(totals.summoned)}</td>
    <td class="n">${formatCount(totals.present)}</td>
    <td class="n">${formatCount(totals.onTime)}</td>
    <td class="n">${formatCount(totals.late)}</td>
    <td class="n">${formatCount(totals.leftEarly)}</td>
    <td class="n">${formatCount(totals.absentExcused)}</td>
    <td class="n">${formatCount(totals.absentUnexcused)}</td>
    <td class="n">${formatCount(totals.substituted)}</td>
    <td class="n">${formatPercent(totals.present, totals.summoned)}</td>`;
  return html`<h2>3. Số lượng đại biểu tham dự</h2>
    <table class="keep">
      <thead>
        <tr>
          <th rowspan="2">TT</th>
          <th rowspan="2">Buổi</th>
          <th rowspan="2">Triệu tập</th>
          <th rowspan="2">Có mặt</th>
          <th colspan="2">Trong đó</th>
          <th rowspan="2">Về sớm</th>
          <th rowspan="2">Vắng có lý do</th>
          <th rowspan="2">Vắng không lý do</th>
          <th rowspan="2">Có người dự thay</th>
          <th rowspan="2">Tỷ lệ có mặt (%)</th>
        </tr>
        <tr>
          <th>Đúng giờ</th>
          <th>Đến muộn</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td class="n">1</td>
          <td>${sitting.title}, ${formatDate(sitting.startsAt)}</td>
          ${cells}
        </tr>
      </tbody>
    </table>
    <p class="note">${RATE_NOTE}</p>
    <p>${outsideSentence(report)}</p>
    ${counted !== null && html`<p>${counted}</p>`}`;
}

function renderUnits(report: SessionReport): Markup {
  const { units, totals } = report;
  if (units.length === 0)
    return html`<h2>4. Số lượng theo đơn vị</h2>
      <p>${NO_UNITS}</p>`;
  const numbers = (t: SessionReport['totals']): Markup =>
    html`<td class="n">${formatCount(t.summoned)}</td>
      <td class="n">${formatCount(t.present)}</td>
      <td class="n">${formatCount(t.absentExcused)}</td>
      <td class="n">${formatCount(t.absentUnexcused)}</td>
      <td class="n">${formatPercent(t.present, t.summoned)}</td>`;
  return html`<h2>4. Số lượng theo đơn vị</h2>
    <table>
      <thead>
        <tr>
          <th style="width:9mm">TT</th>
          <th>Đơn vị</th>
          <th style="width:15mm">Triệu tập</th>
          <th style="width:15mm">Có mặt</th>
          <th style="width:15mm">Vắng có lý do</th>
          <th style="width:15mm">Vắng không lý do</th>
          <th style="width:19mm">Tỷ lệ có mặt (%)</th>
          <th style="width:28mm">Ghi chú</th>
        </tr>
      </thead>
      <tbody>
        ${units.map(
          (u, i) =>
            html`<tr>
              <td class="n">${i + 1}</td>
              <td>${u.unitName ?? 'Không ghi đơn vị'}</td>
              ${numbers(u)}
              <td>${unitNote(u)}</td>
            </tr>`,
        )}
        <tr class="total">
          <td></td>
          <td>Tổng cộng</td>
          ${numbers(totals)}
          <td></td>
        </tr>
      </tbody>
    </table>`;
}
