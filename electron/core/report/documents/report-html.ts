import type { SessionReport } from '../../../contract/report.ts';
import { formatCount, formatDate, formatPercent, formatTime, formatTimeInWords, partOfDay } from './format-vi.ts';
import { renderDeviceNotes } from './device-notes.ts';
import type { DocumentFonts } from './fonts.ts';
import { renderHeading } from './headings.ts';
import { html, type Markup } from '../../../shared/markup.ts';
import { renderPage } from './page-style.ts';
import type { DocumentTemplate } from './page-style.ts';
import { renderEnd, renderLine } from './report-end.ts';
import { amendmentWords, bareVenueName } from './words.ts';

export interface ReportDocumentOptions {
  fonts: DocumentFonts;
  /** SHA-256 of the sealed bytes, hex; its first 8 digits stand in the footer. Absent for a draft. */
  sealedSha256?: string;
}

/** Lines of dots for a hand to write on. */
const BLANK = '…………………………………………';

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
  const body = html`${renderHeading(template, report.venue.name, Date.parse(report.createdAt))}
  ${renderTitle(report, venue, template)}
  ${template.addressee ? html`<p class="centre" style="margin:6pt 0">Kính gửi: ${template.addressee}</p>` : null}
  ${report.amendment ? html`<p>${amendmentSentence(report.revision, report.amendment)}</p>` : null}
  ${renderFacts(report, venue)} ${renderTopics(report)} ${renderTotals(report)} ${renderUnits(report)}
  ${renderLine(report)} ${renderDeviceNotes(report)} ${renderEnd(report, template)}`;
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

/** Says "replaces" only of revisions that the province has: one that never went out is replaced by nothing. */
function amendmentSentence(revision: number, amendment: NonNullable<SessionReport['amendment']>): string {
  const sent = amendment.previous.filter((p) => p.delivered).map((p) => p.revision);
  const replaced = sent.length > 0 ? `, thay thế ${sent.map((n) => `Bản ${n}`).join(', ')} đã gửi` : '';
  const who = amendment.by.name === null ? '' : ` (${amendment.by.name})`;
  const why = amendmentWords(amendment, amendment.returnReason).replace(/[.\s]+$/u, '');
  return `Báo cáo này là Bản ${revision}${replaced}; lý do: ${why}${amendment.cause === 'by_hand' ? '' : who}.`;
}

function renderTitle(report: SessionReport, venue: string, template: DocumentTemplate): Markup {
  const { title } = report.conference;
  const government = template.template === 'government';
  const named = /^hội nghị/iu.test(title);
  const about = named
    ? `kết quả tham dự ${title.charAt(0).toLocaleLowerCase('vi')}${title.slice(1)}`
    : 'kết quả tham dự hội nghị trực tuyến toàn quốc';
  return html`<div style="margin:14pt 0 8pt;break-after:avoid">
    <h1 class="centre bold" style="font-size:${government ? 14 : 16}pt">BÁO CÁO</h1>
    <p class="centre bold">${about}</p>
    ${!named && html`<p class="centre bold">${title}</p>`}
    <p class="centre bold">tại điểm cầu ${venue}</p>
    ${government ? html`<div class="short-rule" style="width:30%"></div>` : html`<p class="centre">-----</p>`}
  </div>`;
}

function renderFacts(report: SessionReport, venue: string): Markup {
  const { roles, sitting } = report;
  const official = (
    o: { name: string; position?: string | undefined; unit?: string | undefined } | undefined,
  ): string => (o ? [o.name, o.position, o.unit].filter(Boolean).join(', ') : BLANK);
  const endDate = formatDate(sitting.endedAt);
  const sameDay = endDate === formatDate(sitting.startsAt);
  const time = `buổi ${partOfDay(sitting.startsAt)}, ngày ${formatDate(sitting.startsAt)}, từ ${formatTimeInWords(sitting.startsAt)} đến ${formatTimeInWords(sitting.endedAt)}${sameDay ? '' : ` ngày ${endDate}`}`;
  const rows: [string, string][] = [
    ['Điểm cầu:', `${venue} (mã ${report.venue.id})`],
    ['Địa điểm:', report.venue.address ?? BLANK],
    ['Thời gian:', time],
    ['Chủ trì điểm cầu:', official(roles.chair)],
    ['Thư ký:', official(roles.secretary)],
    ['Cán bộ kỹ thuật:', official(roles.technician)],
  ];
  const supervisors = roles.supervisors.length > 0 ? roles.supervisors.map(official).join('; ') : 'không có';
  return html`<h2>1. Thông tin chung</h2>
    <table class="facts">
      <tbody>
        ${rows.map(
          ([label, value]) =>
            html`<tr>
              <td class="label">${label}</td>
              <td>${value}</td>
            </tr>`,
        )}
        <tr>
          <td colspan="2">Cấp trên dự, chỉ đạo tại điểm cầu: ${supervisors}</td>
        </tr>
      </tbody>
    </table>`;
}

