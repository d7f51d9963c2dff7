import type { SessionPackage } from '../../../contract/session-package.ts';
import { fontsFor, type DocumentFonts } from './fonts.ts';
import { asMarkup, cssString, html, type Markup } from '../../../shared/markup.ts';

export type DocumentTemplate = SessionPackage['document'];

export interface PageOptions {
  title: string;
  template: DocumentTemplate['template'];
  fonts: DocumentFonts;
  /** Small line at the foot of every page. */
  footer: string;
  /** Practice documents say so across every page. */
  rehearsal: boolean;
  body: Markup;
}

/**
 * Measures of each layout. Party: Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW; government: Nghị định 30/2020/NĐ-CP,
 * Phụ lục I. Both: A4, left 30 mm, right 15 mm, page number centred in the top margin, not on page 1.
 */
const BODY_STYLE: Record<DocumentTemplate['template'], string> = {
  party: 'font-size:14pt;line-height:19pt;--indent:10mm;--gap:3pt',
  government: 'font-size:14pt;line-height:1.3;--indent:1.27cm;--gap:6pt',
  none: 'font-size:14pt;line-height:1.3;--indent:10mm;--gap:4pt',
};

/** Only the style of wrapping is set: the shorthand would let a line break that must not. */
const SHARED_STYLE = `
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;color:#000;background:#fff;font-family:Tinos,"Tinos Marks","Times New Roman",serif}
h1,h2,h3,p{margin:0;font-size:inherit;font-weight:normal}
p{text-align:justify;text-indent:var(--indent);margin-bottom:var(--gap)}
h2{font-weight:bold;text-indent:var(--indent);margin:8pt 0 var(--gap);break-after:avoid}
.flush{text-indent:0}
.centre{text-align:center;text-indent:0;text-wrap-style:balance}
p{text-wrap-style:pretty}
.bold{font-weight:bold}
.italic{font-style:italic}
.nowrap{white-space:nowrap}
.upper{text-transform:uppercase}
.head{display:grid;grid-template-columns:46% 54%;text-align:center;line-height:1.25}
.head p{text-align:center;text-indent:0;margin:0;text-wrap-style:balance}
.rule{display:inline-block;border-bottom:0.8pt solid #000;padding-bottom:1pt}
.short-rule{width:38%;border-bottom:0.8pt solid #000;margin:2pt auto 3pt}
table{border-collapse:collapse;width:100%;margin:4pt 0 6pt;font-size:12pt;line-height:1.2}
th,td{border:0.6pt solid #000;padding:2pt 4pt;vertical-align:middle;text-wrap-style:balance}
th{font-weight:bold;text-align:center}
td.n{text-align:center;white-space:nowrap}
tr,table.keep,.together{break-inside:avoid}
tr.total td{font-weight:bold}
.note{font-size:12pt;font-style:italic;line-height:1.25}
table.facts{font-size:inherit;line-height:inherit;margin:0 0 var(--gap)}
table.facts td{border:0;padding:0 0 2pt;vertical-align:top;text-wrap-style:pretty}
table.facts td:first-child{padding-left:var(--indent);padding-right:3mm}
table.facts td.label{width:50mm;white-space:nowrap}
.dots{display:block;border-bottom:0.8pt dotted #000;height:20pt}
.foot{display:grid;grid-template-columns:50% 50%;margin-top:14pt;line-height:1.25}
.sign{text-align:center}
.sign p,.to p{text-indent:0;margin:0}
.sign p{text-align:center}
.sign .space{height:26mm}
.to p{text-align:left}
.watermark{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;z-index:-1}
.watermark span{transform:rotate(-52deg);font-size:84pt;font-weight:bold;white-space:nowrap;color:#c9c9c9;opacity:.55}
`;

/** A whole, self-contained page: print it with the page size that its style gives. */
export function renderPage(options: PageOptions): string {
  const margin = 'font-family:Tinos,"Tinos Marks","Times New Roman",serif;color:#000';
  const paged = [
    '@page{size:A4 portrait;margin:20mm 15mm 20mm 30mm;',
    `@top-center{content:counter(page);font-size:13pt;${margin}}`,
    `@bottom-center{content:${cssString(options.footer)};font-size:9pt;vertical-align:top;padding-top:4mm;white-space:nowrap;${margin}}}`,
    '@page:first{@top-center{content:none}}',
  ].join('');
  const style = asMarkup(
    `${fontsFor(options.fonts, `${options.footer}${options.body.toString()}`)}\n${paged}\n${SHARED_STYLE}`,
  );
  const page = html`<!doctype html>
    <html lang="vi" translate="no">
      <head>
        <meta charset="utf-8" />
        <title>${options.title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body style="${BODY_STYLE[options.template]}">
        ${options.rehearsal && html`<div class="watermark" aria-hidden="true"><span>CHẠY THỬ</span></div>`}
        ${options.body}
      </body>
    </html> `;
  return page.toString().normalize('NFC');
}
