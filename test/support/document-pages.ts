import path from 'node:path';
import type { SessionReport } from '../../electron/contract/report.ts';
import { loadDocumentFonts } from '../../electron/core/report/documents/fonts.ts';
import type { DocumentTemplate } from '../../electron/core/report/documents/page-style.ts';
import { renderReportHtml } from '../../electron/core/report/documents/report-html.ts';

/** Documents under test: the typeface, the layouts, and what a reader sees of a page. */

export const FONTS = await loadDocumentFonts(
  path.join(import.meta.dirname, '../../node_modules/@fontsource/tinos/files'),
);
export const PARTY: DocumentTemplate = {
  template: 'party',
  parentOrganisation: 'Đảng bộ tỉnh Ví Dụ',
  organisation: 'Đảng ủy phường Ví Dụ',
  place: 'Phường Ví Dụ',
  addressee: 'Ban Tuyên giáo và Dân vận Tỉnh ủy',
  recipients: ['Thường trực Đảng ủy phường'],
  symbol: 'BC/ĐU',
};
export const GOVERNMENT: DocumentTemplate = {
  ...PARTY,
  template: 'government',
  organisation: 'Ủy ban nhân dân phường Ví Dụ',
  symbol: 'BC/UBND',
};
export const NONE: DocumentTemplate = { template: 'none', recipients: [] };

/** What a reader sees of a page, tags and entities gone. */
export function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

/** The report as a page. */
export const page = (report: SessionReport, template = PARTY) =>
  renderReportHtml(report, template, { fonts: FONTS, sealedSha256: 'ab12cd34'.repeat(8) });