function renderTopics(report: SessionReport): Markup {
  const { topics } = report.sitting;
  if (topics.length === 0)
    return html`<h2>2. Nội dung</h2>
      <p>Theo chương trình của Ban Tổ chức hội nghị.</p>`;
  const time = (topic: (typeof topics)[number]): string =>
    [topic.startsAt, topic.endsAt]
      .map((at) => (at ? formatTime(at) : ''))
      .filter(Boolean)
      .join(' - ');
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
              <td class="n">${time(t)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function renderTotals(report: SessionReport): Markup {
  const { totals, sitting, headCount } = report;
  const cells = html`<td class="n">${formatCount(totals.summoned)}</td>
    <td class="n">${formatCount(totals.present)}</td>
    <td class="n">${formatCount(totals.onTime)}</td>
    <td class="n">${formatCount(totals.late)}</td>
    <td class="n">${formatCount(totals.leftEarly)}</td>
    <td class="n">${formatCount(totals.absentExcused)}</td>
    <td class="n">${formatCount(totals.absentUnexcused)}</td>
    <td class="n">${formatCount(totals.substituted)}</td>
    <td class="n">${formatPercent(totals.present, totals.summoned)}</td>`;
  const counted = headCount
    ? html`<p>
        Quân số kiểm đếm trực tiếp: ${formatCount(headCount.counted)}
        người${headCount.reason ? `; lý do chênh lệch: ${headCount.reason}` : ''}.
      </p>`
    : null;
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
    <p class="note">
      Ghi chú: tỷ lệ có mặt = số có mặt trong danh sách triệu tập ÷ số triệu tập × 100; người dự thay không tính vào số
      có mặt, người được thay không tính là vắng.
    </p>
    <p>
      Ngoài danh sách triệu tập: khách mời ${formatCount(totals.guests)}; bổ sung tại chỗ
      ${formatCount(totals.walkIns)}; dự thay ${formatCount(totals.substitutes)}; cấp trên dự, chỉ đạo
      ${formatCount(totals.supervisors)}. Tổng số người đã đến: ${formatCount(totals.came)}; còn ở hội trường khi kết
      thúc: ${formatCount(totals.inHall)}.
    </p>
    ${counted}`;
}

function renderUnits(report: SessionReport): Markup {
  const { units, totals } = report;
  if (units.length === 0)
    return html`<h2>4. Số lượng theo đơn vị</h2>
      <p>Danh sách không chia theo đơn vị.</p>`;
  const numbers = (t: SessionReport['totals']): Markup =>
    html`<td class="n">${formatCount(t.summoned)}</td>
      <td class="n">${formatCount(t.present)}</td>
      <td class="n">${formatCount(t.absentExcused)}</td>
      <td class="n">${formatCount(t.absentUnexcused)}</td>
      <td class="n">${formatPercent(t.present, t.summoned)}</td>`;
  const others = (t: SessionReport['totals']): string =>
    [
      [t.guests, 'khách mời'],
      [t.walkIns, 'bổ sung'],
      [t.substitutes, 'dự thay'],
      [t.substituted, 'có người dự thay'],
      [t.supervisors, 'cấp trên dự'],
    ]
      .filter(([count]) => count !== 0)
      .map(([count, word]) => `${word} ${formatCount(Number(count))}`)
      .join('; ');
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
              <td>${others(u)}</td>
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
