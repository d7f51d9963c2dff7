import type { TimelineEntry } from '../../../contract/api-timeline.ts';
import type { SessionReport } from '../../../contract/report.ts';
import { html } from '../../../shared/markup.ts';
import { sayEntry } from '../../../shared/timeline/say-entry.ts';
import type { DocumentFonts } from './fonts.ts';
import { formatDate, formatTime } from './format-vi.ts';
import { renderPage } from './page-style.ts';
import { keepTogether } from '../../../shared/keep-together.ts';
import { bareVenueName, venueTitle } from '../../../shared/venue-name.ts';

/** The timeline of a sitting for paper: A4 portrait, self-contained, Vietnamese. Pure. */
export function renderTimelineHtml(
  /** `report` gives names; `at` is the moment of printing, epoch ms. */
  facts: { report: SessionReport; entries: readonly TimelineEntry[]; at: number },
  options: { fonts: DocumentFonts },
): string {
  const { report, entries, at } = facts;
  const venue = bareVenueName(report.venue.name);
  return renderPage({
    title: `Nhật ký buổi - ${venue} - ${formatDate(report.sitting.startsAt)}`,
    template: 'none',
    fonts: options.fonts,
    footer: `Nhật ký buổi · điểm cầu ${report.venue.id} · in lúc ${formatTime(at)} ngày ${formatDate(at)}`,
    rehearsal: report.rehearsal,
    body: html`<div style="margin:10pt 0 6pt">
        <h1 class="centre bold" style="font-size:15pt">NHẬT KÝ BUỔI</h1>
        <p class="centre">${keepTogether(report.conference.title)}</p>
        <p class="centre">
          ${venueTitle(report.venue.name)} · ${report.sitting.title}, ngày ${formatDate(report.sitting.startsAt)}
        </p>
      </div>
      <table style="font-size:11pt">
        <thead>
          <tr>
            <th style="width:20mm">Giờ</th>
            <th>Việc</th>
            <th style="width:44mm">Căn cứ</th>
          </tr>
        </thead>
        <tbody>
          ${entries.map((entry) => {
            const { says, proof } = sayEntry(entry, 'vi');
            return html`<tr>
              <td class="n">${formatTime(entry.at)}</td>
              <td>${says}</td>
              <td>${proof}</td>
            </tr>`;
          })}
        </tbody>
      </table>`,
  });
}
